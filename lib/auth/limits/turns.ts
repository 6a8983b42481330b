import { shared } from '@/lib/platform/state'

/** At most so many at once under one name, the others wait for their turn, in order. */
type Line = { running: number; waiting: (() => void)[] }

const lines = () => shared('auth.turns', () => new Map<string, Line>())

/**
 * Runs `work` as soon as fewer than `width` others run under that name in this process.
 * @param longest how many may wait; beyond it the answer is `null` at once
 */
export async function inTurn<T>(
  name: string,
  { width, longest }: { width: number; longest: number },
  work: () => Promise<T>,
): Promise<T | null> {
  const all = lines()
  let line = all.get(name)
  if (!line) all.set(name, (line = { running: 0, waiting: [] }))
  if (line.running < width) line.running++
  else {
    if (line.waiting.length >= longest) return null
    const { waiting } = line
    // Whoever leaves hands its place on.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  try {
    return await work()
  } finally {
    const next = line.waiting.shift()
    if (next) next()
    else if (--line.running === 0) all.delete(name)
  }
}
