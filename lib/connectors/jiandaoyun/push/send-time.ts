const DAY_MS = 24 * 60 * 60 * 1000
/** No message of this vendor is older. */
const EARLIEST_MS = Date.UTC(2010, 0, 1)
/** A number of this size is no clock gone wrong, it is no time. */
const LATEST_MS = Date.UTC(2060, 0, 1)
const ISO = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(:\d{2})?(?:[.,](\d{1,9}))?\s*([Zz]|[+-]\d{2}:?\d{2})?$/

/**
 * The time in `send_time`: ISO 8601 as the vendor writes it (UTC, milliseconds), or a number of seconds or
 * milliseconds. Without a zone it is UTC. Null for anything else and for times that cannot be meant: before 2010, or
 * more than a day after `now`.
 */
export function readSendTime(value: unknown, now: Date): Date | null {
  const ms = typeof value === 'number' ? epochMs(String(value)) : isoMs(value)
  return isPlausible(ms, now) ? new Date(ms) : null
}

/**
 * The `timestamp` of the query: seconds (10 digits, what the vendor sends) or milliseconds (13), from 2010 to 2060;
 * else null. How far it is from our own clock is for administrators to see.
 */
export function readTimestamp(value: string | null): Date | null {
  const ms = epochMs(value ?? '')
  return ms >= EARLIEST_MS && ms < LATEST_MS ? new Date(ms) : null
}

/** Whether a message can have been sent then: not before 2010, not more than a day after `now`. */
export function isPlausible(ms: number, now: Date): boolean {
  return ms >= EARLIEST_MS && ms <= now.getTime() + DAY_MS
}

function epochMs(digits: string): number {
  if (/^\d{10}$/.test(digits)) return Number(digits) * 1000
  return /^\d{13}$/.test(digits) ? Number(digits) : Number.NaN
}

function isoMs(value: unknown): number {
  const match = typeof value === 'string' ? ISO.exec(value.trim()) : null
  if (!match) return Number.NaN
  const [, date, minutes, seconds = ':00', fraction = '', zone = 'Z'] = match
  const ms = fraction.padEnd(3, '0').slice(0, 3)
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  return Date.parse(`${date}T${minutes}${seconds}.${ms}${offset}`)
}
