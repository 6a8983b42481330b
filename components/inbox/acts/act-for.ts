import type { Message } from '@/lib/contracts/messages'
import type { Act } from '@/lib/client/messages/acts'

/** What the reader asks for with a key or a button. */
export type Wish = 'done' | 'star' | 'snooze' | 'read' | 'unread' | 'toggleRead'

/** Still asleep: it comes back later. */
export function isAsleep({ snoozedUntil }: Message, now: Date): boolean {
  return snoozedUntil !== null && Date.parse(snoozedUntil) > now.getTime()
}

/**
 * The act that a wish means for these messages: what all of them are already is turned back. `choose`: the reader
 * must say until when.
 */
export function actFor(wish: Wish, messages: Message[], now: Date): Act | 'choose' {
  const all = (is: (message: Message) => boolean) => messages.length > 0 && messages.every(is)
  switch (wish) {
    case 'done':
      return { action: all(({ doneAt }) => doneAt !== null) ? 'undone' : 'done' }
    case 'star':
      return { action: all(({ starredAt }) => starredAt !== null) ? 'unstar' : 'star' }
    case 'snooze':
      return all((message) => isAsleep(message, now)) ? { action: 'unsnooze' } : 'choose'
    case 'toggleRead':
      return { action: all(({ readAt }) => readAt !== null) ? 'unread' : 'read' }
    case 'read':
    case 'unread':
      return { action: wish }
  }
}
