import { expect, it } from 'vitest'
import { matchTodos, TOO_NEW_MS, type NamedTodo } from './match-todos'

const asOf = new Date('2026-01-01T08:00:00Z')
const todo = (ref: string, ageMs = 3_600_000): NamedTodo => ({
  messageId: `m-${ref}`,
  generation: ref,
  type: 'test',
  link: null,
  linkRef: null,
  sentAt: new Date(asOf.getTime() - ageMs),
  ref,
})

it('tells what both have, what only is here, and what only is there', () => {
  const { listed, unlisted, others } = matchTodos([todo('a'), todo('b')], ['b', 'c', 'c'], asOf)
  expect(listed.map(({ ref }) => ref)).toEqual(['b'])
  expect(unlisted.map(({ ref }) => ref)).toEqual(['a'])
  expect([...others]).toEqual(['c'])
})

it('knows two messages of one to-do', () => {
  expect(matchTodos([todo('a'), { ...todo('a'), messageId: 'again' }], ['a'], asOf).listed).toHaveLength(2)
})

it('says nothing of what was too new for the list', () => {
  expect(matchTodos([todo('a', TOO_NEW_MS)], [], asOf).unlisted).toEqual([])
  expect(matchTodos([todo('a', -5_000)], [], asOf).unlisted).toEqual([])
  expect(matchTodos([todo('a', TOO_NEW_MS + 1)], [], asOf).unlisted).toHaveLength(1)
  expect(matchTodos([todo('a', 0)], ['a'], asOf).listed).toHaveLength(1)
})
