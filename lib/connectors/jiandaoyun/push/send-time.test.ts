import { describe, expect, it } from 'vitest'
import { readSendTime, readTimestamp } from './send-time'

const NOW = new Date('2026-03-02T08:00:00Z')
const iso = (value: unknown) => readSendTime(value, NOW)?.toISOString() ?? null

describe('readSendTime', () => {
  it('reads what the vendor sends, to the millisecond', () => {
    expect(iso('2017-10-20T22:41:51.430Z')).toBe('2017-10-20T22:41:51.430Z')
    expect(iso('2023-04-06T03:12:44.991Z')).toBe('2023-04-06T03:12:44.991Z')
  })

  it.each([
    ['2023-04-06T03:12:44Z', '2023-04-06T03:12:44.000Z'],
    ['2023-04-06T03:12:44', '2023-04-06T03:12:44.000Z'],
    ['2023-04-06 03:12:44.5', '2023-04-06T03:12:44.500Z'],
    [' 2023-04-06t03:12:44.991z ', '2023-04-06T03:12:44.991Z'],
    ['2023-04-06T03:12', '2023-04-06T03:12:00.000Z'],
    ['2023-04-06T03:12:44.991234567Z', '2023-04-06T03:12:44.991Z'],
    ['2023-04-06T03:12:44,991Z', '2023-04-06T03:12:44.991Z'],
    ['2023-04-06T11:12:44.991+08:00', '2023-04-06T03:12:44.991Z'],
    ['2023-04-06T11:12:44.991+0800', '2023-04-06T03:12:44.991Z'],
    ['2023-04-05T22:12:44.991-05:00', '2023-04-06T03:12:44.991Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it('reads numbers of seconds and milliseconds', () => {
    expect(iso(1680750764)).toBe('2023-04-06T03:12:44.000Z')
    expect(iso(1680750764991)).toBe('2023-04-06T03:12:44.991Z')
  })

  it.each([
    undefined,
    null,
    '',
    'yesterday',
    '2023-04-06',
    '2023-13-06T03:12:44Z',
    '2023-04-06T25:12:44Z',
    '2023-04-06T03:12:44+99:99',
    '06/04/2023 03:12:44',
    '1680750764',
    true,
    {},
    [],
    1.5,
    1e9,
    0,
  ])('finds none in %j', (value) => {
    expect(iso(value)).toBeNull()
  })

  it('finds none in times that cannot be meant', () => {
    expect(iso('0001-01-01T00:00:00Z')).toBeNull()
    expect(iso('2009-12-31T23:59:59.999Z')).toBeNull()
    expect(iso('2010-01-01T00:00:00.000Z')).toBe('2010-01-01T00:00:00.000Z')
    expect(iso('2026-03-03T08:00:00.000Z')).toBe('2026-03-03T08:00:00.000Z')
    expect(iso('2026-03-03T08:00:00.001Z')).toBeNull()
    expect(iso('9999-12-31T23:59:59Z')).toBeNull()
  })
})

describe('readTimestamp', () => {
  it('reads seconds and milliseconds, nothing else', () => {
    expect(readTimestamp('1498586609')).toEqual(new Date('2017-06-27T18:03:29Z'))
    expect(readTimestamp('1498586609123')).toEqual(new Date('2017-06-27T18:03:29.123Z'))
    for (const none of [null, '', '149858660', '14985866091', 'x', '0000000000', '9999999999'])
      expect(readTimestamp(none), String(none)).toBeNull()
  })
})
