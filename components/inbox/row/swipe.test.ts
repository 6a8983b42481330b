import { describe, expect, it } from 'vitest'
import { swipeAfter, swipeOffset, swipeResult } from './swipe'

describe('swipe', () => {
  it('leaves scrolling alone', () => {
    expect(swipeAfter(4, 4)).toBe('undecided')
    expect(swipeAfter(12, 30)).toBe('scrolls')
    expect(swipeAfter(12, 10)).toBe('scrolls')
    expect(swipeAfter(-20, 3)).toBe('swipes')
  })

  it('acts only far enough: right is done, left is snooze', () => {
    expect([30, 88, -87, -88].map(swipeResult)).toEqual([null, 'done', null, 'snooze'])
  })

  it('follows the finger, and holds back beyond', () => {
    expect(swipeOffset(-40)).toBe(-40)
    expect(swipeOffset(100)).toBeCloseTo(92)
    expect(swipeOffset(900)).toBe(132)
  })
})
