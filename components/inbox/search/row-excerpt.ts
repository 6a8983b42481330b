import type { Message } from '@/lib/contracts/messages'
import type { RowText } from '../row/row-text'
import { hasNeedle, highlight } from './highlight'

/** Characters of the text before what was found in it. */
const BEFORE = 12

/**
 * The second line of a found row: the sender, or the text around what was found, where neither line shows why the
 * row is there; else null.
 */
export function excerptOf(message: Message, { first, second }: RowText, needles: string[]): string | null {
  const hidden = needles.filter((needle) => !hasNeedle(`${first}\n${second}`, needle))
  if (hidden.length === 0) return null
  const { sender, preview } = message
  const inSender = sender !== null && hidden.some((needle) => hasNeedle(sender, needle)) ? sender : null
  const inText = preview === null ? null : around(preview, hidden)
  return [inSender, inText].filter(Boolean).join(' · ') || null
}

/** The text from a little before the first hit; null without one. */
function around(text: string, needles: string[]): string | null {
  const [before, hit] = highlight(text, needles)
  if (!before || (!before.hit && !hit)) return null
  if (before.hit) return text
  const lead = [...before.text]
  if (lead.length <= BEFORE) return text
  return `…${lead.slice(-BEFORE).join('')}${text.slice(before.text.length)}`
}
