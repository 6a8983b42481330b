import { describe, expect, it } from 'vitest'
import { parseJsonText, toJsonText } from './wire-json'

describe('toJsonText', () => {
  it('writes what JSON.stringify writes, and long numbers whole', () => {
    const plain = { a: [1, -2.5, 'x"\n《》', null, true], b: {}, c: [] }
    expect(toJsonText(plain)).toBe(JSON.stringify(plain))
    expect(toJsonText([-6675423597613201249n, 1])).toBe('[-6675423597613201249,1]')
    expect(toJsonText({ id: 9223372036854775807n, n: 1, s: '2', t: true, z: null }, true)).toBe(
      '{"id":"9223372036854775807","n":"1","s":"2","t":true,"z":null}',
    )
  })
})

describe('parseJsonText', () => {
  it('keeps the digits of long integers and leaves the rest alone', () => {
    expect(
      parseJsonText('{"id":-6675423597613201249,"n":12,"f":0.1234567890123456789,"e":1234567890123456e2}'),
    ).toEqual({
      id: -6675423597613201249n,
      n: 12,
      f: 0.12345678901234568,
      e: 123456789012345600,
    })
  })

  it('does not touch text', () => {
    const text = '["-6675423597613201249","a\\"1524058743291659976","1524058743291659976,"]'
    expect(parseJsonText(text)).toEqual(JSON.parse(text))
  })

  it('throws at what is no JSON', () => {
    expect(() => parseJsonText('{"id":-6675423597613201249')).toThrow(SyntaxError)
    expect(() => parseJsonText('')).toThrow(SyntaxError)
  })
})
