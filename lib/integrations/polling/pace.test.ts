import { describe, expect, it } from 'vitest'
import { dueInSeconds, isDue, jittered, paceOf } from './pace'

const now = new Date('2026-11-21T08:00:00Z')
const DAY = 86_400
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('the pace', () => {
  it.each([
    // pollSeconds, watched, seen days ago → seconds
    [60, true, 0, 15],
    [60, true, 30, 15],
    [15, true, 0, 15],
    [5, true, 0, 5],
    [1, true, 0, 1],
    [3_600, true, 0, 15],
    [60, false, 0, 60],
    [60, false, 6.99, 60],
    [60, false, 7, 600],
    [60, false, 400, 600],
    [30, false, 8, 300],
    [1, false, 8, 10],
    [120, false, 8, 600],
    [600, false, 8, 600],
    [3_600, false, 8, 3_600],
    [86_400, false, 8, 86_400],
    [60, false, null, 60],
  ])('for pollSeconds %i, watched: %s, here %s days ago is %i s', (pollSeconds, watched, days, expected) => {
    const seenAt = days === null ? null : ago(days * DAY)
    expect(paceOf({ pollSeconds, watched, seenAt, now })).toBe(expected)
  })

  it('is a tenth sooner or later by chance', () => {
    const all = Array.from({ length: 500 }, () => jittered(60))
    expect(Math.min(...all)).toBeGreaterThanOrEqual(54)
    expect(Math.max(...all)).toBeLessThanOrEqual(66)
    expect(Math.max(...all) - Math.min(...all)).toBeGreaterThan(10)
  })
})

describe('what is done now and then', () => {
  it('is due if it never was, and when its time has passed', () => {
    expect(isDue('7', null, DAY, now)).toBe(true)
    expect(isDue('7', ago(0.89 * DAY), DAY, now)).toBe(false)
    expect(isDue('7', ago(1.11 * DAY), DAY, now)).toBe(true)
    expect(isDue('7', new Date(0), DAY, now)).toBe(true)
  })

  it('is spread by person: those that began together are due within a fifth of the time, evenly', () => {
    const last = ago(0)
    const times = Array.from({ length: 1_000 }, (_, i) => dueInSeconds(`${i + 1}`, last, DAY, now) / DAY)
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0.9)
    expect(Math.max(...times)).toBeLessThanOrEqual(1.1)
    const perFifth = [0, 1, 2, 3, 4].map(
      (i) => times.filter((t) => t >= 0.9 + i * 0.04 && t < 0.94 + i * 0.04).length,
    )
    for (const count of perFifth) expect(count).toBeGreaterThan(150)
    expect(dueInSeconds('9223372036854775807', last, DAY, now)).toBeGreaterThan(0)
  })

  it('is at the same time for the same person, however often one asks', () => {
    expect(dueInSeconds('42', ago(100), DAY, now)).toBe(dueInSeconds('42', ago(100), DAY, now))
  })
})
