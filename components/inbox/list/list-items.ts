import type { Message } from '@/lib/contracts/messages'
import { compareMessages } from '@/lib/client/messages/filter'
import { dayOf } from '@/lib/client/message-time'

/** What a list shows, one under the other. `position` counts messages only, from 0. */
export type ListItem =
  { kind: 'day'; key: string; day: string } | { kind: 'row'; key: string; message: Message; position: number }

/** Messages with a heading over each day of the server's calendar. They come in order, newest first. */
export function listItems(messages: Message[], timeZone: string): ListItem[] {
  let last = ''
  return messages.flatMap((message, position): ListItem[] => {
    const row: ListItem = { kind: 'row', key: message.id, message, position }
    const day = dayOf(new Date(message.sentAt), timeZone)
    if (day === last) return [row]
    last = day
    return [{ kind: 'day', key: `day-${day}`, day }, row]
  })
}

/**
 * The list with the opened message in it, at its place, though its view holds it no longer: reading a message in 未读
 * must not pull it away from under the reader.
 */
export function withHeld(messages: Message[], held: Message | null): Message[] {
  if (!held || messages.some(({ id }) => id === held.id)) return messages
  const index = messages.findIndex((message) => compareMessages(held, message) < 0)
  return index < 0 ? [...messages, held] : messages.toSpliced(index, 0, held)
}

/**
 * The message that is next when some leave: the first below the one acted on that stays, else the last above it.
 */
export function nextAfter(messages: Message[], from: string, leaving: ReadonlySet<string>): string | null {
  const start = messages.findIndex(({ id }) => id === from)
  if (start < 0) return null
  const stays = ({ id }: Message) => !leaving.has(id)
  return messages.slice(start + 1).find(stays)?.id ?? messages.slice(0, start).findLast(stays)?.id ?? null
}
