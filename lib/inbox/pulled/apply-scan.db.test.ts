import { beforeEach, describe, expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { balance } from '@/lib/inbox/balance'
import { execute, inTransaction, rows } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, inboxOf, outboxOf } from '@/lib/testing/inbox'
import { unmapPerson } from '../people/map-person'
import { applyScan, type ScanItem } from './apply-scan'
import type { Lease } from './lease-store'

useDatabase()

let connection: string
let user: string
let personId: string
let lease: Lease
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  personId = (await aMapping(connection, '-66', user, { poll: true })).personId
  lease = await aLease(personId)
})

type More = { complete?: boolean; silent?: boolean; confirmed?: boolean }
const scan = (kind: 'unread' | 'all', items: ScanItem[], more: More = {}) =>
  applyScan(lease, { kind, items, complete: true, silent: false, ...more })
const unread = (...ids: string[]) =>
  scan(
    'unread',
    ids.map((id) => aListed(id)),
  )
const states = async () =>
  Object.fromEntries((await inboxOf(user)).map((m) => [m.title, m.readAt ? 'read' : 'unread']))
const idOf = async (title: string) => (await inboxOf(user)).find((m) => m.title === title)!.id
const does = async (kind: 'read' | 'unread' | 'done', title: string) =>
  act(user, kind, { ids: [await idOf(title)] })
const lastEvent = async () => {
  const [event] = await rows<{ kind: string; count: number; ids: string[] }>(
    null,
    `select kind, count, ids::text[] as ids from events where user_id = $1::uuid order by events.seq desc limit 1`,
    user,
  )
  return event ?? null
}

describe('a scan', () => {
  it('brings what is new as one event, and nothing twice', async () => {
    expect(await unread('1', '-2')).toEqual({ state: 'applied', fresh: 2, changed: 0 })
    expect(await lastEvent()).toMatchObject({ kind: 'new', count: 2 })
    expect(await unread('1', '-2')).toEqual({ state: 'applied', fresh: 0, changed: 0 })
    expect(await states()).toEqual({ '1': 'unread', '-2': 'unread' })
    expect(await balance(connection)).toMatchObject({ received: 2, delivered: 2, difference: 0 })
  })

  it('keeps ids beyond 2^53 apart', async () => {
    await unread('-6670000000000000001', '-6670000000000000002', '9223372036854775807')
    expect(Object.keys(await states())).toHaveLength(3)
    await does('read', '-6670000000000000001')
    expect((await outboxOf(personId)).map((row) => row.externalId)).toEqual(['-6670000000000000001'])
  })

  it('at first contact is silent: pages read anew, nobody is told of arrivals', async () => {
    await scan('all', [aListed('1'), aListed('2', { read: true })], { silent: true })
    expect(await lastEvent()).toMatchObject({ kind: 'changed', ids: [] })
    expect(await states()).toEqual({ '1': 'unread', '2': 'read' })
  })

  it('reads what two complete ones in a row leave out, not before', async () => {
    await unread('1', '2')
    await unread('2')
    expect(await states()).toMatchObject({ '1': 'unread' })
    await unread('2')
    expect(await states()).toEqual({ '1': 'read', '2': 'unread' })
    expect(await lastEvent()).toMatchObject({ kind: 'changed', ids: [await idOf('1')] })
  })

  it('begins to count anew when it was listed in between, even by a cut one', async () => {
    await unread('1', '2')
    await unread('2')
    await scan('unread', [aListed('1')], { complete: false })
    await unread('2')
    expect(await states()).toMatchObject({ '1': 'unread' })
  })

  it('that is cut or empty by mistake reads nothing, however often', async () => {
    await unread('1')
    for (let i = 0; i < 3; i++) await scan('unread', [], { complete: false })
    for (let i = 0; i < 3; i++) await scan('all', [])
    expect(await states()).toEqual({ '1': 'unread' })
  })

  it('from which many vanish at once asks first', async () => {
    const ids = Array.from({ length: 21 }, (_, i) => `${i}`)
    await unread(...ids)
    for (let i = 0; i < 3; i++) expect(await unread()).toMatchObject({ state: 'confirm' })
    expect(Object.values(await states())).not.toContain('read')
    await scan('unread', [], { confirmed: true })
    expect(Object.values(await states())).not.toContain('read')
    await scan('unread', [], { confirmed: true })
    expect(Object.values(await states())).not.toContain('unread')
  })

  it('believes "read" in a listing of the unread', async () => {
    await unread('1')
    await scan('unread', [aListed('1', { read: true })], { complete: false })
    expect(await states()).toEqual({ '1': 'read' })
  })
})

