import { log } from '@/lib/platform/log'
import { shared } from '@/lib/platform/state'
import { bringForward, setWatched } from './presence-store'

/**
 * Who has the inbox open: their systems are polled more often. Kept on the user's row with an end, so that a process
 * that dies or a page that is closed ends it by itself. Written once for all users of the process: those who have just
 * opened a page a moment later together, everybody still there every 30 s.
 */
type Watching = {
  /** Pages open here, by user; one that has none stays until all is said again. */
  users: Map<string, { pages: number }>
  /** Those of whom it has not been said yet. */
  opened: Set<string>
  soon: NodeJS.Timeout | null
  again: NodeJS.Timeout | null
}

const WATCHED_SECONDS = 60
const SAY_AGAIN_MS = 30_000
/** Thousands of pages that lost a server come back within seconds. */
const COLLECT_MS = 50
/** Whoever opens the inbox sees what is not older than this, or soon does. */
const FRESH_SECONDS = 15

const watching = () =>
  shared<Watching>('inbox.presence', () => ({ users: new Map(), opened: new Set(), soon: null, again: null }))

/**
 * Notes that the user has a page open here; never fails, whatever the database does.
 * @returns ends it for this page
 */
export function watch(userId: string): () => void {
  const state = watching()
  const entry = state.users.get(userId) ?? { pages: 0 }
  // Another page, or one that comes back before it was said again: it has been said.
  if (!state.users.has(userId)) {
    state.users.set(userId, entry)
    state.opened.add(userId)
    state.soon ??= setTimeout(() => void sayOpened(), COLLECT_MS).unref()
  }
  state.again ??= setInterval(() => void sayAgain(), SAY_AGAIN_MS).unref()
  entry.pages++
  let open = true
  return () => {
    if (open) entry.pages--
    open = false
  }
}

/** Says that these users have the inbox open, and has whoever they are polled at once if that is due. */
export async function markWatched(userIds: string[]): Promise<void> {
  await setWatched(userIds, WATCHED_SECONDS)
  await bringForward(userIds, FRESH_SECONDS)
}

async function sayOpened(): Promise<void> {
  const state = watching()
  const ids = [...state.opened]
  state.opened.clear()
  state.soon = null
  if (ids.length === 0) return
  try {
    await markWatched(ids)
  } catch (error) {
    notSaid(error)
    for (const id of ids) state.opened.add(id)
  }
}

async function sayAgain(): Promise<void> {
  const state = watching()
  for (const [id, { pages }] of state.users) if (pages === 0) state.users.delete(id)
  for (const id of state.opened) if (!state.users.has(id)) state.opened.delete(id)
  if (state.users.size === 0 && state.again) {
    clearInterval(state.again)
    state.again = null
    return
  }
  await sayOpened()
  await setWatched([...state.users.keys()], WATCHED_SECONDS).catch(notSaid)
}

function notSaid(error: unknown): void {
  log().warn({ err: error }, 'open pages could not be noted; this is tried again in half a minute')
}
