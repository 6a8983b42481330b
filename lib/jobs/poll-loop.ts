import { setTimeout as pause } from 'node:timers/promises'
import { pollDue } from '@/lib/integrations/polling/poll-due'
import { log } from '@/lib/platform/log'

const IDLE_MS = 500
const TROUBLE_MS = 1_000

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
    let wait = IDLE_MS
    try {
      if ((await pollDue(inHand, signal)) > 0) wait = IDLE_MS / 10
    } catch (error) {
      // The database is away: nobody is due until it is back.
      log().warn({ err: error }, 'nobody could be polled')
      wait = TROUBLE_MS
    }
    await pause(wait, undefined, { signal }).catch(() => {})
  }
}
