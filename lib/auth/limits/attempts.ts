import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { defer } from '@/lib/platform/shutdown'
import { shared } from '@/lib/platform/state'
import { AppError } from '@/lib/shared/errors'
import { readStanding, recordFailure, sweepFailures } from './attempts-store'
import { inTurn } from './turns'

/**
 * The limits of guessing. Only failures count. They are counted in the database, for all processes together. So that
 * many attempts at once cannot slip through between count and failure, each process lets only a few of them be
 * checked side by side: by these few, and no more, a limit can be overshot.
 */
const ONE_NAME = { width: 1, longest: 1_000 }
const ONE_ADDRESS = { width: 8, longest: 1_000 }

/** A name under attack from many addresses is slowed from this many failures in ten minutes on, but never locked. */
const FREE_FAILURES = 10
const PAUSE_PER_FAILURE_MS = 50
const LONGEST_PAUSE_MS = 3_000

/** Milliseconds that an attempt on a name waits which failed so often lately. */
export function slowdown(failures: number): number {
  return Math.min(Math.max(0, failures - FREE_FAILURES) * PAUSE_PER_FAILURE_MS, LONGEST_PAUSE_MS)
}

/**
 * Makes an attempt within the limits and notes its failure.
 * @param name whose secret is tried: a normalised username, or a word of ours that cannot be one
 * @param address the client's
 * @param check gives what was to be had, or `null`: wrong
 * @returns what `check` gave; throws `too_many_attempts` with `retryAfter`
 */
export async function attempt<T>(
  name: string,
  address: string,
  check: () => Promise<T | null>,
): Promise<T | null> {
  const key = keyOf(name)
  const place = networkOf(address)
  const standing = await withinLimits(key, place)
  await pause(slowdown(standing.failuresOfName))
  const outcome = await inTurn(`${key} ${place}`, ONE_NAME, () =>
    inTurn(place, ONE_ADDRESS, async () => {
      await withinLimits(key, place)
      const result = await check()
      if (result === null) await fail(key, place)
      return { result }
    }),
  )
  if (!outcome) throw new AppError('too_many_attempts', { retryAfter: 5 })
  return outcome.result
}

async function withinLimits(key: string, place: string) {
  const standing = await readStanding(key, place)
  if (standing.waitSeconds > 0) {
    throw new AppError('too_many_attempts', { retryAfter: standing.waitSeconds })
  }
  return standing
}

async function fail(key: string, place: string): Promise<void> {
  await recordFailure(key, place)
  const sweep = shared('auth.sweep', () => ({ at: Date.now() }))
  if (Date.now() - sweep.at < 60_000) return
  sweep.at = Date.now()
  defer('sweep of wrong sign-ins', sweepFailures)
}

/** People type passwords into the name's field: what failed is not kept readable. */
function keyOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 22)
}

/** An IPv6 customer has a whole /64, so that is what counts as one address. */
export function networkOf(address: string): string {
  const [plain = ''] = address.slice(0, 100).split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  if (mapped) return mapped
  if (!isIPv6(plain)) return plain
  const [left = '', right] = plain.toLowerCase().split('::')
  const groups = left === '' ? [] : left.split(':')
  if (right !== undefined) {
    const tail = right === '' ? [] : right.split(':')
    while (groups.length + tail.length < 8) groups.push('0')
    groups.push(...tail)
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
