import { log } from '@/lib/platform/log'
import { listen, onListening } from '@/lib/platform/notify'
import { shared } from '@/lib/platform/state'
import { currentNumber } from '../list/list-store'
import { countMessages } from '../list/list-messages'
import { bigintText } from '../bigint-text'
import { INBOX_CHANNEL } from '../number-store'
import { canResume, eventsAfter, type StoredEvent } from './event-store'
import { watch } from './presence'
import type { Counts } from '@/lib/contracts/messages'

/**
 * Live events of this process's open pages. A notification is only a wake-up: what happened is read from the events
 * table by the user's number, so that nothing is lost when a notification is, and a page can resume.
 */
export type Listener = {
  event(event: StoredEvent): void
  /** After a batch of events. */
  counts(counts: Counts): void
  /** The page must read everything anew; its number is `seq` from here on. */
  resync(seq: string): void
}

type Page = { listener: Listener; seq: string }
type UserPages = { pages: Set<Page>; reading: boolean; again: boolean }
type Hub = { users: Map<string, UserPages>; started: boolean }

/** More than this behind: reading anew is cheaper than being told. */
const MOST_EVENTS = 500
const READ_AGAIN_MS = 500

const hub = () => shared<Hub>('inbox.hub', () => ({ users: new Map(), started: false }))

/**
 * Sends the user's events to `listener` from `lastSeen` on (an event number; null: from now on).
 * @returns ends it
 */
export async function subscribe(
  userId: string,
  lastSeen: string | null,
  listener: Listener,
): Promise<() => void> {
  start()
  const now = await currentNumber(userId)
  const resumes = lastSeen !== null && (await canResume(userId, bigintText(lastSeen)))
  const page: Page = { listener, seq: resumes ? lastSeen : now }
  const { users } = hub()
  const entry = users.get(userId) ?? { pages: new Set(), reading: false, again: false }
  users.set(userId, entry)
  entry.pages.add(page)
  const leave = watch(userId)
  if (lastSeen !== null && !resumes) listener.resync(now)
  void read(userId)
  return () => {
    leave()
    entry.pages.delete(page)
    if (entry.pages.size === 0 && users.get(userId) === entry) users.delete(userId)
  }
}

/** How many pages are open here. */
export function openPages(): number {
  return [...hub().users.values()].reduce((sum, { pages }) => sum + pages.size, 0)
}

function start(): void {
  const state = hub()
  if (state.started) return
  state.started = true
  listen(INBOX_CHANNEL, (payload) => {
    for (const userId of payload.split(',')) if (state.users.has(userId)) void read(userId)
  })
  // Notifications sent while the connection was away are lost: everybody looks once.
  onListening(() => {
    for (const userId of state.users.keys()) void read(userId)
  })
}

/** Reads and sends what is new for a user; one reading at a time, and once more if woken meanwhile. */
async function read(userId: string): Promise<void> {
  const entry = hub().users.get(userId)
  if (!entry) return
  entry.again = true
  if (entry.reading) return
  entry.reading = true
  try {
    while (entry.again) {
      entry.again = false
      if (await sendNew(userId, entry)) entry.again = true
    }
  } catch (error) {
    // It is read again from the same number: nothing is lost.
    log().warn({ err: error }, 'live events could not be read')
    setTimeout(() => void read(userId), READ_AGAIN_MS).unref()
  } finally {
    entry.reading = false
  }
}

async function sendNew(userId: string, { pages }: UserPages): Promise<boolean> {
  if (pages.size === 0) return false
  const oldest = [...pages].reduce(
    (least, page) => (BigInt(page.seq) < least ? BigInt(page.seq) : least),
    BigInt([...pages][0]!.seq),
  )
  const events = await eventsAfter(userId, oldest.toString(), MOST_EVENTS)
  if (events.length === 0) return false
  for (const page of pages) {
    for (const event of events) {
      if (BigInt(event.seq) <= BigInt(page.seq)) continue
      page.seq = event.seq
      page.listener.event(event)
    }
  }
  const counts = await countMessages(userId)
  for (const page of pages) page.listener.counts(counts)
  return events.length === MOST_EVENTS
}
