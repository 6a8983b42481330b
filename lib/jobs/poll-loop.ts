import { setTimeout as pause } from 'node:timers/promises'
import { pollDue } from '@/lib/integrations/polling/poll-due'
import { log } from '@/lib/platform/log'

const IDLE_MS = 500
const TROUBLE_MS = 1_000
/** Places that become free within so long are filled together. */
const GATHER_MS = 25

/**
 * Polls whoever is due, for as long as the process lives. Due times and leases are in the database, so that any
 * number of processes may do this at the same time.
 */
export function startPolling(): { stop(): Promise<void> } {
  const ending = new AbortController()
  const inHand = new Set<Promise<void>>()
  const loop = run(ending.signal, inHand)
  return {
    async stop() {
      ending.abort()
      await loop
      await Promise.all(inHand)
    },
  }
}

async function run(signal: AbortSignal, inHand: Set<Promise<void>>): Promise<void> {
  while (!signal.aborted) {
    try {
      await pollDue(inHand, signal)
      await untilOneEnds(inHand, IDLE_MS, signal)
      await rest(GATHER_MS, signal)
    } catch (error) {
      // The database is away: nobody is due until it is back.
      log().warn({ err: error }, 'nobody could be polled')
      await rest(TROUBLE_MS, signal)
    }
  }
}

/** Whoever is next takes the place that becomes free, without waiting; else somebody may be due in a moment. */
async function untilOneEnds(inHand: Set<Promise<void>>, ms: number, signal: AbortSignal): Promise<void> {
  const waiting = new AbortController()
  await Promise.race([...inHand, rest(ms, AbortSignal.any([signal, waiting.signal]))])
  waiting.abort()
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => {})
}
