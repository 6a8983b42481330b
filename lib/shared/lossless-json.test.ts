import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLosslessJson, parseTolerantJson } from './lossless-json'

describe('numbers', () => {
  it('keeps integers beyond 2^53 as text, digit for digit', () => {
    const ids = ['-6675423597613201249', '9223372036854775807', '-9223372036854775808', '9007199254740993']
    expect(parseLosslessJson(`{"ids":[${ids.join(',')}]}`)).toEqual({ ids })
  })

  it('keeps numbers that fit as numbers', () => {
    const text = '[0,-1,1.5,9007199254740991,-9007199254740991,1397631785000,1e3,-0.25]'
    expect(parseLosslessJson(text)).toEqual(JSON.parse(text))
  })

  it('keeps what was rounded before it came, so that it is seen to be no id', () => {
    expect(parseLosslessJson('[6.67E+18,1e400]')).toEqual(['6.67E+18', '1e400'])
  })

  it('keeps any 64-bit integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (id) => {
        const { value } = parseLosslessJson(`{"value":${id}}`) as { value: number | string }
        expect(String(value)).toBe(String(id))
      }),
    )
  })
})

describe('everything else', () => {
  it('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value)
        const safe = JSON.parse(text, (_key, item: unknown) =>
          typeof item === 'number' && Math.abs(item) > Number.MAX_SAFE_INTEGER ? JSON.stringify(item) : item,
        )
        expect(parseLosslessJson(text)).toEqual(safe)
      }),
    )
  })

  it('takes the last of repeated keys, and `__proto__` as an ordinary key', () => {
    expect(parseLosslessJson('{"a":1,"a":2}')).toEqual({ a: 2 })
    const value = parseLosslessJson('{"__proto__":{"admin":true}}') as Record<string, unknown>
    expect(value.admin).toBeUndefined()
    expect(Object.keys(value)).toEqual(['__proto__'])
  })

  it('reads past a byte order mark', () => expect(parseLosslessJson('\uFEFF[1]')).toEqual([1]))

  it.each(['', ' ', '[1,2', '{"a":', '<html></html>', '[1,]', "{'a':1}", 'undefined', '[01]', '[1]x'])(
    'refuses %j with a SyntaxError',
    (text) => {
      expect(() => parseLosslessJson(text)).toThrow(SyntaxError)
      expect(() => parseTolerantJson(text)).toThrow(SyntaxError)
    },
  )

  it('refuses bottomless nesting with a SyntaxError', () => {
    expect(() => parseLosslessJson('['.repeat(1_000_000))).toThrow(SyntaxError)
    expect(() => parseLosslessJson('{"a":'.repeat(300_000))).toThrow(SyntaxError)
  })
})

describe('raw control characters', () => {
  it('in a text are taken as what they stand for, or left out', () => {
    const raw = '[{"id":-6675423597613201249,"text":"第一行\n第二\t行\u0000\u0007完\\n"}]'
    expect(() => parseLosslessJson(raw)).toThrow(SyntaxError)
    expect(parseTolerantJson(raw)).toEqual([{ id: '-6675423597613201249', text: '第一行\n第二\t行完\n' }])
  })

  it('never join the digits of two numbers', () => {
    expect(() => parseTolerantJson('[1\u00002]')).toThrow(SyntaxError)
    expect(parseTolerantJson('[1,\u00002]')).toEqual([1, 2])
  })

  it('after a backslash neither end the text nor hide its end', () => {
    expect(parseTolerantJson('["a\\\\\u0001","b\\"\u0002"]')).toEqual(['a\\', 'b"'])
    expect(() => parseTolerantJson('["a\\\n"]')).toThrow(SyntaxError)
  })

  it('take linear time to remove, whatever the text', () => {
    const hostile = `["${'\\"'.repeat(1_000_000)}\u0001`
    const started = performance.now()
    expect(() => parseTolerantJson(hostile)).toThrow(SyntaxError)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('throw nothing but a SyntaxError', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '[', '{"a":', '["', '[1,'),
        (tail, head) => {
          try {
            parseTolerantJson(head + tail)
          } catch (error) {
            expect(error).toBeInstanceOf(SyntaxError)
          }
        },
      ),
    )
  })
})
