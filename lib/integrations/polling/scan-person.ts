import {
  isConnectorError,
  type ConnectorError,
  type Pull,
  type Scan,
  type ScanPlan,
} from '@/lib/connectors/contract'
import { applyScan, type Applied, type ScanItem } from '@/lib/inbox/pulled/apply-scan'
import { knownAtAll, knownUnread } from '@/lib/inbox/pulled/known-ids'
import type { Lease, Outcome } from '@/lib/inbox/pulled/leases'
import { log } from '@/lib/platform/log'
import type { LiveConnection } from '../connections/connection-settings'
import { isOutage } from './outage'
import { isDue } from './pace'
import { planOf } from './scan-plan'
import { clearLane, laneOf, pausedFor, pauseLane } from './side-lane'

/** First contact brings the newest so many messages, none older than so many days. */
const BACKFILL = { limit: 500, days: 90 }
/** So often everything is listed again: what was read elsewhere before we saw it is in no unread list. */
const LIST_EVERY_SECONDS = 24 * 60 * 60

type Scanned = Pick<Outcome, 'scan' | 'listed'> & { trouble: ConnectorError | null }

/**
 * Reads one leased person's lists and brings them into the inbox: everything on first contact, then what is unread, as
 * deep as it takes, and once a day what is new in the list of everything. Throws `ConnectorError` where the system
 * seems to be away; `trouble` is what was wrong with this person's list alone.
 */
export async function scanPerson(
  live: LiveConnection,
  pull: Pull<unknown>,
  lease: Lease,
  person: string,
): Promise<Scanned> {
  const silent = !lease.backfilled
  let trouble: ConnectorError | null = null
  if (silent) {
    const all = await pull.scanAll(live.context, person, backfillBounds())
    await applyScan(lease, { kind: 'all', complete: all.complete, items: itemsOf(live, all), silent })
    trouble = troubleOf(all)
  }
  const depth = planOf(lease, new Date())
  const unread = await pull.scanUnread(live.context, person, planWith(depth, lease))
  const applied = await applyUnread(live, lease, unread, silent)
  if (applied.state === 'confirm') await confirm(live, pull, lease, person, unread)
  trouble = troubleOf(unread) ?? trouble
  const listed = silent || (await listDaily(live, pull, lease, person))
  // A list of which some rows cannot be read is as whole as it will ever be.
  const whole = depth !== 'news' || unread.complete
  return { trouble, listed, ...(whole && { scan: { pages: unread.pages, newestFirst: unread.newestFirst } }) }
}

function planWith(depth: ScanPlan['depth'], { personId }: Lease): ScanPlan {
  return depth === 'news' ? { depth, areKnown: knownUnread(personId) } : { depth }
}

function backfillBounds(): { limit: number; since: Date } {
  return { limit: BACKFILL.limit, since: new Date(Date.now() - BACKFILL.days * 24 * 60 * 60 * 1000) }
}

/** Why a scan is not complete, where that is about this person alone; throws where it is an outage. */
function troubleOf({ complete, error }: Scan): ConnectorError | null {
  if (complete || !error) return null
  if (isOutage(error)) throw error
  return error
}

function applyUnread(live: LiveConnection, lease: Lease, scan: Scan, silent: boolean): Promise<Applied> {
  const { complete } = scan
  const readSettles = settles(live)
  return applyScan(lease, { kind: 'unread', complete, items: itemsOf(live, scan), silent, readSettles })
}

/**
 * Many vanished from the unread list at once: `all` must say of each whether it was read. What it lists unread is
 * there; what it does not list is missed like any other.
 */
async function confirm(
  live: LiveConnection,
  pull: Pull<unknown>,
  lease: Lease,
  person: string,
  unread: Scan,
): Promise<void> {
  const all = await pull.scanAll(live.context, person, backfillBounds())
  const told = { silent: false, readSettles: settles(live) }
  await applyScan(lease, { kind: 'all', complete: all.complete, items: itemsOf(live, all), ...told })
  if (!all.complete) return
  const items = [...itemsOf(live, unread), ...itemsOf(live, all).filter((item) => !item.read)]
  await applyScan(lease, { kind: 'unread', complete: true, items, confirmed: true, ...told })
}

/**
 * Reads the list of everything until a whole page is known, if a day has passed since. What fails here is no outage:
 * the unread list has just been read.
 * @returns whether it was done, or refused for this person: in both cases it is not tried again at once
 */
async function listDaily(
  live: LiveConnection,
  pull: Pull<unknown>,
  lease: Lease,
  person: string,
): Promise<boolean> {
  const connectionId = live.row.id
  const lane = laneOf(live.row)
  if (!isDue(lease.personId, lease.listedAt, LIST_EVERY_SECONDS, new Date())) return false
  if (pausedFor('listing', lane) > 0) return false
  try {
    const bounds = { ...backfillBounds(), areKnown: knownAtAll(lease.personId) }
    const all = await pull.scanAll(live.context, person, bounds)
    const told = { silent: false, readSettles: settles(live) }
    await applyScan(lease, { kind: 'all', complete: all.complete, items: itemsOf(live, all), ...told })
    if (all.error) throw all.error
    clearLane('listing', lane, lease.personId)
    return true
  } catch (error) {
    if (!isConnectorError(error)) throw error
    // We have ended it ourselves: that says nothing of the other side.
    if (live.context.signal?.aborted) return false
    log().warn({ err: error, connectionId, personId: lease.personId }, 'not everything could be listed')
    if (isOutage(error)) pauseLane('listing', lane, error.retryAfterSeconds)
    return !isOutage(error)
  }
}

/** Whether a to-do that was read over there counts as done. */
function settles({ connector, settings }: LiveConnection): boolean {
  return connector.pull?.readSettles?.(settings) ?? false
}

function itemsOf(live: LiveConnection, scan: Scan): ScanItem[] {
  return scan.items.map((item) => ({ ...item, hasLink: live.connector.link.has(item.content) }))
}
