import { describe, expect, it } from 'vitest'
import { parseBody } from './parse-body'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('parseBody', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    const value = { a: '汇信 👩‍💻', b: [true, false, null] }
    expect(parseBody(bytes(JSON.stringify(value)))).toEqual({ value })
    expect(parseBody(bytes(`\uFEFF${JSON.stringify(value)}`))).toEqual({ value })
  })

  it('keeps the digits of numbers too large for a number', () => {
    expect(parseBody(bytes('[9223372036854775807, 1703018, 1.0, 1e400]'))).toEqual({
      value: ['9223372036854775807', 1703018, 1, '1e400'],
    })
  })

  it('takes the last of a repeated key, as JSON.parse does', () => {
    expect(parseBody(bytes('{"a":"1","a":"2","a":"2"}'))).toEqual({ value: { a: '2' } })
  })

  it('keeps a key named __proto__ a mere key', () => {
    const body = parseBody(bytes('{"__proto__":{"op":"flow_message"}}'))
    expect('value' in body && (body.value as { op?: string }).op).toBeUndefined()
  })

  it.each([
    [[0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
    [[0x7b, 0xc3, 0x28, 0x7d]],
    [[0x22, 0xed, 0xa0, 0x80, 0x22]],
    [[0x22, 0xc0, 0x80, 0x22]],
    [[0xd5, 0xc5, 0xc8, 0xfd]],
  ])('says that %j are no UTF-8', (raw) => {
    expect(parseBody(Uint8Array.from(raw))).toEqual({ problem: 'not_utf8' })
  })

  it.each([
    '',
    ' ',
    '{',
    '{"a":1',
    '{"a":1}}',
    "{'a':1}",
    '{a:1}',
    'undefined',
    'NaN',
    '01',
    '"\t"',
    '<html>',
  ])('says that %j is no JSON', (text) => {
    expect(parseBody(bytes(text))).toEqual({ problem: 'not_json' })
  })

  it('survives brackets nested without end', () => {
    expect(parseBody(bytes('['.repeat(1_000_000)))).toEqual({ problem: 'not_json' })
    expect(parseBody(bytes('{"a":'.repeat(200_000)))).toEqual({ problem: 'not_json' })
  })
})
