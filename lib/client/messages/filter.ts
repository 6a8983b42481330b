import type { Message, MessageFilter } from '@/lib/contracts/messages'

export type MessageView = NonNullable<MessageFilter['view']>

/** Whether a view holds a message, as the server tells it: everything but `all`, `done` and `snoozed` is of the inbox. */
export function viewHolds(view: MessageView, message: Message, now: Date): boolean {
  const asleep = message.snoozedUntil !== null && Date.parse(message.snoozedUntil) > now.getTime()
  if (view === 'all') return true
  if (view === 'done') return message.doneAt !== null
  if (view === 'snoozed') return message.doneAt === null && asleep
  if (message.doneAt !== null || asleep) return false
  if (view === 'unread') return message.readAt === null
  if (view === 'todo') return message.category === 'todo'
  if (view === 'cc') return message.category === 'cc'
  if (view === 'starred') return message.starredAt !== null
  return true
}

/**
 * Whether a list asked for with these words holds a message. Of a search only the server can tell: its list takes in
 * what the server finds, and nothing here.
 */
export function filterHolds(filter: MessageFilter, message: Message, now: Date): boolean {
  const is = <T>(wanted: T | undefined, value: T) => wanted === undefined || wanted === value
  const sent = Date.parse(message.sentAt)
  return (
    filter.q === undefined &&
    viewHolds(filter.view ?? 'inbox', message, now) &&
    is(filter.connector, message.connector) &&
    is(filter.connection, message.connectionId) &&
    is<string>(filter.type, message.type) &&
    is(filter.category, message.category) &&
    is<string | null>(filter.form, message.subtitle) &&
    is<string | null>(filter.sender, message.sender) &&
    is(filter.thread, message.threadId) &&
    is(filter.urgent, message.urgent) &&
    (filter.after === undefined || sent >= Date.parse(filter.after)) &&
    (filter.before === undefined || sent < Date.parse(filter.before))
  )
}

/**
 * Below zero if `a` stands above `b`: newest first, then the greater id. Ids are numbers beyond what JavaScript
 * counts exactly, so they are compared as text.
 */
export function compareMessages(
  a: Pick<Message, 'id' | 'sentAt'>,
  b: Pick<Message, 'id' | 'sentAt'>,
): number {
  const byTime = Date.parse(b.sentAt) - Date.parse(a.sentAt)
  if (byTime !== 0) return byTime
  if (a.id.length !== b.id.length) return b.id.length - a.id.length
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}
