/** Calls a second: of everything together, and of each kind. */
export type Limits<K extends string> = { all: number; each: Readonly<Record<K, number>> }

export type Rates<K extends string> = {
  /**
   * Takes a place for one call at `now` (milliseconds of any clock that does not go back): 0 if it may start at
   * once. Otherwise nothing is taken, and the answer is after how many milliseconds to ask again.
   */
  take(kind: K, now: number): number
}

const SECOND_MS = 1_000

/**
 * Keeps calls to so many in any second, however the seconds are cut: a bucket that fills up while nothing happens
 * would let twice as many through at the border. Pure: the clock is the caller's.
 */
export function createRates<K extends string>(limits: Limits<K>): Rates<K> {
  const all = createWindow(limits.all)
  const each = new Map<K, Window>()
  return {
    take(kind, now) {
      let own = each.get(kind)
      if (!own) each.set(kind, (own = createWindow(limits.each[kind])))
      const wait = Math.max(all.wait(now), own.wait(now))
      if (wait > 0) return Math.ceil(wait)
      all.note(now)
      own.note(now)
      return 0
    },
  }
}

type Window = { wait(now: number): number; note(now: number): void }

/** The last `limit` starts: the next may come a second after the oldest of them. */
function createWindow(limit: number): Window {
  const starts: number[] = []
  return {
    wait: (now) => (starts.length < limit ? 0 : Math.max(0, (starts[0] ?? now) + SECOND_MS - now)),
    note(now) {
      starts.push(now)
      if (starts.length > limit) starts.shift()
    },
  }
}
