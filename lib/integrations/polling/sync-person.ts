import { isConnectorError, type Pull } from '@/lib/connectors/contract'
import { keepLease, release, resolvePerson, type Lease, type Outcome } from '@/lib/inbox/pulled/leases'
import { log } from '@/lib/platform/log'
import { countPoll } from '@/lib/platform/metrics'
import { recordFailure, recordSuccess } from '../connections/circuit-store'
import type { LiveConnection } from '../connections/connection-settings'
import { compareBeside, compareOnly } from './compare-lane'
import { isOutage } from './outage'
import { jittered, paceOf } from './pace'
import { scanPerson } from './scan-person'

/** A person whom nobody knows under that name is looked up again only so often. */
const UNKNOWN_PERSON_SECONDS = 600
/** Well within the time of a lease. */
const KEEP_LEASE_MS = 30_000

type Pause = { seconds: number; watchedSeconds: number }
type Poll = { outcome: Outcome; result: string }

/**
 * Polls one leased person: finds out who they are if that is not known, brings their messages into the inbox, and
 * compares their to-dos when that is due. An error says nothing about any message; it is noted, and the person is due
 * again.
 */
export async function syncPerson(live: LiveConnection, lease: Lease): Promise<void> {
  const holding = setInterval(() => void keepLease(lease).catch(() => {}), KEEP_LEASE_MS)
  const begun = performance.now()
  try {
    const { pull } = live.connector
    const { outcome, result } = pull ? await pollPerson(live, pull, lease) : await comparePerson(live, lease)
    countPoll(live.row.id, result, performance.now() - begun)
    await release(lease, outcome)
  } finally {
    clearInterval(holding)
  }
}

async function pollPerson(live: LiveConnection, pull: Pull<unknown>, lease: Lease): Promise<Poll> {
  const pause = pauseOf(pull.pace(live.settings).pollSeconds, lease)
  try {
    const outcome = await poll(live, pull, lease, pause)
    await recordSuccess(live.row.id)
    await compareBeside(live, lease)
    return { outcome, result: outcome.error === null ? 'ok' : 'person' }
  } catch (error) {
    const result = isConnectorError(error) ? error.kind : 'internal'
    return { outcome: await failed(live, lease, pause, error), result }
  }
}

/** Neither success nor failure is one of the connection: its messages are pushed, and come or do not by themselves. */
async function comparePerson(live: LiveConnection, lease: Lease): Promise<Poll> {
  const outcome = await compareOnly(live, lease)
  return { outcome, result: outcome.error === null ? 'ok' : 'person' }
}

function pauseOf(pollSeconds: number, { seenAt }: Lease): Pause {
  const [now, chance] = [new Date(), jittered(1)]
  const pace = (watched: boolean) => chance * paceOf({ pollSeconds, watched, seenAt, now })
  return { seconds: pace(false), watchedSeconds: pace(true) }
}

/** What follows from a poll that failed: when the person is due again, and whether the system seems to be away. */
async function failed(
  live: LiveConnection,
  { personId }: Lease,
  pause: Pause,
  error: unknown,
): Promise<Outcome> {
  if (!isConnectorError(error)) {
    log().error({ err: error, personId }, 'a poll failed')
    return { error: '内部错误', backfilled: false, ...pause }
  }
  const outcome = { error: error.detail['zh-CN'], backfilled: false, ...pause }
  // We have ended it ourselves: that says nothing of the other side.
  if (live.context.signal?.aborted) return { ...outcome, seconds: 0 }
  if (!isOutage(error)) return outcome
  await recordFailure(live.row.id, outcome.error, error.retryAfterSeconds)
  // The circuit of the connection says when to try again: everybody is due.
  return { ...outcome, seconds: Math.min(pause.seconds, 1) }
}

async function poll(live: LiveConnection, pull: Pull<unknown>, lease: Lease, pause: Pause): Promise<Outcome> {
  if (lease.externalId === null) return lookUp(live, pull, lease)
  const { trouble, ...done } = await scanPerson(live, pull, lease, lease.externalId)
  return { error: trouble?.detail['zh-CN'] ?? null, backfilled: true, ...pause, ...done }
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
