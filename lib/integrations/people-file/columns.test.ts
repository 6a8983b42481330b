import { describe, expect, test } from 'vitest'
import { headingOf, readHeading, type PeopleConnection } from './columns'
import { wordsIn } from './words'

const connection = (name: string, id = name): PeopleConnection => ({
  id,
  name,
  byLoginName: true,
  poll: true,
})
const cells = (...texts: string[]) => texts.map((text) => ({ text, literal: false }))
const words = wordsIn('en')
const read = (texts: string[], connections: PeopleConnection[] = []) => {
  const { columns, unknown, problems } = readHeading(cells(...texts), connections, words)
  const kinds = columns.map((column) =>
    column?.kind === 'connection' ? column.connection.id : (column?.kind ?? null),
  )
  return { kinds, unknown, problems }
}

describe('a heading', () => {
  test.each([
    [['username', 'name', 'email']],
    [['用户名', '姓名', '邮箱']],
    [[' Username ', 'NAME', 'E-mail']],
    [['账号', '名字', '电子邮箱']],
  ])('%j is understood', (texts) => {
    expect(read(texts)).toEqual({ kinds: ['username', 'name', 'email'], unknown: [], problems: [] })
  })

  test('names connections, without regard to case and outer spaces', () => {
    const connections = [connection('总部 OA', '1'), connection('Forms', '2')]
    expect(read(['username', '总部 oa', 'FORMS ', ''], connections)).toEqual({
      kinds: ['username', '1', '2', null],
      unknown: [],
      problems: [],
    })
  })

  test('says which columns name nothing', () => {
    expect(read(['username', '部门', 'phone'])).toMatchObject({ unknown: ['部门', 'phone'], problems: [] })
  })

  test.each([
    [['name'], null, words.noUsernameColumn],
    [[], null, words.noUsernameColumn],
    [['username', '用户名'], '用户名', words.columnTwice],
    [['username', 'OA', 'oa'], 'oa', words.columnTwice],
  ])('%j will not do', (texts, column, message) => {
    expect(read(texts, [connection('OA')]).problems).toEqual([{ column, message }])
  })

  test('of several connections of nearly one name the exact one counts; else the id says which', () => {
    const connections = [connection('OA', 'id-1'), connection('oa', 'id-2')]
    expect(read(['username', 'oa'], connections)).toMatchObject({ kinds: ['username', 'id-2'], problems: [] })
    expect(read(['username', 'Oa'], connections).problems).toEqual([
      { column: 'Oa', message: words.ambiguousColumn },
    ])
    expect(read(['username', 'ID-1'], connections)).toMatchObject({ kinds: ['username', 'id-1'] })
  })
})

test.each([
  [
    ['OA', 'Forms'],
    ['OA', 'Forms'],
  ],
  [
    ['OA', 'oa'],
    ['OA', 'oa'],
  ],
  [
    ['name', '邮箱'],
    ['id-0', 'id-1'],
  ],
  [
    [' OA', 'OA'],
    ['id-0', 'OA'],
  ],
])('the heading of an export of %j is read back', (names, labels) => {
  const connections = names.map((name, i) => connection(name, `id-${i}`))
  const heading = headingOf(connections)
  expect(heading).toEqual(['username', 'name', 'email', ...labels])
  expect(read(heading, connections)).toMatchObject({
    kinds: ['username', 'name', 'email', ...connections.map(({ id }) => id)],
    problems: [],
  })
})
