import { allConnectors } from '@/lib/connectors/registry'
import { takeDue } from '@/lib/inbox/pulled/leases'
import { log } from '@/lib/platform/log'
import { goLive, type LiveConnection } from '../connections/connection-settings'
import { activeConnections } from '../connections/connection-store'
import { syncPerson } from './sync-person'

/**
 * Takes whoever is due and polls them, as many at once as each connection allows.
 * @param inHand polls that are under way in this process; it ends when they and those it starts have ended
 * @returns how many polls it started
 */
export async function pollDue(inHand: Set<Promise<void>>, signal: AbortSignal): Promise<number> {
  const pulling = allConnectors().filter((connector) => connector.pull)
  const found = await activeConnections(pulling.map((connector) => connector.id))
  let started = 0
  for (const row of found) {
    if (signal.aborted) break
    const live = ready(row)
    if (!live) continue
    const { concurrency } = live.connector.pull!.pace(live.settings)
    for (const lease of await takeDue(row.id, concurrency)) {
      started++
      const poll: Promise<void> = syncPerson({ ...live, context: { ...live.context, signal } }, lease)
        .catch((error: unknown) => log().error({ err: error }, 'a poll could not be written'))
        .finally(() => inHand.delete(poll))
      inHand.add(poll)
    }
  }
  return started
}

function ready(row: Parameters<typeof goLive>[0]): LiveConnection | null {
  try {
    return goLive(row)
  } catch (error) {
    // Settings that this version does not understand, or a secret under another key: the others go on.
    log().error({ err: error, connectionId: row.id }, 'a connection cannot be used')
    return null
  }
}
