import { setTimeout as pause } from 'node:timers/promises'
import { sweepAuth } from '@/lib/auth/housekeeping'
import { sweepForwards } from '@/lib/integrations/forwarding/push-forwards'
import { resumePassedOver } from '@/lib/integrations/people/after-user-change'
import { sweepEvents } from '@/lib/integrations/sweep-events'
import { sweepOutbox } from '@/lib/integrations/polling/push-outbox'
import { sweepTickets } from '@/lib/integrations/sign-on/sweep-tickets'
import { sweepArchived } from '@/lib/integrations/webhooks/sweep-archived'
import { log } from '@/lib/platform/log'
import { freeLostJobs } from '@/lib/platform/queue'

const EVERY_MS = 60_000

const SWEEPS = [
  freeLostJobs,
  sweepOutbox,
  sweepForwards,
  resumePassedOver,
  sweepEvents,
  sweepAuth,
  sweepTickets,
  sweepArchived,
]

/** What must be looked after now and then: lost jobs, people passed over, old events, sessions that have run out. */
export function startHousekeeping(): { stop(): Promise<void> } {
  const ending = new AbortController()
  const loop = run(ending.signal)
  return {
    async stop() {
      ending.abort()
      await loop
    },
  }
}

async function run(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const sweep of SWEEPS) {
      try {
        await sweep()
      } catch (error) {
        log().warn({ err: error, sweep: sweep.name }, 'housekeeping failed; it runs again in a minute')
      }
    }
    await pause(EVERY_MS, undefined, { signal }).catch(() => {})
  }
}
