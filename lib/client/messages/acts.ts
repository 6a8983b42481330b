import type { ActionKind, Counts, Message } from '@/lib/contracts/messages'
import { viewHolds } from './filter'

export type Act = {
  action: ActionKind
  /** When a snoozed message comes back, ISO. */
  until?: string
}

/**
 * A message after an act, as the server will answer it; the same object where the act changes nothing.
 * `tells`: its system is told about reads, so reading begins a `pending` sync.
 */
export function afterAct(message: Message, { action, until }: Act, now: Date, tells: boolean): Message {
  const at = now.toISOString()
  const reading = () =>
    message.readAt === null
      ? { readAt: at, sync: tells && message.sync !== 'synced' ? ('pending' as const) : message.sync }
      : {}
  switch (action) {
    case 'read':
      return message.readAt === null ? { ...message, ...reading() } : message
    case 'unread':
      return message.readAt === null ? message : { ...message, readAt: null }
    case 'done':
      return message.doneAt === null ? { ...message, ...reading(), doneAt: at, doneBy: 'user' } : message
    case 'undone':
      return message.doneAt === null ? message : { ...message, doneAt: null, doneBy: null }
    case 'star':
      return message.starredAt === null ? { ...message, starredAt: at } : message
    case 'unstar':
      return message.starredAt === null ? message : { ...message, starredAt: null }
    case 'snooze':
      return { ...message, snoozedUntil: until ?? null }
    case 'unsnooze':
      return message.snoozedUntil === null ? message : { ...message, snoozedUntil: null }
    case 'retry':
      return message.sync === 'failed' ? { ...message, sync: 'pending' } : message
  }
}

export type Change = { before: Message; after: Message }

/** The counts once these messages have changed; never below zero, whatever was missed. */
export function countsAfter(counts: Counts, changes: Change[], now: Date): Counts {
  const views = { ...counts.views }
  const byConnector = { ...counts.byConnector }
  const byConnection = { ...counts.byConnection }
  const add = (table: Record<string, number>, key: string, by: number) => {
    if (by !== 0) table[key] = Math.max(0, (table[key] ?? 0) + by)
  }
  for (const { before, after } of changes) {
    for (const view of Object.keys(views) as (keyof typeof views)[]) {
      add(views, view, Number(viewHolds(view, after, now)) - Number(viewHolds(view, before, now)))
    }
    const unread = Number(viewHolds('unread', after, now)) - Number(viewHolds('unread', before, now))
    add(byConnector, after.connector, unread)
    add(byConnection, after.connectionId, unread)
  }
  return { ...counts, views, unread: views.unread, todo: views.todo, byConnector, byConnection }
}
