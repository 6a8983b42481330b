import { shareOf } from '@/lib/connectors/turns'
import { takeDue } from '@/lib/inbox/pulled/leases'
import { log } from '@/lib/platform/log'
import type { LiveConnection } from '../connections/connection-settings'
import { polledConnections } from './polled-connections'
import { laneOf, pausedFor } from './side-lane'
import { syncPerson } from './sync-person'

/** Whose polls are in hand. */
const whose = new WeakMap<Promise<void>, string>()

/**
 * Takes whoever is due and polls them, as many at once as each connection allows.
 * @param inHand polls that are under way in this process; it ends when they and those it starts have ended
 * @returns how many polls it started
 */
export async function pollDue(inHand: Set<Promise<void>>, signal: AbortSignal): Promise<number> {
  let started = 0
  for (const live of await polledConnections()) {
    if (signal.aborted) break
    const atOnce = atOnceOf(live)
    if (atOnce === 0) continue
    // What others can poll is left to them.
    const most = shareOf(atOnce) - [...inHand].filter((poll) => whose.get(poll) === live.row.id).length
    if (most <= 0) continue
    for (const lease of await takeDue(live.row.id, atOnce, most)) {
      started++
      const poll: Promise<void> = syncPerson({ ...live, context: { ...live.context, signal } }, lease)
        .catch((error: unknown) => log().error({ err: error }, 'a poll could not be written'))
        .finally(() => inHand.delete(poll))
      whose.set(poll, live.row.id)
      inHand.add(poll)
    }
  }
  return started
}

/** Persons in hand at once, over all processes. To-dos that are all there is to compare go one by one. */
function atOnceOf({ connector, settings, row }: LiveConnection): number {
  if (connector.pull) return connector.pull.pace(settings).concurrency
  return pausedFor('todos', laneOf(row)) > 0 ? 0 : 1
}
