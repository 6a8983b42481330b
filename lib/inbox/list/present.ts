import type { Message } from '@/lib/contracts/messages'
import type { ListRow } from './list-store'

const LEAD_VALUES = 3
const LEAD_LENGTH = 40
const PREVIEW_LENGTH = 160

const iso = (date: Date | null) => date?.toISOString() ?? null

/** A message as the API gives it. */
export function presentMessage(row: ListRow): Message {
  return {
    id: row.id,
    connector: row.connector,
    connectionId: row.connection_id,
    connectionName: row.connection_name,
    category: row.category,
    type: row.type,
    action: row.action,
    title: row.title,
    plainTitle: row.plain_title,
    lead: leadOf(row.fields),
    subtitle: row.subtitle,
    preview: row.preview ? oneLine(row.preview, PREVIEW_LENGTH) : null,
    sender: row.sender,
    sentAt: row.sent_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    readAt: iso(row.read_at),
    doneAt: iso(row.done_at),
    doneBy: row.done_by,
    starredAt: iso(row.starred_at),
    snoozedUntil: iso(row.snoozed_until),
    sync: row.sync,
    urgent: row.urgent,
    marks: row.marks,
    count: row.count,
    threadId: row.thread_id,
    threadCount: row.thread_count,
    hasLink: row.has_link,
    openType: row.open_type,
  }
}

/** The values that tell one message from another: the first few that say something. */
function leadOf(fields: ListRow['fields']): string[] {
  return fields
    .map((field) => oneLine(field.value, LEAD_LENGTH))
    .filter((value) => value !== '')
    .slice(0, LEAD_VALUES)
}

function oneLine(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`
}
