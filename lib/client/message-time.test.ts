import { describe, expect, it } from 'vitest'
import {
  addDays,
  comingTime,
  dayHeading,
  dayOf,
  exactTime,
  fullTime,
  momentOf,
  rowTime,
  weekdayOf,
} from './message-time'

const base = { now: new Date('2026-11-21T04:00:00Z'), timeZone: 'Asia/Shanghai' }
const zh = { ...base, locale: 'zh-CN', yesterday: '昨天', today: '今天' } as const
const en = { ...base, locale: 'en', yesterday: 'Yesterday', today: 'Today' } as const

describe('rowTime', () => {
  it.each([
    ['2026-11-21T02:42:00Z', '10:42', '10:42'],
    ['2026-11-20T16:00:00Z', '00:00', '00:00'],
    ['2026-11-20T15:59:00Z', '昨天 23:59', 'Yesterday 23:59'],
    ['2026-11-20T01:15:00Z', '昨天 09:15', 'Yesterday 09:15'],
    ['2026-11-19T01:15:00Z', '11月19日', 'Nov 19'],
    ['2025-11-03T01:15:00Z', '2025年11月3日', 'Nov 3, 2025'],
  ])('%s', (iso, chinese, english) => {
    expect(rowTime(iso, zh)).toBe(chinese)
    expect(rowTime(iso, en)).toBe(english)
  })

  it('tells yesterday across the new year', () => {
    const context = { ...zh, now: new Date('2027-01-01T04:00:00Z') }
    expect(rowTime('2026-12-31T01:00:00Z', context)).toBe('昨天 09:00')
    expect(rowTime('2026-12-30T01:00:00Z', context)).toBe('2026年12月30日')
  })
})

describe('dayHeading', () => {
  it('names today and yesterday, else the date with its weekday', () => {
    expect(
      ['2026-11-21', '2026-11-20', '2026-11-03', '2025-11-03'].map((day) => dayHeading(day, zh)),
    ).toEqual(['今天', '昨天', '11月3日 星期二', '2025年11月3日 星期一'])
    expect(dayHeading('2026-11-03', en)).toBe('Tuesday, Nov 3')
  })
})

describe('times of a message’s own page', () => {
  it('always tell the time of day', () => {
    const told = ['2026-11-21T02:42:00Z', '2026-11-20T01:15:00Z', '2026-11-19T01:15:00Z'].map((iso) =>
      fullTime(iso, zh),
    )
    expect(told).toEqual(['10:42', '昨天 09:15', '11月19日 09:15'])
  })

  it('tell what is to come with its weekday', () => {
    expect(comingTime('2026-11-21T10:00:00Z', zh)).toBe('今天 18:00')
    expect(comingTime('2026-11-23T01:00:00Z', zh)).toBe('11月23日 星期一 09:00')
  })
})

describe('exactTime', () => {
  it('is told to the second', () => {
    expect(exactTime('2026-11-21T02:42:07Z', zh)).toBe('2026年11月21日 周六 10:42:07')
  })
})

describe('calendar', () => {
  it('knows days across months, and weekdays', () => {
    expect(addDays('2026-11-30', 1)).toBe('2026-12-01')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(weekdayOf('2026-11-21')).toBe(6)
    expect(dayOf(new Date('2026-11-20T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-21')
  })

  it('finds the moment of a time there', () => {
    expect(momentOf('2026-11-22', '09:00', 'Asia/Shanghai').toISOString()).toBe('2026-11-22T01:00:00.000Z')
    // The clocks change that night.
    expect(momentOf('2026-11-01', '09:00', 'America/New_York').toISOString()).toBe('2026-11-01T14:00:00.000Z')
    expect(momentOf('2026-10-31', '09:00', 'America/New_York').toISOString()).toBe('2026-10-31T13:00:00.000Z')
  })
})
