import { expect, test } from 'vitest'
import type { PeopleConnection } from './columns'
import { planImport, type Known, type KnownPerson, type KnownUser } from './plan-import'
import { readPeopleFile } from './read-people-file'
import { wordsIn } from './words'

const words = wordsIn('en')
const oa: PeopleConnection = { id: 'oa', name: 'OA', byLoginName: true, poll: true }
const forms: PeopleConnection = { id: 'forms', name: 'Forms', byLoginName: false, poll: false }

const user = (username: string): KnownUser => ({
  id: `id of ${username}`,
  username,
  name: username.toUpperCase(),
  email: `${username}@example.com`,
  disabled: false,
})
const zhang = user('zhang')
const li = user('li')
const person = (connectionId: string, more: Partial<KnownPerson>): KnownPerson => ({
  id: JSON.stringify(more),
  connectionId,
  externalId: null,
  loginName: null,
  askedFor: null,
  name: null,
  user: null,
  ...more,
})

/** The plan of lines under `username,name,email,OA,Forms`. */
function plan(
  lines: string[],
  { persons = [] as KnownPerson[], createUsers = false, emails = [] as string[] } = {},
) {
  const text = ['username,name,email,OA,Forms', ...lines].join('\n')
  const { rows } = readPeopleFile(Buffer.from(text), [oa, forms], words)
  const users = new Map([zhang, li].map((one) => [one.username, one]))
  const known: Known = { users, emails: new Set(emails), persons }
  const labels = { username: 'username', name: 'name', email: 'email' }
  return planImport(rows, known, { createUsers, labels, words })
}
const states = (...args: Parameters<typeof plan>) => plan(...args).map(({ state }) => state)
const problems = (...args: Parameters<typeof plan>) =>
  plan(...args).flatMap(({ row }) => row.problems.map(({ line, column, message }) => [line, column, message]))

test('users who are here are not changed; what the file says otherwise is told', () => {
  const [row] = plan(['Zhang,张三,other@example.com,,'])
  expect(row).toMatchObject({ state: 'unchanged', user: zhang, mappings: [] })
  expect(row!.notes).toEqual([words.keptName('ZHANG'), words.keptEmail('zhang@example.com')])
  expect(plan(['zhang,ZHANG,Zhang@Example.com,,'])[0]!.notes).toEqual([])
})

test('new users are an error, or created where that was asked for', () => {
  expect(problems(['wang,王五,,,'])).toEqual([[2, 'username', words.unknownUser]])
  expect(states(['wang,王五,,,'], { createUsers: true })).toEqual(['new'])
  expect(problems(['wang,,,,'], { createUsers: true })).toEqual([[2, 'name', words.noName]])
})

test('an address is one user’s', () => {
  const options = { createUsers: true, emails: ['taken@example.com'] }
  expect(
    problems(['a,A,Taken@example.com,,', 'b,B,new@example.com,,', 'c,C,NEW@example.com,,'], options),
  ).toEqual([
    [2, 'email', words.emailTaken],
    [4, 'email', words.emailTwice(3)],
  ])
})

test('persons are mapped as the file names them, known or not', () => {
  const persons = [
    person('oa', { loginName: 'zhang', externalId: '-7' }),
    person('forms', { externalId: 'u-1' }),
    person('oa', { loginName: 'li' }),
  ]
  const [first, second] = plan(['zhang,,,zhang,u-1', 'li,,,li,u-2'], { persons })
  expect(first!.mappings.map(({ key }) => key)).toEqual([{ loginName: 'zhang' }, { externalId: 'u-1' }])
  expect(second!.mappings.map(({ key }) => key)).toEqual([{ loginName: 'li' }, { externalId: 'u-2' }])
  expect([first!.state, second!.state]).toEqual(['changed', 'changed'])
})

test.each([
  ['by sign-in name', 'Zhang', { loginName: 'zhang', externalId: '-7' }],
  ['by the name that was asked for', 'z.san', { loginName: 'zhang', askedFor: 'z.san', externalId: '-7' }],
  ['by id', 'id:-7', { loginName: 'zhang', externalId: '-7' }],
  ['while still looked up', 'zhang', { loginName: 'zhang' }],
])('a mapping that is here stays: %s', (_, cell, more) => {
  const [row] = plan([`zhang,,,${cell},`], { persons: [person('oa', { ...more, user: zhang })] })
  expect(row).toMatchObject({ state: 'unchanged', mappings: [], unchangedMappings: 1 })
})

test('of several with one sign-in name the one who is mapped speaks', () => {
  const free = person('oa', { loginName: 'x', externalId: '-7' })
  const mapped = person('oa', { loginName: 'x', user: li })
  for (const persons of [
    [free, mapped],
    [mapped, free],
  ]) {
    expect(problems(['zhang,,,x,'], { persons })).toEqual([[2, 'OA', words.personTaken('x', 'li')]])
    expect(states(['li,,,x,'], { persons })).toEqual(['unchanged'])
  }
})

test('nobody’s place is taken: both are named', () => {
  const persons = [
    person('forms', { externalId: 'u-1', name: '张三', user: zhang }),
    person('oa', { loginName: 'zhang', user: zhang }),
  ]
  expect(problems(['li,,,,u-1'], { persons })).toEqual([[2, 'Forms', words.personTaken('张三', 'zhang')]])
  expect(problems(['wang,W,,,u-1'], { persons, createUsers: true })).toEqual([
    [2, 'Forms', words.personTaken('张三', 'zhang')],
  ])
  expect(problems(['zhang,,,other,'], { persons })).toEqual([[2, 'OA', words.userTaken('zhang', 'zhang')]])
})

test.each([
  ['new', []],
  ['known, once by name and once by id', [person('oa', { loginName: 'x', externalId: '-7' })]],
])('two lines cannot have one person: %s', (_, persons) => {
  const second = persons.length > 0 ? 'id:-7' : 'x'
  expect(problems(['zhang,,,x,', `li,,,${second},`], { persons })).toEqual([
    [3, 'OA', words.personTwice(2, 'zhang')],
  ])
})

test('the same word in two connections is two persons', () => {
  expect(states(['zhang,,,x,', 'li,,,,x'])).toEqual(['changed', 'changed'])
})
