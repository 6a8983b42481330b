import { beforeEach, describe, expect, it } from 'vitest'
import { getMessage } from '@/lib/inbox/list/list-messages'
import { execute, rows } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, aMessage, inboxOf, outboxOf, titlesOf } from '@/lib/testing/inbox'
import { applyScan } from '../pulled/apply-scan'
import { act } from './act'
import { wakeSnoozed } from './wake-snoozed'

useDatabase()

let connection: string
let user: string
let personId: string
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  personId = (await aMapping(connection, 'p', user, { poll: true })).personId
})

const later = (ms = 60_000) => new Date(Date.now() + ms).toISOString()
const first = async () => (await inboxOf(user))[0]!

/** A message that was polled, so that its vendor can be told of its read. */
async function polled(externalId: string, read = false): Promise<string> {
  const items = [aListed(externalId, { read })]
  await applyScan(await aLease(personId), { kind: 'unread', complete: false, items, silent: false })
  return (await inboxOf(user)).find((message) => message.title === externalId)!.id
}

describe('an act', () => {
  it('reads and unreads', async () => {
    const id = await aMessage(connection, 'p')
    expect(await act(user, 'read', { ids: [id] })).toMatchObject({ changed: 1 })
    expect((await first()).readAt).not.toBeNull()
    expect(await act(user, 'unread', { ids: [id] })).toMatchObject({ changed: 1 })
    expect((await first()).readAt).toBeNull()
  })

  it('done reads too; undone does not unread', async () => {
    const id = await aMessage(connection, 'p')
    await act(user, 'done', { ids: [id] })
    const done = await first()
    expect(done).toMatchObject({ doneBy: 'user', doneAt: expect.any(String), readAt: expect.any(String) })
    expect(await titlesOf(user, 'inbox')).toEqual([])
    await act(user, 'undone', { ids: [id] })
    expect(await first()).toMatchObject({ doneBy: null, doneAt: null, readAt: done.readAt })
  })

  it('done keeps the time at which it was read', async () => {
    const id = await aMessage(connection, 'p')
    await act(user, 'read', { ids: [id] })
    const { readAt } = await first()
    await act(user, 'done', { ids: [id] })
    expect((await first()).readAt).toBe(readAt)
  })

  it('stars and unstars', async () => {
    const id = await aMessage(connection, 'p')
    await act(user, 'star', { ids: [id] })
    expect(await titlesOf(user, 'starred')).toHaveLength(1)
    await act(user, 'unstar', { ids: [id] })
    expect(await titlesOf(user, 'starred')).toEqual([])
  })

  it('snoozes until a time, and unsnoozes', async () => {
    const id = await aMessage(connection, 'p')
    const until = later()
    await act(user, 'snooze', { ids: [id] }, { until })
    expect((await first()).snoozedUntil).toBe(until)
    expect(await titlesOf(user, 'inbox')).toEqual([])
    expect(await titlesOf(user, 'snoozed')).toHaveLength(1)
    await act(user, 'unsnooze', { ids: [id] })
    expect(await titlesOf(user, 'inbox')).toHaveLength(1)
  })

  it('is woken by its job at that time and not a moment before', async () => {
    const id = await aMessage(connection, 'p')
    await act(user, 'snooze', { ids: [id] }, { until: '2060-01-01T00:00:00.123999+00:00' })
    const [found] = await rows<{ late: boolean }>(
      null,
      `select j.run_at >= m.snoozed_until as late from graphile_worker.jobs j, messages m
       where m.id = $1::bigint and j.key like 'wake-snoozed:' || m.user_id || '%'`,
      id,
    )
    expect(found).toEqual({ late: true })
  })

  it.each(['2020-01-01T00:00:00Z', undefined, 'soon'])('refuses to snooze until %s', async (until) => {
    const id = await aMessage(connection, 'p')
    await expect(async () => act(user, 'snooze', { ids: [id] }, { until })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  it('counts what it changed, and gives no token for nothing', async () => {
    const ids = [await aMessage(connection, 'p'), await aMessage(connection, 'p')]
    expect((await act(user, 'read', { ids: [ids[0]!] })).changed).toBe(1)
    expect((await act(user, 'read', { ids })).changed).toBe(1)
    expect(await act(user, 'read', { ids })).toEqual({ changed: 0, undo: null })
  })

  it('is one event, and none where nothing changed', async () => {
    const ids = [await aMessage(connection, 'p'), await aMessage(connection, 'p')]
    const events = () =>
      rows<{ kind: string; ids: string[]; count: number }>(
        null,
        'select kind, ids::text[] as ids, count from events where user_id = $1::uuid order by seq offset 2',
        user,
      )
    await act(user, 'star', { ids })
    await act(user, 'star', { ids })
    const [event, ...more] = await events()
    expect(more).toEqual([])
    expect(event).toMatchObject({ kind: 'changed', count: 2 })
    expect(event!.ids.sort()).toEqual([...ids].sort())
  })
})

describe("somebody else's messages", () => {
  it('are ignored by every act, and their detail is not found', async () => {
    const own = await aMessage(connection, 'p')
    const stranger = await aUser()
    for (const kind of ['read', 'done', 'star', 'unread', 'undone', 'unstar', 'unsnooze', 'retry'] as const) {
      expect(await act(stranger, kind, { ids: [own] })).toEqual({ changed: 0, undo: null })
    }
    expect(await act(stranger, 'snooze', { ids: [own] }, { until: later() })).toMatchObject({ changed: 0 })
    expect(await first()).toMatchObject({ readAt: null, doneAt: null, starredAt: null, snoozedUntil: null })
    await expect(getMessage(stranger, own)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getMessage(user, '999999999')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are left out of a list of ids, the own ones are not', async () => {
    const other = await aUser()
    await aMapping(connection, 'q', other)
    const theirs = await aMessage(connection, 'q')
    const own = await aMessage(connection, 'p')
    expect((await act(user, 'read', { ids: [theirs, own] })).changed).toBe(1)
    expect((await inboxOf(other))[0]!.readAt).toBeNull()
  })
})

describe('the highest numbers that a request may name', () => {
  it('are nobody’s message and every message', async () => {
    await aMessage(connection, 'p')
    expect((await act(user, 'read', { ids: ['9999999999999999999'] })).changed).toBe(0)
    await expect(getMessage(user, '9999999999999999999')).rejects.toMatchObject({ code: 'not_found' })
    expect((await act(user, 'read', { filter: {}, through: '9999999999999999999' })).changed).toBe(1)
  })
})

describe('waking', () => {
  it('brings back what is due, as news under a new number', async () => {
    const [due, not] = [await aMessage(connection, 'p'), await aMessage(connection, 'p')]
    await act(user, 'snooze', { ids: [due, not] }, { until: later() })
    await execute(null, `update messages set snoozed_until = now() where id = $1::bigint`, due)
    await wakeSnoozed(user)
    expect((await inboxOf(user, 'inbox')).map((message) => message.id)).toEqual([due])
    const [event] = await rows<{ kind: string; ids: string[]; seq: string }>(
      null,
      `select kind, ids::text[] as ids, seq::text from events where user_id = $1::uuid order by events.seq desc limit 1`,
      user,
    )
    expect(event).toMatchObject({ kind: 'new', ids: [due] })
    const [row] = await rows<{ seq: string }>(
      null,
      'select seq::text from messages where id = $1::bigint',
      due,
    )
    expect(row!.seq).toBe(event!.seq)
    await wakeSnoozed(user)
    expect(await titlesOf(user, 'snoozed')).toHaveLength(1)
  })
})

describe('waking what is done', () => {
  it('is no news', async () => {
    const id = await aMessage(connection, 'p')
    await act(user, 'snooze', { ids: [id] }, { until: later() })
    await act(user, 'done', { ids: [id] })
    await execute(null, `update messages set snoozed_until = now() where id = $1::bigint`, id)
    const before = await rows(null, 'select seq from inboxes where user_id = $1::uuid', user)
    await wakeSnoozed(user)
    expect(await rows(null, 'select seq from inboxes where user_id = $1::uuid', user)).toEqual(before)
    await act(user, 'undone', { ids: [id] })
    expect(await titlesOf(user, 'inbox')).toHaveLength(1)
  })
})

describe('what the vendor is told', () => {
  it('is asked for in the act, due when it can no longer be undone', async () => {
    const id = await polled('77')
    await act(user, 'read', { ids: [id] })
    expect(await first()).toMatchObject({ sync: 'pending' })
    const [told] = await outboxOf(personId)
    expect(told).toMatchObject({ messageId: id, externalId: '77', state: 'pending' })
    expect(told!.dueIn).toBeGreaterThan(9)
    expect(told!.dueIn).toBeLessThanOrEqual(10)
  })

  it('is due at once after opening', async () => {
    await act(user, 'read', { ids: [await polled('77')] }, { tellAtOnce: true })
    expect((await outboxOf(personId))[0]!.dueIn).toBeLessThanOrEqual(0)
  })

  it('is nothing where the vendor has it read, or is not polled', async () => {
    const [read, pushed] = [await polled('78', true), await aMessage(connection, 'p')]
    await act(user, 'unread', { ids: [read] })
    await act(user, 'read', { ids: [read, pushed] })
    expect(await outboxOf(personId)).toEqual([])
    expect((await inboxOf(user)).map((message) => message.sync)).toEqual(['none', 'none'])
  })

  it('is taken back by "unread", also where it had failed', async () => {
    const [pending, failed] = [await polled('1'), await polled('2')]
    await act(user, 'read', { ids: [pending, failed] })
    await execute(null, `update outbox set state = 'failed' where message_id = $1::bigint`, failed)
    await execute(null, `update messages set sync = 'failed' where id = $1::bigint`, failed)
    await act(user, 'unread', { ids: [pending, failed] })
    expect(await outboxOf(personId)).toEqual([])
    expect((await inboxOf(user)).map((message) => message.sync)).toEqual(['none', 'none'])
  })

  it('is not told again by "done" what it was told already', async () => {
    const id = await polled('1')
    await act(user, 'read', { ids: [id] })
    await execute(null, `update outbox set state = 'sent'`)
    await execute(null, `update messages set sync = 'synced' where id = $1::bigint`, id)
    await act(user, 'done', { ids: [id] })
    expect(await first()).toMatchObject({ sync: 'synced', doneBy: 'user' })
    expect(await outboxOf(personId)).toMatchObject([{ state: 'sent' }])
  })

  it('is tried again by "retry" where it had failed', async () => {
    const id = await polled('1')
    await act(user, 'read', { ids: [id] })
    expect(await act(user, 'retry', { ids: [id] })).toEqual({ changed: 0, undo: null })
    await execute(null, `update outbox set state = 'failed', refusals = 5`)
    await execute(null, `update messages set sync = 'failed'`)
    expect(await act(user, 'retry', { ids: [id] })).toEqual({ changed: 1, undo: null })
    expect(await first()).toMatchObject({ sync: 'pending' })
    const [told] = await outboxOf(personId)
    expect(told).toMatchObject({ state: 'pending', refusals: 0 })
    expect(told!.dueIn).toBeLessThanOrEqual(0)
  })
})
