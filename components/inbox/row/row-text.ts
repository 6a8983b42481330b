import type { Message } from '@/lib/contracts/messages'

export type RowText = { first: string; second: string }

const joined = (parts: (string | null)[]) => parts.filter((part) => part?.trim()).join(' · ')
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/**
 * The two lines of a row. The first must tell messages apart: where the title is a standing text, which is the same
 * on every ordinary to-do, form and first values lead (采购申请 · 小云 · ¥12,300) and the title goes second. Else the
 * title leads, and the second line says where it belongs and what the title does not say yet.
 */
export function rowText(message: Message): RowText {
  const title = oneLine(message.title)
  const lead = joined([message.subtitle, ...message.lead].map((part) => part && oneLine(part)))
  if (message.plainTitle && lead) return { first: lead, second: title }

  const preview = message.preview && oneLine(message.preview)
  const says = (part: string | null) => part !== null && (title.includes(part) || part.includes(title))
  const more = [message.subtitle, ...[message.sender, preview].filter((part) => !says(part))]
  return { first: title, second: joined(more) || message.connectionName }
}
