import { shared } from '@/lib/platform/state'
import type { ConnectionRow } from '../connections/connection-store'

/**
 * What is done for a connection beside bringing in its messages: the daily listing of everything, the comparison of
 * to-dos. They ask other things of the vendor, which may fail by themselves (not authorised, too slow, an interface
 * that only newer versions have) while messages arrive as ever. So their failures never open the connection's circuit,
 * which would stop polls and tell employees that the source is down. They pause their own lane, with pauses that double.
 * A vendor that is really away shows in the next scan.
 *
 * A pause is of this process: another one finds out by one call of its own.
 */
export type Lane = 'listing' | 'todos'

type Pause = { failures: number; until: number }
const pauses = () => shared<Map<string, Pause>>('integrations.side-lanes', () => new Map())
const keyOf = (lane: Lane, id: string) => `${lane} ${id}`

/** A connection's lane: with other settings it is another one, which nothing has paused. */
export function laneOf({
  id,
  settings,
  secrets,
}: Pick<ConnectionRow, 'id' | 'settings' | 'secrets'>): string {
  return `${id} ${secrets ?? ''} ${JSON.stringify(settings)}`
}

const FIRST_PAUSE_SECONDS = 30
const LONGEST_PAUSE_SECONDS = 600

/** Seconds until the lane of a connection (`laneOf`), or of a person, is open again; 0: it is. */
export function pausedFor(lane: Lane, id: string): number {
  return Math.max(0, ((pauses().get(keyOf(lane, id))?.until ?? 0) - Date.now()) / 1000)
}

/**
 * The vendor was away in this lane of a connection; gives the seconds until it is tried again. Those that fail at the
 * same time count once.
 */
export function pauseLane(lane: Lane, of: string, retryAfterSeconds = 0): number {
  const paused = pausedFor(lane, of)
  if (paused > 0) return paused
  const failures = (pauses().get(keyOf(lane, of))?.failures ?? 0) + 1
  const doubled = FIRST_PAUSE_SECONDS * 2 ** Math.min(failures - 1, 10)
  const seconds = Math.min(LONGEST_PAUSE_SECONDS, Math.max(doubled, retryAfterSeconds))
  pauses().set(keyOf(lane, of), { failures, until: Date.now() + seconds * 1000 })
  return seconds
}

/** The vendor refused one person alone: they are left out of the lane for so long. */
export function leaveOut(lane: Lane, personId: string, seconds: number): void {
  pauses().set(keyOf(lane, personId), { failures: 0, until: Date.now() + seconds * 1000 })
}

/** It worked, for this person of this connection. */
export function clearLane(lane: Lane, of: string, personId: string): void {
  for (const id of [of, personId]) pauses().delete(keyOf(lane, id))
}
