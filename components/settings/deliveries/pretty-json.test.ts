import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prettyJson } from './pretty-json'

describe('prettyJson', () => {
  it('gives each part its line', () => {
    expect(prettyJson('{"op":"flow","to":[{"username":"R-1"}],"none":[],"empty":{}}')).toBe(
      [
        '{',
        '  "op": "flow",',
        '  "to": [',
        '    {',
        '      "username": "R-1"',
        '    }',
        '  ],',
        '  "none": [],',
        '  "empty": {}',
        '}',
      ].join('\n'),
    )
  })

  it('changes no digit, no escape and no repeated key', () => {
    const text = '{"id":-6675423597613201249,"id":1.50,"text":"a\\u4e00: {\\"b\\"}, ["}'
    expect(prettyJson(text)?.replace(/\n\s*/g, '').replaceAll('": ', '":')).toBe(text)
  })

  it('stays the same value for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(JSON.parse(prettyJson(text)!)).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each(['', '<html>', '{"a":', 'a=1'])('leaves %j alone', (text) => expect(prettyJson(text)).toBeNull())
})
