import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRates } from './rates'

const LIMITS = { all: 4, each: { a: 3, b: 2 } }
type Kind = keyof typeof LIMITS.each

describe('rates', () => {
  it('let through at once what keeps to them, and say when to ask again', () => {
    const { take } = createRates(LIMITS)
    expect([take('a', 0), take('a', 100), take('a', 200)]).toEqual([0, 0, 0])
    expect(take('a', 300)).toBe(700)
    expect(take('a', 999.5)).toBe(1)
    expect(take('a', 1_000)).toBe(0)
    expect(take('a', 1_001)).toBe(99)
  })

  it('count each kind by itself and all together', () => {
    const { take } = createRates(LIMITS)
    expect([take('a', 0), take('b', 0), take('b', 0)]).toEqual([0, 0, 0])
    expect(take('b', 10)).toBe(990)
    expect(take('a', 10)).toBe(0)
    // `a` has one left, all together have none.
    expect(take('a', 10)).toBe(990)
  })

  it('take nothing while they say wait', () => {
    const { take } = createRates({ all: 1, each: { a: 1 } })
    expect(take('a', 0)).toBe(0)
    for (let now = 1; now < 1_000; now += 7) expect(take('a', now)).toBe(1_000 - now)
    expect(take('a', 1_000)).toBe(0)
  })

  it('are never passed in any second, however calls come, and nobody waits in vain', () => {
    const calls = fc.array(fc.record({ kind: fc.constantFrom<Kind>('a', 'b'), after: fc.nat(400) }), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(calls, (wanted) => {
        const { take } = createRates(LIMITS)
        const starts: { kind: Kind; at: number }[] = []
        let now = 0
        for (const { kind, after } of wanted) {
          now += after
          let asked = 0
          for (let wait = take(kind, now); wait > 0; wait = take(kind, now)) {
            now += wait
            expect(++asked).toBeLessThan(3)
          }
          starts.push({ kind, at: now })
        }
        for (const { at } of starts) {
          const second = starts.filter((start) => start.at >= at && start.at < at + 1_000)
          expect(second.length).toBeLessThanOrEqual(LIMITS.all)
          for (const kind of ['a', 'b'] as const)
            expect(second.filter((start) => start.kind === kind).length).toBeLessThanOrEqual(
              LIMITS.each[kind],
            )
        }
      }),
      { numRuns: 500 },
    )
  })
})
