import { expect, test } from 'vitest'
import { csvText } from './csv-text'

test('begins with a byte order mark and ends lines as spreadsheets do', () => {
  expect(
    csvText([
      ['username', '总部'],
      ['zhang', ''],
    ]),
  ).toBe('\ufeffusername,总部\r\nzhang,\r\n')
})

test.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', `"'=1+1"`],
  ['+86', `"'+86"`],
  ["'quoted", `"''quoted"`],
  ['＝1', `"'＝1"`],
  ['张三', '张三'],
])('%j is written as %s', (text, written) => {
  expect(csvText([[text]])).toBe(`\ufeff${written}\r\n`)
})
