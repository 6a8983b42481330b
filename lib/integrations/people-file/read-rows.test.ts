import { expect, test } from 'vitest'
import { readPeopleFile } from './read-people-file'
import type { PeopleConnection } from './columns'
import { wordsIn } from './words'

const words = wordsIn('en')
const oa: PeopleConnection = { id: 'oa', name: 'OA', byLoginName: true, poll: true }
const forms: PeopleConnection = { id: 'forms', name: 'Forms', byLoginName: false, poll: false }
const file = (text: string) => readPeopleFile(Buffer.from(text), [oa, forms], words)
const rows = (...lines: string[]) => file(['username,name,email,OA,Forms', ...lines].join('\n')).rows
const problemsOf = (...lines: string[]) =>
  rows(...lines).flatMap(({ problems }) =>
    problems.map(({ line, column, message }) => [line, column, message]),
  )

test('a row says who somebody is and whom they are mapped to', () => {
  const [row] = rows('Zhang, 张三 ,z@example.com,zhang,u-1')
  expect(row).toMatchObject({
    line: 2,
    username: 'Zhang',
    normal: 'zhang',
    name: '张三',
    email: 'z@example.com',
  })
  expect(row!.claims).toEqual([
    { column: 'OA', connection: oa, key: { loginName: 'zhang' } },
    { column: 'Forms', connection: forms, key: { externalId: 'u-1' } },
  ])
  expect(row!.problems).toEqual([])
})

test('an empty cell says nothing', () => {
  expect(rows('zhang,,,,')[0]).toMatchObject({ name: '', email: '', claims: [], problems: [] })
})

test.each([
  ['id:-6671234567890123456', { externalId: '-6671234567890123456' }],
  ['ID: 5 ', { externalId: '5' }],
  ['id：5', { externalId: '5' }],
  ["'id:5", { externalId: '5' }],
  ['="0012"', { loginName: '0012' }],
  ["'@zhang", { loginName: '@zhang' }],
  ['-6671234567890123456', { loginName: '-6671234567890123456' }],
  ["'6.67E+18", { loginName: '6.67E+18' }],
])('%s names somebody of a polled system', (cell, key) => {
  expect(rows(`zhang,,,${cell},`)[0]!.claims).toMatchObject([{ key }])
})

test.each(['id:5', 'u 1', '007'])('%s is an id where ids are what people are known by', (cell) => {
  expect(rows(`zhang,,,,${cell}`)[0]!.claims).toMatchObject([{ key: { externalId: cell } }])
})

test.each([
  [',张三,,,', 'username', words.noUsername],
  ['a\u0007b,,,,', 'username', words.badUsername],
  [`${'x'.repeat(65)},,,,`, 'username', words.badUsername],
  ['1.38E+11,,,,', 'username', words.ruinedNumber],
  [`a,${'x'.repeat(101)},,,`, 'name', words.badName],
  ['a,,not-an-address,,', 'email', words.badEmail],
  ['a,,x@users.invalid,,', 'email', words.badEmail],
  ['a,,,6.67E+18,', 'OA', words.ruinedNumber],
  ['a,,,id:-6.67E+18,', 'OA', words.ruinedNumber],
  ['a,,,,6.67E+18', 'Forms', words.ruinedNumber],
  ['a,,,id:,', 'OA', words.emptyId],
  [`a,,,${'x'.repeat(201)},`, 'OA', words.longKey],
  ['a,,,,,surplus', null, words.surplusCells],
])('%s will not do', (line, column, message) => {
  expect(problemsOf(line)).toEqual([[2, column, message]])
})

test('a username may be there once, however it is written', () => {
  expect(problemsOf('Zhang,,,,', 'li,,,,', '\uff3a\uff28\uff21\uff2e\uff27,,,,')).toEqual([
    [4, 'username', words.usernameTwice(2)],
  ])
})

test('the words name columns as the file does, in the reader’s language', () => {
  const { rows: read } = readPeopleFile(Buffer.from('用户名;OA\na;1E+10'), [oa], wordsIn('zh-CN'))
  expect(read[0]!.problems).toEqual([{ line: 2, column: 'OA', message: expect.stringContaining('科学记数') }])
})

test.each([
  ['name,OA\nx,y', 1, null, words.noUsernameColumn],
  ['\n\nusername,username\nx,y', 3, 'username', words.columnTwice],
  ['username,OA\na,"b\n', 2, null, words.brokenQuote],
  [
    `username\n${Array.from({ length: 20_001 }, (_, i) => `u${i}`).join('\n')}`,
    20_002,
    null,
    words.tooManyRows(20_000),
  ],
  [`username\nzhang\n${',\n'.repeat(40_000)}`, 2, null, words.tooManyRows(20_000)],
])('a file can be wrong as a whole', (text, line, column, message) => {
  expect(file(text)).toMatchObject({ rows: [], problems: [{ line, column, message }] })
})
