import { describe, expect, it } from 'vitest'
import { customTime, fieldTime, snoozeTimes } from './snooze-times'

const zone = 'Asia/Shanghai'
const offered = (iso: string) =>
  Object.fromEntries(
    snoozeTimes(new Date(iso), zone).map(({ choice, until }) => [choice, fieldTime(until, zone)]),
  )

describe('snoozeTimes', () => {
  it('on a working morning', () => {
    expect(offered('2026-11-18T10:12:30+08:00')).toEqual({
      hour: '2026-11-18T11:13',
      evening: '2026-11-18T18:00',
      tomorrow: '2026-11-19T09:00',
      monday: '2026-11-23T09:00',
    })
  })

  it('offers no evening that is an hour away or past', () => {
    expect(offered('2026-11-18T17:00:00+08:00')).not.toHaveProperty('evening')
    expect(offered('2026-11-18T16:59:00+08:00')).toHaveProperty('evening')
    expect(offered('2026-11-18T22:00:00+08:00')).not.toHaveProperty('evening')
  })

  it('offers Monday once: on Sunday it is tomorrow, on Monday it is a week away', () => {
    expect(offered('2026-11-22T10:00:00+08:00')).not.toHaveProperty('monday')
    expect(offered('2026-11-23T10:00:00+08:00').monday).toBe('2026-11-30T09:00')
  })

  it('goes by the server’s calendar, not by UTC', () => {
    expect(offered('2026-11-18T00:30:00+08:00').tomorrow).toBe('2026-11-19T09:00')
  })
})

describe('customTime', () => {
  const now = new Date('2026-11-18T10:00:00+08:00')
  it('is a time there, and still to come', () => {
    expect(customTime('2026-11-18T10:01', now, zone)?.toISOString()).toBe('2026-11-18T02:01:00.000Z')
    expect(customTime('2026-11-18T10:00', now, zone)).toBeNull()
    expect(customTime('', now, zone)).toBeNull()
  })
})
