import { isConnectorError, type ConnectorError, type Pull, type Scan } from '@/lib/connectors/contract'
import { applyScan, type Applied, type ScanItem } from '@/lib/inbox/pulled/apply-scan'
import { keepLease, release, resolvePerson, type Lease } from '@/lib/inbox/pulled/leases'
import { log } from '@/lib/platform/log'
import { countPoll } from '@/lib/platform/metrics'
import { recordFailure, recordSuccess } from '../connections/circuit-store'
import type { LiveConnection } from '../connections/connection-settings'

/** First contact brings the newest so many messages, none older than so many days. */
const BACKFILL = { limit: 500, days: 90 }
/** A person whom nobody knows under that name is looked up again only so often. */
const UNKNOWN_PERSON_SECONDS = 600
/** Well within the time of a lease. */
const KEEP_LEASE_MS = 30_000

type Outcome = { error: string | null; seconds: number; backfilled: boolean }

/**
 * Polls one leased person: finds out who they are if that is not known, backfills on first contact, then brings the
 * unread list into the inbox. An error says nothing about any message; it is noted, and the person is due again.
 */
export async function syncPerson(live: LiveConnection, lease: Lease): Promise<void> {
  const pull = live.connector.pull!
  const { pollSeconds } = pull.pace(live.settings)
  const pause = pollSeconds * (0.9 + Math.random() / 5)
  const holding = setInterval(() => void keepLease(lease).catch(() => {}), KEEP_LEASE_MS)
  const begun = performance.now()
  let outcome: Outcome
  let result: string
  try {
    outcome = await poll(live, pull, lease, pause)
    await recordSuccess(live.row.id)
    result = outcome.error === null ? 'ok' : 'person'
  } catch (error) {
    result = isConnectorError(error) ? error.kind : 'internal'
    outcome = await failed(live, lease, pause, error)
  } finally {
    clearInterval(holding)
  }
  countPoll(live.row.id, result, performance.now() - begun)
  await release(lease, outcome)
}

/** What follows from a poll that failed: when the person is due again, and whether the system seems to be away. */
async function failed(
  live: LiveConnection,
  { personId }: Lease,
  pause: number,
  error: unknown,
): Promise<Outcome> {
  if (!isConnectorError(error)) {
    log().error({ err: error, personId }, 'a poll failed')
    return { error: '内部错误', seconds: pause, backfilled: false }
  }
  const outcome = { error: error.detail['zh-CN'], seconds: pause, backfilled: false }
  // We have ended it ourselves: that says nothing of the other side.
  if (live.context.signal?.aborted) return { ...outcome, seconds: 0 }
  if (!isOutage(error)) return outcome
  await recordFailure(live.row.id, outcome.error, error.retryAfterSeconds)
  // The circuit of the connection says when to try again: everybody is due.
  return { ...outcome, seconds: Math.min(pause, 1) }
}

/** A refusal or a wrong setting may be about one person alone: it must not stop the others. */
function isOutage({ kind }: ConnectorError): boolean {
  return kind === 'unavailable' || kind === 'unauthorized'
}

async function poll(
  live: LiveConnection,
  pull: Pull<unknown>,
  lease: Lease,
  pause: number,
): Promise<Outcome> {
  const person = lease.externalId
  if (person === null) return lookUp(live, pull, lease)
  const silent = !lease.backfilled
  let trouble: ConnectorError | null = null
  if (silent) {
    const since = new Date(Date.now() - BACKFILL.days * 24 * 60 * 60 * 1000)
    const all = await pull.scanAll(live.context, person, { limit: BACKFILL.limit, since })
    await applyScan(lease, { kind: 'all', complete: all.complete, items: itemsOf(live, all), silent })
    trouble = troubleOf(all)
  }
  const unread = await pull.scanUnread(live.context, person)
  const applied = await applyUnread(live, lease, unread, silent)
  if (applied.state === 'confirm') await confirm(live, pull, lease, person, unread)
  trouble = troubleOf(unread) ?? trouble
  return { error: trouble?.detail['zh-CN'] ?? null, seconds: pause, backfilled: true }
}

/** Why a scan is not complete, where that is about this person alone; throws where it is an outage. */
function troubleOf({ complete, error }: Scan): ConnectorError | null {
  if (complete || !error) return null
  if (isOutage(error)) throw error
  return error
}

/**
 * Finds out who a sign-in name is. Their messages are for the next poll, which is due at once but behind everybody
 * else still to be looked up: an import has thousands, and whether its names are right should show soon.
 */
async function lookUp(live: LiveConnection, pull: Pull<unknown>, lease: Lease): Promise<Outcome> {
  const unknown = (error: string) => ({ error, seconds: UNKNOWN_PERSON_SECONDS, backfilled: false })
  const found = lease.loginName === null ? null : await pull.findPerson(live.context, lease.loginName)
  if (!found) return unknown(`没有登录名 ${lease.loginName ?? ''}`)
  const resolved = await resolvePerson(lease, found)
  // Where the mapping moved, the one who has it now is due by themselves.
  if (resolved !== 'taken') return { error: null, seconds: 0, backfilled: false }
  return unknown(`登录名 ${found.loginName} 已另有对应`)
}

function applyUnread(live: LiveConnection, lease: Lease, scan: Scan, silent: boolean): Promise<Applied> {
  const { complete } = scan
  return applyScan(lease, { kind: 'unread', complete, items: itemsOf(live, scan), silent })
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
  const since = new Date(Date.now() - BACKFILL.days * 24 * 60 * 60 * 1000)
  const all = await pull.scanAll(live.context, person, { limit: BACKFILL.limit, since })
  await applyScan(lease, { kind: 'all', complete: all.complete, items: itemsOf(live, all), silent: false })
  if (!all.complete) return
  const items = [...itemsOf(live, unread), ...itemsOf(live, all).filter((item) => !item.read)]
  await applyScan(lease, { kind: 'unread', complete: true, items, confirmed: true, silent: false })
}

function itemsOf(live: LiveConnection, scan: Scan): ScanItem[] {
  return scan.items.map((item) => ({ ...item, hasLink: live.connector.link.has(item.content) }))
}
