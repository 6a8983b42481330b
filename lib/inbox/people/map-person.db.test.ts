import { beforeEach, describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import { act, undo } from '@/lib/inbox/acts/act'
import { countMessages, getMessage, listMessages } from '@/lib/inbox/list/list-messages'
import { linkSourceOf } from '@/lib/inbox/list/link-source'
import { execute, inTransaction, rows } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, aMessage, inboxOf, outboxOf, titlesOf } from '@/lib/testing/inbox'
import { applyScan } from '../pulled/apply-scan'
import { pauseUser, resumeUser, unmapPerson } from './map-person'

useDatabase()

let connection: string
let user: string
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
})

const unmap = (personId: string) => inTransaction((tx) => unmapPerson(tx, personId))
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000)
const eventsOf = (userId: string) =>
  rows<{ seq: string; kind: string; count: number; ids: string[] }>(
    null,
    `select seq::text, kind, count, ids::text[] as ids from events where user_id = $1::uuid order by events.seq`,
    userId,
  )

describe('mapping', () => {
  it('delivers what waited: its own time, a new number, one event, and it adds up', async () => {
    await aMapping(connection, 'other', user)
    await aMessage(connection, 'other', { title: 'present', sentAt: at(50) })
    const ids = [
      await aMessage(connection, 'p', { title: 'old', sentAt: at(1) }),
      await aMessage(connection, 'p', { title: 'new', sentAt: at(99) }),
    ]
    expect(await balance(connection)).toMatchObject({ received: 3, delivered: 1, waiting: 2, difference: 0 })
    const newcomer = await aUser()
    const { watermark } = await listMessages(newcomer, {}, { limit: 1 })
    expect(await aMapping(connection, 'p', newcomer)).toMatchObject({ delivered: 2 })
    expect((await inboxOf(newcomer)).map(({ title, sentAt }) => [title, sentAt])).toEqual([
      ['new', at(99).toISOString()],
      ['old', at(1).toISOString()],
    ])
    const [event, ...more] = await eventsOf(newcomer)
    expect(more).toEqual([])
    expect(event).toMatchObject({ kind: 'delivered', count: 2, seq: `${Number(watermark) + 1}` })
    expect(event!.ids.sort()).toEqual(ids.sort())
    expect(await balance(connection)).toMatchObject({ delivered: 3, waiting: 0, difference: 0 })
  })

  it('of a person whom nobody has heard of waits for their messages', async () => {
    expect(await aMapping(connection, 'p', user)).toMatchObject({ delivered: 0 })
    expect(await eventsOf(user)).toEqual([])
    await aMessage(connection, 'p')
    expect(await inboxOf(user)).toHaveLength(1)
  })

  it('again says nothing new', async () => {
    await aMessage(connection, 'p')
    const { personId } = await aMapping(connection, 'p', user)
    expect(await aMapping(connection, 'p', user)).toEqual({ personId, delivered: 0, replaced: [] })
    expect(await inboxOf(user)).toHaveLength(1)
    expect(await eventsOf(user)).toHaveLength(1)
  })

  it('refuses what would take somebody’s place, either way, and changes nothing', async () => {
    const other = await aUser()
    await aMapping(connection, 'p', user)
    await aMapping(connection, 'q', other)
    const taken = { code: 'already_mapped' }
    await expect(aMapping(connection, 'p', await aUser())).rejects.toMatchObject(taken)
    await expect(aMapping(connection, 'new', user)).rejects.toMatchObject(taken)
    await expect(aMapping(connection, 'p', other)).rejects.toMatchObject(taken)
    expect(
      await rows(
        null,
        `select external_id as p, user_id as u from persons where connection_id = $1::uuid order by 1`,
        connection,
      ),
    ).toEqual([
      { p: 'p', u: user },
      { p: 'q', u: other },
    ])
    await aMapping(await aConnection(), 'p', user)
  })

  it('replaces on both sides: the former ones lose the person, and what they had', async () => {
    const other = await aUser()
    await aMapping(connection, 'p', user)
    await aMapping(connection, 'q', other)
    await aMessage(connection, 'p', { title: 'to p' })
    await aMessage(connection, 'q', { title: 'to q' })
    expect(await aMapping(connection, 'p', other, { replace: true })).toMatchObject({ delivered: 0 })
    expect([await titlesOf(user), await titlesOf(other)]).toEqual([[], []])
    await aMessage(connection, 'p', { title: 'again to p' })
    await aMessage(connection, 'q', { title: 'again to q' })
    expect([await titlesOf(user), await titlesOf(other)]).toEqual([[], ['again to p']])
    expect(await aMapping(connection, 'q', user)).toMatchObject({ delivered: 1 })
    expect(await balance(connection)).toMatchObject({ received: 4, delivered: 4, difference: 0 })
  })
})

