'use client'

import { useMutation } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '@/lib/client/call'
import { sendMessage } from '@/lib/contracts/sending'

/** Sends a message into a connection. Never tried again by itself: what is not answered may have been sent. */
export function useSend(connectionId: string) {
  return useMutation({
    mutationFn: (body: z.input<typeof sendMessage.body>) =>
      call(sendMessage, { params: { id: connectionId }, body }),
    retry: false,
  })
}
