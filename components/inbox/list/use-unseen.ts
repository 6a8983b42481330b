'use client'

import { useState } from 'react'
import type { Message } from '@/lib/contracts/messages'
import { compareMessages } from '@/lib/client/messages/filter'

type Seen = { list: string; top: Message | null; watermark: string | null }

/**
 * What came in above while the reader was further down, and up to where they have seen the list: at its top they see
 * all of it, below only what was there when they left the top.
 */
export function useUnseen(list: string, messages: Message[], watermark: string | null, atTop: boolean) {
  const [seen, setSeen] = useState<Seen>({ list, top: null, watermark: null })
  const top = messages[0] ?? null
  const other = seen.list !== list
  if ((atTop || other) && (other || seen.top !== top || seen.watermark !== watermark)) {
    setSeen({ list, top, watermark })
    return { unseen: 0, through: watermark }
  }
  if (atTop || !seen.top) return { unseen: 0, through: atTop ? watermark : seen.watermark }
  const { top: last } = seen
  const below = messages.findIndex((message) => compareMessages(message, last) >= 0)
  return { unseen: below < 0 ? messages.length : below, through: seen.watermark }
}
