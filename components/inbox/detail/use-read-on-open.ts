'use client'

import { useEffect, useEffectEvent } from 'react'
import { useSession } from '@/components/shell/session-provider'
import type { Message } from '@/lib/contracts/messages'
import { useActs } from '../acts/acts-provider'

/** Milliseconds. */
const DWELL = 1_000

/**
 * Looking at a message marks it read, as mail programs with a reading pane do: after a moment, so that passing by
 * with the keys changes nothing, and once per opening, so that what the reader then marks unread stays so. Not with
 * the preference "by hand", and not in a tab nobody looks at.
 */
export function useReadOnOpen(message: Message | undefined): void {
  const { preferences } = useSession()
  const { act } = useActs()
  const id = message?.id
  const read = useEffectEvent(() => {
    if (message && message.readAt === null) void act({ action: 'read' }, [message.id], { quiet: true })
  })
  useEffect(() => {
    if (!id || preferences.markRead === 'byHand') return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      if (document.visibilityState === 'visible') timer ??= setTimeout(() => read(), DWELL)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [id, preferences.markRead])
}
