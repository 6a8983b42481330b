import { isConnectorError } from '@/lib/connectors/contract'
import type { Lease, Outcome } from '@/lib/inbox/pulled/leases'
import { log } from '@/lib/platform/log'
import type { LiveConnection } from '../connections/connection-settings'
import { compareTodos } from './compare-todos'
import { isOutage } from './outage'
import { dueInSeconds, jittered } from './pace'
import { clearLane, laneOf, leaveOut, pausedFor, pauseLane } from './side-lane'

/** When the to-dos of a leased person are compared with the vendor's, and what follows where that fails. */

/** After the scans of a polled person, whose result stands whatever becomes of this. */
export async function compareBeside(live: LiveConnection, lease: Lease): Promise<void> {
  if (compareDueIn(live, lease) === 0) await compare(live, lease)
}

/** The whole poll of a person whose messages are pushed. */
export async function compareOnly(live: LiveConnection, lease: Lease): Promise<Outcome> {
  const { backfilled } = lease
  const every = live.connector.todos!.everySeconds
  const dueIn = compareDueIn(live, lease)
  // Somebody opened the inbox: nothing is polled here, and comparing keeps its own time.
  if (dueIn !== 0) return { seconds: dueIn ?? every, error: null, backfilled }
  const { error, retryIn } = await compare(live, lease)
  return { seconds: retryIn ?? jittered(every), error, backfilled }
}

/** Seconds until it is due, 0 where it is; null: this connection does not compare. */
function compareDueIn({ connector, settings, row }: LiveConnection, lease: Lease): number | null {
  const { todos } = connector
  const { personId, externalId, comparedAt } = lease
  if (!todos?.ready(settings) || externalId === null) return null
  const dueIn = dueInSeconds(personId, comparedAt, todos.everySeconds, new Date())
  return Math.max(0, dueIn, pausedFor('todos', laneOf(row)), pausedFor('todos', personId))
}

/** `error` in an administrator's words; `retryIn`: seconds, null where the ordinary time will do. */
type Comparison = { error: string | null; retryIn: number | null }

async function compare(live: LiveConnection, lease: Lease): Promise<Comparison> {
  const connectionId = live.row.id
  const lane = laneOf(live.row)
  const { personId } = lease
  try {
    await compareTodos(live, lease)
    clearLane('todos', lane, personId)
    return { error: null, retryIn: null }
  } catch (error) {
    // We have ended it ourselves: that says nothing of the other side.
    if (live.context.signal?.aborted) return { error: null, retryIn: 0 }
    const about = { err: error, connectionId, personId }
    const known = isConnectorError(error)
    if (known && isOutage(error)) {
      log().warn(about, 'to-dos cannot be compared')
      const retryIn = pauseLane('todos', lane, error.retryAfterSeconds)
      return { error: error.detail['zh-CN'], retryIn }
    }
    // A system that has no such list says so for everybody, again and again.
    if (known) log().debug(about, 'the to-dos of a person cannot be compared')
    else log().error(about, 'comparing to-dos failed')
    leaveOut('todos', personId, live.connector.todos!.everySeconds)
    return { error: known ? error.detail['zh-CN'] : '内部错误', retryIn: null }
  }
}
