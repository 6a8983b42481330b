import { expect, it } from 'vitest'
import { planOf } from './scan-plan'

const now = new Date('2026-11-21T08:00:00Z')

it.each([
  // minutes since the last whole scan, its pages, from new to old → depth
  [null, 0, false, 'all'],
  [null, 15, true, 'all'],
  [0, 0, false, 'all'],
  [1, 1, true, 'all'],
  [1, 3, false, 'all'],
  [60, 3, true, 'all'],
  [0, 4, true, 'news'],
  [9.9, 500, true, 'news'],
  [10, 4, true, 'all_large'],
  [60, 15, true, 'all_large'],
  [0, 4, false, 'all_large'],
  [60, 15, false, 'all_large'],
])('last scanned whole %s min ago, %i pages, newest first: %s → %s', (minutes, pages, newestFirst, depth) => {
  const scannedAt = minutes === null ? null : new Date(now.getTime() - minutes * 60_000)
  expect(planOf({ scannedAt, pages, newestFirst }, now)).toBe(depth)
})