describe('the source’s word and the employee’s', () => {
  it('read here stays read though a poll begun earlier says unread', async () => {
    await unread('1')
    await does('read', '1')
    await unread('1')
    await unread('1')
    expect(await states()).toEqual({ '1': 'read' })
    expect(await outboxOf(personId)).toMatchObject([{ state: 'pending' }])
  })

  it('marked unread stays unread though the source has it read', async () => {
    await scan('all', [aListed('1', { read: true })])
    await does('unread', '1')
    await scan('all', [aListed('1', { read: true })])
    await unread()
    expect(await states()).toEqual({ '1': 'unread' })
  })

  it('marked unread stays unread when the source reads it later', async () => {
    await unread('1')
    await does('read', '1')
    await does('unread', '1')
    await scan('all', [aListed('1', { read: true })])
    expect(await states()).toEqual({ '1': 'unread' })
    await does('read', '1')
    expect(await outboxOf(personId)).toEqual([])
  })

  it('marked unread while the read was being sent stays unread, though the source shows it read', async () => {
    await unread('1')
    await does('read', '1')
    await execute(null, `update outbox set state = 'sending', lease_until = now() + interval '1 minute'`)
    await does('unread', '1')
    await scan('all', [aListed('1', { read: true })])
    expect((await inboxOf(user))[0]).toMatchObject({ readAt: null, sync: 'synced' })
  })

  it('what only the source had read is unread again when it comes back, as news', async () => {
    await unread('1')
    await scan('all', [aListed('1', { read: true })])
    expect(await states()).toEqual({ '1': 'read' })
    expect(await unread('1')).toMatchObject({ changed: 1 })
    expect(await states()).toEqual({ '1': 'unread' })
    const [row] = await rows<{ raised: boolean }>(
      null,
      'select m.seq = i.seq as raised from messages m join inboxes i using (user_id) where user_id = $1::uuid',
      user,
    )
    expect(row).toEqual({ raised: true })
  })

  it('what the employee had read stays read when it comes back', async () => {
    await unread('1')
    await does('read', '1')
    await scan('all', [aListed('1', { read: true })])
    await unread('1')
    expect(await states()).toEqual({ '1': 'read' })
  })

  it('what the employee did with what the source had read stays: done is not opened again', async () => {
    await scan('all', [aListed('1', { read: true })])
    await does('done', '1')
    await unread('1')
    expect((await inboxOf(user, 'done')).map((m) => [m.title, m.readAt !== null])).toEqual([['1', true]])
  })

  it('a read to be told is told when the source shows it', async () => {
    await unread('1')
    await does('read', '1')
    await scan('all', [aListed('1', { read: true })])
    expect((await inboxOf(user))[0]).toMatchObject({ sync: 'synced' })
    expect(await outboxOf(personId)).toMatchObject([{ state: 'sent' }])
  })
})

describe('a scan that comes too late', () => {
  it('is discarded after another took the lease', async () => {
    const late = lease
    lease = await aLease(personId)
    expect(
      await applyScan(late, { kind: 'all', complete: true, items: [aListed('1')], silent: false }),
    ).toEqual({ state: 'stale' })
    expect(await inboxOf(user)).toEqual([])
  })

  it('is discarded after unmapping, replacing, mapping anew', async () => {
    await inTransaction((tx) => unmapPerson(tx, personId))
    expect(await unread('1')).toEqual({ state: 'stale' })
    await aMapping(connection, '-66', user)
    expect(await unread('1')).toEqual({ state: 'stale' })
    lease = await aLease(personId)
    await aMapping(connection, '-66', await aUser(), { replace: true })
    expect(await unread('1')).toEqual({ state: 'stale' })
  })

  it('is discarded while the user is disabled', async () => {
    await rows(null, 'update users set disabled_at = now() where id = $1::uuid', user)
    expect(await unread('1')).toEqual({ state: 'stale' })
    expect(await balance(connection)).toMatchObject({ received: 0, difference: 0 })
  })
})

describe('what an earlier holder had', () => {
  it('is not imported again, nor shown to the new one when its state moves', async () => {
    await unread('1', '2')
    const next = await aUser()
    await aMapping(connection, '-66', next, { replace: true })
    lease = await aLease(personId)
    expect(await unread('1', '2', '3')).toMatchObject({ fresh: 1, changed: 0 })
    expect(await scan('all', [aListed('1', { read: true })])).toMatchObject({ fresh: 0, changed: 0 })
    expect((await inboxOf(next)).map((m) => m.title)).toEqual(['3'])
    const events = await rows<{ ids: string[] }>(
      null,
      'select ids::text[] as ids from events where user_id = $1::uuid',
      next,
    )
    expect(events).toEqual([{ ids: [(await inboxOf(next))[0]!.id] }])
    expect(await balance(connection)).toMatchObject({ received: 3, delivered: 3, difference: 0 })
    // Given over after all, it stands as the source last said.
    await aMapping(connection, '-66', next, { history: 'all' })
    expect(Object.fromEntries((await inboxOf(next)).map((m) => [m.title, m.readAt !== null]))).toEqual({
      '1': true,
      '2': false,
      '3': false,
    })
  })
})
