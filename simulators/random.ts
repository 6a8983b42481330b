/** Seeded randomness, so that every run with one seed makes the same ids, names and order. */
export interface Random {
  /** A float in [0, 1). */
  next(): number
  /** A whole number in [min, max], both included. */
  int(min: number, max: number): number
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** True with the given probability (0–1). */
  chance(probability: number): boolean
  /** A new list in another order. */
  shuffle<T>(list: readonly T[]): T[]
  /** Lower-case hex digits. */
  hex(length: number): string
  /** A version 4 shaped UUID. */
  uuid(): string
  /** A signed 64-bit id as decimal text, always beyond 2^53, about half of them negative. */
  longId(): string
}

const TWO_POW_53 = BigInt('9007199254740992')

/** Mulberry32: small, fast, good enough for test data. `seed` is any whole number. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0

  function bits(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const next = () => bits() / 4294967296
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('pick() needs a list that is not empty')
    return list[int(0, list.length - 1)] as T
  }

  function shuffle<T>(list: readonly T[]): T[] {
    const copy = [...list]
    for (let last = copy.length - 1; last > 0; last--) {
      const other = int(0, last)
      const kept = copy[last] as T
      copy[last] = copy[other] as T
      copy[other] = kept
    }
    return copy
  }

  function hex(length: number): string {
    let text = ''
    while (text.length < length) text += bits().toString(16).padStart(8, '0')
    return text.slice(0, length)
  }

  function longId(): string {
    for (;;) {
      const value = BigInt.asIntN(64, (BigInt(bits()) << BigInt(32)) | BigInt(bits()))
      const size = value < BigInt(0) ? -value : value
      if (size > TWO_POW_53) return value.toString()
    }
  }

  return {
    next,
    int,
    pick,
    chance: (probability) => next() < probability,
    shuffle,
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    longId,
  }
}
