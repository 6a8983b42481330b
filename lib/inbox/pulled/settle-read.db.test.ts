import { beforeEach, describe, expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { balance } from '@/lib/inbox/balance'
import { execute, rows } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, inboxOf, titlesOf } from '@/lib/testing/inbox'
import { applyScan, type ScanItem, type ScanToApply } from './apply-scan'
import type { Lease } from './lease-store'

useDatabase()

let connection: string
let user: string
let lease: Lease
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  lease = await aLease((await aMapping(connection, '-66', user, { poll: true })).personId)
})

const todo = (id: string, read = false) => aListed(id, { read, category: 'todo' })
const scan = (kind: 'unread' | 'all', items: ScanItem[], more: Partial<ScanToApply> = {}) =>
  applyScan(lease, { kind, items, complete: true, silent: false, readSettles: true, ...more })
const stateOf = async (title: string) => {
  const { readAt, doneAt, doneBy } = (await inboxOf(user)).find((m) => m.title === title)!
  return `${readAt ? 'read' : 'unread'} ${doneAt ? `done by ${doneBy}` : 'open'}`
}
const does = async (kind: 'read' | 'unread' | 'done' | 'undone', title: string) =>
  act(user, kind, { ids: [(await inboxOf(user)).find((m) => m.title === title)!.id] })
const outbox = (state: string) =>
  execute(null, 'update outbox set state = $1 where user_id = $2::uuid', state, user)
const mine = (columns: string) =>
  rows(null, `select ${columns} from messages where user_id = $1::uuid order by id`, user)

describe('a to-do that was read at its source', () => {
  it('is done where that counts as done, and nothing else is', async () => {
    await scan('unread', [todo('1'), todo('2'), aListed('note', { category: 'notice' })])
    const listed = [todo('1', true), todo('2'), aListed('note', { category: 'notice', read: true })]
    expect(await scan('all', listed)).toMatchObject({ changed: 2 })
    expect(await stateOf('1')).toBe('read done by source')
    expect(await stateOf('2')).toBe('unread open')
    expect(await stateOf('note')).toBe('read open')
    expect(await titlesOf(user, 'todo')).toEqual(['2'])
    const open = { over: null }
    expect(await mine('over_at = done_at as over')).toEqual([{ over: true }, open, open])
    expect(await balance(connection)).toMatchObject({ difference: 0 })
  })

  it('stays open where it does not', async () => {
    await scan('unread', [todo('1')])
    await scan('all', [todo('1', true)], { readSettles: false })
    expect(await stateOf('1')).toBe('read open')
    await scan('all', [todo('1', true)])
    expect(await stateOf('1')).toBe('read open')
  })

  it('is done as well where two lists in a row leave it out, and open again when it comes back', async () => {
    await scan('unread', [todo('1'), todo('2')])
    await scan('unread', [todo('2')])
    expect(await stateOf('1')).toBe('unread open')
    await scan('unread', [todo('2')])
    expect(await stateOf('1')).toBe('read done by source')
    await scan('unread', [todo('1'), todo('2')])
    expect(await stateOf('1')).toBe('unread open')
    expect(await mine('over_at')).toEqual([{ over_at: null }, { over_at: null }])
  })

  it('is not done for having been read before it came', async () => {
    await scan('all', [todo('1', true)], { silent: true })
    await scan('all', [todo('2', true)])
    await scan('all', [todo('1', true), todo('2', true)])
    expect([await stateOf('1'), await stateOf('2')]).toEqual(['read open', 'read open'])
  })

  it('is not done at first contact, whatever was known before', async () => {
    await scan('unread', [todo('1')])
    await scan('all', [todo('1', true)], { silent: true })
    expect(await stateOf('1')).toBe('read open')
  })
})

describe('a read that comes from here', () => {
  it.each(['pending', 'sending', 'sent', 'failed'])('(%s) closes nothing', async (state) => {
    await scan('unread', [todo('1')])
    await does('read', '1')
    await outbox(state)
    await scan('all', [todo('1', true)])
    expect(await stateOf('1')).toBe('read open')
  })

  it('closes nothing either where the source inferred it, or the employee keeps it unread', async () => {
    await scan('unread', [todo('1'), todo('2')])
    await does('read', '1')
    await outbox('sending')
    await does('unread', '1')
    await scan('unread', [todo('2')])
    await scan('unread', [todo('2')])
    expect(await stateOf('1')).toBe('unread open')
  })

  it('closes nothing where it was told and came back unread: who reads then is not known', async () => {
    await scan('unread', [todo('1')])
    await does('read', '1')
    await outbox('sent')
    await execute(null, 'update messages set read_at = null, read_by = null where user_id = $1::uuid', user)
    await scan('all', [todo('1', true)])
    expect(await stateOf('1')).toBe('read open')
  })
})

describe('the employee’s word', () => {
  it('stands: what was taken back from done is not closed again', async () => {
    await scan('unread', [todo('1')])
    await scan('all', [todo('1', true)])
    await does('undone', '1')
    await scan('unread', [todo('1')])
    await scan('all', [todo('1', true)])
    expect(await stateOf('1')).toBe('read open')
  })

  it('stands, also where it was they who had done it', async () => {
    await scan('unread', [todo('1')])
    await scan('all', [todo('1', true)], { readSettles: false })
    await does('done', '1')
    await does('undone', '1')
    await scan('unread', [todo('1')])
    await scan('all', [todo('1', true)])
    expect(await stateOf('1')).toBe('read open')
  })

  it('stands: what they have done is theirs, also when it comes back unread', async () => {
    await scan('unread', [todo('1')])
    await does('done', '1')
    await outbox('sent')
    await scan('all', [todo('1', true)])
    await scan('unread', [todo('1')])
    expect(await stateOf('1')).toBe('read done by user')
  })
})

it('a message of another person that a copy stands for is not closed by reading the copy', async () => {
  await scan('unread', [todo('copy')])
  const { personId } = await aMapping(await aConnection(), 'li', user)
  // As a forwarded message: the item is this person's, the message another's.
  await execute(
    null,
    'update messages set person_id = $1::bigint where user_id = $2::uuid and read_at is null',
    personId,
    user,
  )
  await scan('all', [todo('copy', true)])
  expect(await mine('read_by, done_at')).toContainEqual({ read_by: 'source', done_at: null })
})
