import { log } from '@/lib/platform/log'
import { defer } from '@/lib/platform/shutdown'
import { shared } from '@/lib/platform/state'
import { onChange, type Change } from './cache'
import { stillValid } from './session-store'
import type { SignedIn } from '../signed-in'

/** Streams that are open for a session or token, to be closed when it ends. */
type Watch = { id: string; userId: string; end: () => void }
type Watching = { all: Set<Watch>; timer: NodeJS.Timeout | null }

/** Ends that no notification tells: one that was missed, a session that ran out. */
const CHECK_EVERY_MS = 5_000

function watching(): Watching {
  return shared('auth.watching', () => {
    onChange(onAuthChange)
    return { all: new Set(), timer: null }
  })
}

/**
 * Calls `onEnd` once when the session or token ends: signed out, revoked, disabled, expired. At once where the
 * database can tell, within 5 seconds otherwise.
 * @returns stops watching; to be called when the stream closes by itself
 */
export function watchSession(signedIn: SignedIn, onEnd: () => void): () => void {
  const state = watching()
  const id = signedIn.sessionId ?? signedIn.tokenId ?? ''
  const watch: Watch = {
    id,
    userId: signedIn.id,
    end() {
      if (!stop()) return
      try {
        onEnd()
      } catch (error) {
        log('auth').error({ err: error }, 'a stream could not be closed')
      }
    },
  }
  const stop = () => {
    const was = state.all.delete(watch)
    if (state.all.size === 0 && state.timer) {
      clearInterval(state.timer)
      state.timer = null
    }
    return was
  }
  state.all.add(watch)
  state.timer ??= setInterval(() => checkLater([...state.all]), CHECK_EVERY_MS).unref()
  // It may have ended between the request's check and now.
  checkLater([watch])
  return () => void stop()
}

function onAuthChange(change: Change | null): void {
  const all = [...watching().all]
  if (!change) return checkLater(all)
  const touched = all.filter(({ id, userId }) => (change.table === 'users' ? userId : id) === change.id)
  if (change.ended) for (const watch of touched) watch.end()
  else checkLater(touched)
}

function checkLater(watches: Watch[]): void {
  if (watches.length > 0) defer('check of open streams', () => check(watches))
}

async function check(watches: Watch[]): Promise<void> {
  const ids = [...new Set(watches.map(({ id }) => id))]
  const valid = await stillValid(ids).catch(() => null)
  // The database is away: nothing is known, the next check comes.
  if (!valid) return
  for (const watch of watches) if (!valid.has(watch.id)) watch.end()
}
