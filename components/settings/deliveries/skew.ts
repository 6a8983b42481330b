/** Seconds. Clocks differ a little everywhere; more than this is worth a word. */
const WORTH_TELLING = 300

/** How far a push's own time is from when it arrived: `null` where that is nothing to speak of. */
export function tellableSkew(
  seconds: number | null,
): { amount: number; unit: SkewUnit; late: boolean } | null {
  if (seconds === null || Math.abs(seconds) <= WORTH_TELLING) return null
  const distance = Math.abs(seconds)
  const [unit, size] = UNITS.find(([, size]) => distance >= size * 2) ?? UNITS.at(-1)!
  return { amount: Math.round(distance / size), unit, late: seconds > 0 }
}

export type SkewUnit = 'days' | 'hours' | 'minutes'

const UNITS: [SkewUnit, number][] = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
]
