import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRuinedNumber, readCell, writeCell } from './cells'
import { readTable } from './read-table'

test.each([
  ['zhang', 'zhang', false],
  ['  zhang\u3000', 'zhang', false],
  ["'=1+1", '=1+1', true],
  ["' zhang ", ' zhang ', true],
  ["''quoted", "'quoted", true],
  ['="0012"', '0012', true],
  [' ="say ""hi""" ', 'say "hi"', true],
  ['=A1', '=A1', false],
  ['', '', false],
])('%j says %j', (raw, text, literal) => expect(readCell(raw)).toEqual({ text, literal }))

test.each(['6.67E+18', '-6.67E+18', '1E+20', '6,67E+18', '6.67e+18'])('%s was a number once', (raw) => {
  expect(isRuinedNumber(readCell(raw))).toBe(true)
  expect(isRuinedNumber(readCell(`'${raw}`))).toBe(false)
  expect(isRuinedNumber(readCell(`="${raw}"`))).toBe(false)
})
test.each(['13800138000', '-6671234567890123456', 'e5', '1e5', 'a1E+05', '1.5', '2E'])(
  '%s is what it is',
  (raw) => {
    expect(isRuinedNumber(readCell(raw))).toBe(false)
  },
)

test.each([
  ['=cmd|calc', `"'=cmd|calc"`],
  ['+86', `"'+86"`],
  ['-1', `"'-1"`],
  ['@sum', `"'@sum"`],
  ['\tx', `"'\tx"`],
  ['＝1', `"'＝1"`],
  ['6.67E+18', `"'6.67E+18"`],
  ['a,b', '"a,b"'],
  ['a;b', '"a;b"'],
  ['say "hi"', '"say ""hi"""'],
  ['张三', '张三'],
  ['', ''],
])('%j is written as %s', (text, written) => expect(writeCell(text)).toBe(written))

/** Texts with what is special here, anywhere in them. */
const nasty = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom(...'=+-@\t\r\n\'",;＝ id:E1.'.split(''), '\r\n', '6.67E+18', '="'),
    ),
  )
  .map((parts) => parts.join('').replaceAll('\0', ''))

test('what is written is read again, whatever it is', () => {
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 2, maxLength: 6 }), (texts) => {
      const cells = texts.map(writeCell)
      for (const cell of cells) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@\t-]/)
      const line = cells.join(',')
      const { rows } = readTable(`a,b\r\n${line}\r\n`)
      const blank = texts.every((text) => text === '')
      expect(rows[1]?.cells.map(({ text }) => text)).toEqual(blank ? undefined : texts)
    }),
    { numRuns: 500 },
  )
})
