'use client'

import { useCallback, useState } from 'react'
import type { Message } from '@/lib/contracts/messages'

type Cursor = { list: string; id: string; index: number }

/**
 * The row that keys act on. When it leaves the list, the row that takes its place is next; another list has none yet.
 * `tick` grows when the cursor was moved and the row should take the focus.
 */
export function useCursor(list: string, messages: Message[]) {
  const [placed, setCursor] = useState<Cursor | null>(null)
  const [tick, setTick] = useState(0)
  const cursor = placed?.list === list ? placed : null

  const index = cursor ? messages.findIndex(({ id }) => id === cursor.id) : -1
  if (cursor && index >= 0 && index !== cursor.index) setCursor({ ...cursor, index })
  if (cursor && index < 0 && messages.length > 0) {
    const next = Math.min(cursor.index, messages.length - 1)
    setCursor({ list, id: messages[next]?.id ?? cursor.id, index: next })
    setTick(tick + 1)
  }

  const place = useCallback(
    (id: string, focus: boolean) => {
      setCursor({ list, id, index: messages.findIndex((message) => message.id === id) })
      if (focus) setTick((old) => old + 1)
    },
    [list, messages],
  )
  const clear = useCallback(() => setCursor(null), [])
  return { activeId: cursor?.id ?? null, tick, place, clear }
}