describe('unmapping', () => {
  it('hides the messages at once: list, counts, detail, original, acts, undo', async () => {
    const { personId } = await aMapping(connection, 'p', user)
    const id = await aMessage(connection, 'p')
    const { undo: token } = await act(user, 'star', { ids: [id] })
    await unmap(personId)
    expect(await inboxOf(user)).toEqual([])
    expect(await countMessages(user)).toMatchObject({ unread: 0, todo: 0, byConnection: {} })
    await expect(getMessage(user, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(linkSourceOf(user, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await act(user, 'read', { ids: [id] })).toMatchObject({ changed: 0 })
    expect(await act(user, 'read', { filter: { view: 'all' }, through: '999' })).toMatchObject({ changed: 0 })
    expect(await undo(user, token!)).toEqual({ changed: 0 })
    expect((await eventsOf(user)).at(-1)).toMatchObject({ kind: 'changed', ids: [] })
    expect(await balance(connection)).toMatchObject({ received: 1, delivered: 1, waiting: 0, difference: 0 })
    await expect(unmap(personId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(unmap('9999999999999999999')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('lets what comes then wait for the next holder, who gets that and nothing else', async () => {
    const { personId } = await aMapping(connection, 'p', user)
    await aMessage(connection, 'p', { title: 'of the first' })
    await unmap(personId)
    await aMessage(connection, 'p', { title: 'waits' })
    expect(await balance(connection)).toMatchObject({ delivered: 1, waiting: 1, difference: 0 })
    const next = await aUser()
    expect(await aMapping(connection, 'p', next)).toMatchObject({ delivered: 1 })
    expect(await titlesOf(next)).toEqual(['waits'])
  })

  it('cancels what the vendor was still to be told, also what is being sent or had failed', async () => {
    const { personId } = await aMapping(connection, 'p', user, { poll: true })
    const items = ['1', '2', '3', '4'].map((id) => aListed(id))
    await applyScan(await aLease(personId), { kind: 'unread', complete: true, items, silent: false })
    await act(user, 'read', { filter: {}, through: '999' })
    const set = (externalId: string, state: string) =>
      execute(null, 'update outbox set state = $2 where external_id = $1', externalId, state)
    await set('2', 'sending')
    await set('3', 'failed')
    await set('4', 'sent')
    await unmap(personId)
    const left = await outboxOf(personId)
    expect(left.filter((row) => !['cancelled', 'sent'].includes(row.state))).toEqual([])
  })
})

describe('history', () => {
  const marks = ({ title, readAt, doneAt, starredAt, snoozedUntil, sync }: Record<string, unknown>) => ({
    title,
    clear: !readAt && !doneAt && !starredAt && !snoozedUntil && sync === 'none',
  })

  it('"none" keeps from a new holder what the former had, for the same user too', async () => {
    const { personId } = await aMapping(connection, 'p', user)
    await aMessage(connection, 'p', { title: 'kept' })
    await unmap(personId)
    expect(await aMapping(connection, 'p', user)).toMatchObject({ delivered: 0 })
    expect(await inboxOf(user)).toEqual([])
  })

  it('"all" brings it with all marks cleared, and later too', async () => {
    const { personId } = await aMapping(connection, 'p', user)
    const ids = [
      await aMessage(connection, 'p', { title: 'a' }),
      await aMessage(connection, 'p', { title: 'b' }),
    ]
    await act(user, 'done', { ids })
    await act(user, 'star', { ids })
    await act(user, 'snooze', { ids: [await aMessage(connection, 'p')] }, { until: '2060-01-01T00:00:00Z' })
    await unmap(personId)
    await aMessage(connection, 'p', { title: 'waited' })
    const next = await aUser()
    expect(await aMapping(connection, 'p', next)).toMatchObject({ delivered: 1 })
    expect(await aMapping(connection, 'p', next, { history: 'all' })).toMatchObject({ delivered: 3 })
    const all = await inboxOf(next)
    expect(all.map(marks).filter((one) => !one.clear)).toEqual([])
    expect(all).toHaveLength(4)
    expect((await eventsOf(next)).map((event) => event.count)).toEqual([1, 3])
    expect((await getMessage(next, ids[0]!)).events.map((event) => event.what)).toEqual(['received'])
    expect(await balance(connection)).toMatchObject({ delivered: 4, difference: 0 })
  })

  it('"all" keeps what the source itself says: read there, settled by a newer round', async () => {
    const { personId } = await aMapping(connection, 'p', user, { poll: true })
    const items = [aListed('1', { read: true }), aListed('2')]
    await applyScan(await aLease(personId), { kind: 'all', complete: true, items, silent: true })
    const slot = (generation: string) => ({ folding: { slot: 's', generation, reminder: null } })
    await aMessage(connection, 'p', { title: 'settled', ...slot('1'), sentAt: at(1) })
    await aMessage(connection, 'p', { title: 'open', ...slot('2'), sentAt: at(2) })
    const next = await aUser()
    await aMapping(connection, 'p', next, { replace: true, history: 'all' })
    const said = (await inboxOf(next)).map((m) => [m.title, m.readAt !== null, m.doneBy])
    expect(said.sort()).toEqual([
      ['1', true, null],
      ['2', false, null],
      ['open', false, null],
      ['settled', false, 'source'],
    ])
  })

  it('a new holder’s messages fold with nothing of before', async () => {
    const folding = { slot: 's', generation: 't', reminder: null }
    const { personId } = await aMapping(connection, 'p', user)
    await aMessage(connection, 'p', { title: 'of the first', folding, sentAt: at(1) })
    await unmap(personId)
    const next = await aUser()
    await aMessage(connection, 'p', { title: 'waits', folding, sentAt: at(2) })
    await aMapping(connection, 'p', next)
    await aMessage(connection, 'p', { title: 'newer', folding, sentAt: at(3) })
    expect(await titlesOf(next)).toEqual(['newer'])
    expect((await getMessage(next, (await inboxOf(next))[0]!.id)).events).toHaveLength(2)
    expect(
      await rows(
        null,
        `select c.title, m.held from messages m join contents c on c.id = m.content_id
         where m.connection_id = $1::uuid order by m.id`,
        connection,
      ),
    ).toEqual([
      { title: 'of the first', held: true },
      { title: 'newer', held: false },
    ])
  })
})

describe('a disabled user', () => {
  const setDisabled = (disabled: boolean) =>
    execute(
      null,
      'update users set disabled_at = case when $2 then now() end where id = $1::uuid',
      user,
      disabled,
    )
  const pollsDue = () =>
    rows<{ next: Date | null }>(
      null,
      'select next_poll_at as next from persons where user_id = $1::uuid',
      user,
    )
  const disable = async () => {
    await setDisabled(true)
    await inTransaction((tx) => pauseUser(tx, user))
  }
  const enable = async () => {
    await setDisabled(false)
    await inTransaction((tx) => resumeUser(tx, user, [connection]))
  }

  it('gets nothing new; enabled, what waited', async () => {
    await aMapping(connection, 'p', user, { poll: true })
    await aMessage(connection, 'p', { title: 'before' })
    await disable()
    await aMessage(connection, 'p', { title: 'meanwhile' })
    expect(await titlesOf(user)).toEqual(['before'])
    expect(await balance(connection)).toMatchObject({ delivered: 1, waiting: 1, difference: 0 })
    expect(await pollsDue()).toEqual([{ next: null }])
    await enable()
    expect((await titlesOf(user)).sort()).toEqual(['before', 'meanwhile'])
    expect((await eventsOf(user)).map((event) => event.kind)).toEqual(['new', 'delivered'])
    expect((await pollsDue())[0]!.next).not.toBeNull()
  })

  it('is not polled for when mapped, and is delivered to when enabled', async () => {
    await aMessage(connection, 'p')
    await disable()
    expect(await aMapping(connection, 'p', user, { poll: true })).toMatchObject({ delivered: 0 })
    expect(await pollsDue()).toEqual([{ next: null }])
    await enable()
    expect(await inboxOf(user)).toHaveLength(1)
    expect((await pollsDue())[0]!.next).not.toBeNull()
  })

  it('can be unmapped', async () => {
    const { personId } = await aMapping(connection, 'p', user)
    await aMessage(connection, 'p')
    await disable()
    await unmap(personId)
    await enable()
    expect(await inboxOf(user)).toEqual([])
  })
})
