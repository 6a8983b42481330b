'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '@/lib/client/call'
import { changeConnection } from '@/lib/contracts/connections'
import { settingsKeys } from '../settings-keys'

/** Changes a connection; the answer takes the place of what was known of it. */
export function useChangeConnection(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof changeConnection.body>) =>
      call(changeConnection, { params: { id }, body }),
    onSuccess: (connection) => {
      queryClient.setQueryData(settingsKeys.connection(id), connection)
      void queryClient.invalidateQueries({ queryKey: settingsKeys.connections, exact: true })
    },
  })
}
