import { describe, expect, it } from 'vitest'
import { readRecipients } from './recipients'

const one = (username: unknown, name: unknown = '小云') => readRecipients([{ username, name }])[0]

describe('readRecipients', () => {
  it('keeps everybody in order, twice where named twice', () => {
    expect(
      readRecipients([{ username: 'jian', name: '小简' }, { username: 'dao' }, { username: 'jian' }]),
    ).toEqual([
      { externalId: 'jian', name: '小简' },
      { externalId: 'dao', name: null },
      { externalId: 'jian', name: null },
    ])
  })

  it.each([
    'jdy-90ahnts5a6rh',
    'R-vmTE0o3N',
    'sys_admin',
    'Zhang San',
    ' padded ',
    '张三',
    'ZHANGSAN',
    '👩‍💻',
    'a:b,c"d\'e;--',
    '../../etc',
    '0017',
  ])('takes the username %j as it is', (username) => {
    expect(one(username)).toEqual({ externalId: username, name: '小云' })
  })

  it('takes numbers by their digits', () => {
    expect(one(1703018)).toMatchObject({ externalId: '1703018' })
    expect(one(-7)).toMatchObject({ externalId: '-7' })
  })

  it.each([
    [undefined, 'username_missing'],
    [null, 'username_missing'],
    [true, 'username_missing'],
    [['a'], 'username_missing'],
    [{ id: 'a' }, 'username_missing'],
    ['', 'username_empty'],
    ['x'.repeat(201), 'username_too_long'],
    ['👩'.repeat(201), 'username_too_long'],
    ['a\0b', 'username_not_text'],
    ['\ud800', 'username_not_text'],
  ])('says what is wrong with the username %j', (username, problem) => {
    expect(one(username)).toEqual({ problem })
  })

  it('counts 200 characters, not code units', () => {
    expect(one('x'.repeat(200))).toMatchObject({ externalId: 'x'.repeat(200) })
    expect(one('👩'.repeat(200))).toMatchObject({ externalId: '👩'.repeat(200) })
  })

  it.each([[null], ['jian'], [7], [[]], [['jian']]])('gives %j its place', (entry) => {
    expect(readRecipients([{ username: 'a' }, entry, { username: 'b' }])).toEqual([
      { externalId: 'a', name: null },
      { problem: 'recipient_not_object' },
      { externalId: 'b', name: null },
    ])
  })

  it('shows names as they can be shown', () => {
    expect(one('a', ' 小云\0 ')).toMatchObject({ name: '小云\uFFFD' })
    expect(one('a', 7)).toMatchObject({ name: '7' })
    expect(one('a', 'x'.repeat(101))).toMatchObject({ name: `${'x'.repeat(99)}…` })
    for (const name of ['', ' ', null, {}, []]) expect(one('a', name)).toMatchObject({ name: null })
  })

  it('finds nobody in anything but a list', () => {
    for (const to of [undefined, null, 'jian', {}, { username: 'jian' }, 1])
      expect(readRecipients(to)).toEqual([])
  })

  it('takes more than five thousand', () => {
    const to = Array.from({ length: 12_000 }, (_, i) => ({ username: `u${i}` }))
    expect(readRecipients(to)).toHaveLength(12_000)
  })
})
