/** How soon a person is polled again. Pure; all in seconds. */

/** Somebody looks at the page. */
const WATCHED_SECONDS = 15
/** Whoever was not here for so long is polled this much more rarely, but at least this often. */
const IDLE_AFTER_MS = 7 * 24 * 60 * 60 * 1000
const IDLE_FACTOR = 10
const IDLE_LONGEST_SECONDS = 600

/**
 * Seconds until the next poll: at most 15 with the inbox open, `pollSeconds` (the setting) for whoever was here within
 * 7 days, ten times that and at most 10 min for all others; never more often than the setting says.
 * @param seenAt when they were last here, or were mapped if they never were; null: not known, taken as lately
 */
export function paceOf(who: {
  pollSeconds: number
  watched: boolean
  seenAt: Date | null
  now: Date
}): number {
  const { pollSeconds, watched, seenAt, now } = who
  if (watched) return Math.min(WATCHED_SECONDS, pollSeconds)
  if (seenAt === null || now.getTime() - seenAt.getTime() < IDLE_AFTER_MS) return pollSeconds
  return Math.min(Math.max(pollSeconds, IDLE_LONGEST_SECONDS), IDLE_FACTOR * pollSeconds)
}

/** A tenth sooner or later, by chance, so that those polled together drift apart. */
export function jittered(seconds: number): number {
  return seconds * (0.9 + Math.random() / 5)
}

/**
 * Whether what is done every `seconds` for each person is due: a tenth sooner or later, which is always the same for
 * one person (their number decides) and so spreads persons that began together.
 */
export function isDue(personId: string, last: Date | null, seconds: number, now: Date): boolean {
  return dueInSeconds(personId, last, seconds, now) <= 0
}

/** Seconds until then; 0 or less: due. */
export function dueInSeconds(personId: string, last: Date | null, seconds: number, now: Date): number {
  if (last === null) return 0
  // A multiplier that scatters numbers which follow each other (Knuth, The Art of Computer Programming 6.4).
  const place = Number((BigInt(personId) * 2_654_435_761n) & 0xffff_ffffn) / 0x1_0000_0000
  return seconds * (0.9 + place / 5) - (now.getTime() - last.getTime()) / 1000
}
