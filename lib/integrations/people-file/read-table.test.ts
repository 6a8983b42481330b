import { expect, test } from 'vitest'
import { readTable } from './read-table'

const read = (text: string) => {
  const { rows, brokenAt } = readTable(text)
  return { brokenAt, rows: rows.map(({ line, cells }) => [line, ...cells.map((cell) => cell.text)]) }
}

test.each([
  ['commas', 'a,b\n1,2'],
  ['semicolons', 'a;b\n1;2'],
  ['tabs', 'a\tb\n1\t2'],
  ['CRLF', 'a,b\r\n1,2\r\n'],
  ['CR alone', 'a,b\r1,2\r'],
  ['quotes', '"a","b"\n"1","2"'],
  ['spaces around', ' a , b\n 1 ,2 '],
])('%s', (_, text) => {
  expect(read(text)).toEqual({
    brokenAt: null,
    rows: [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  })
})

test('separators inside of quotes do not count', () => {
  expect(read('"a;b;c;d",e\n1,2').rows).toEqual([
    [1, 'a;b;c;d', 'e'],
    [2, '1', '2'],
  ])
})

test('lines are those of the file: blank ones, and cells of several lines', () => {
  const text = 'a,b\r\n\r\n1,2\r\n"x\r\ny\nz",3\r\n,\r\n4,"p\rq"\r\n  \r\n5,6\n'
  expect(read(text).rows).toEqual([
    [1, 'a', 'b'],
    [3, '1', '2'],
    [4, 'x\r\ny\nz', '3'],
    [8, '4', 'p\rq'],
    [11, '5', '6'],
  ])
})

test('quotes in quotes, and what Excel writes to keep a text a text', () => {
  expect(read('a,b\n"say ""hi""",="007"').rows[1]).toEqual([2, 'say "hi"', '007'])
})

test('rows may be short or long', () => {
  expect(read('a,b\n1\n1,2,3').rows).toEqual([
    [1, 'a', 'b'],
    [2, '1'],
    [3, '1', '2', '3'],
  ])
})

test.each([
  ['in the heading', '"a,b\n1,2', 1],
  ['further down', 'a,b\n1,2\n"x\r\ny",3\n\n"3,4\n5,6\n', 6],
])('a quote that is never closed is found: %s', (_, text, line) => {
  expect(read(text)).toEqual({ rows: [], brokenAt: line })
})

test('one that swallows a long file too', () => {
  expect(read(`a,b\n1,2\n"3,4\n${'5,6\n'.repeat(100_000)}`).brokenAt).toBe(3)
})
