import { afterAll, describe, expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { balance } from '@/lib/inbox/balance'
import { execute, rows } from '@/lib/platform/db'
import { environment } from '@/lib/platform/env'
import { aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aPair, BASE, forwardsTo, pushTo, type Pair } from '@/lib/testing/forwarding'
import { inboxOf, outboxOf } from '@/lib/testing/inbox'
import { admin, anEmployee, closeOffices, poll, tell } from '@/lib/testing/office'
import { deleteConnection } from '../connections/connections'
import { deleteMapping } from '../people/map-people'
import { pushForwards } from './push-forwards'

useDatabase()
closeOffices()
afterAll(() => Object.assign(environment(), { baseUrl: null }))

/** A message that was passed on, and whose copy has been polled. */
async function aCopy(): Promise<Pair> {
  const pair = await aPair()
  await pushTo(pair, ['li'])
  await pushForwards(pair.office.connection)
  await poll(pair.office)
  return pair
}
const only = async ({ li }: Pair) => {
  const items = await inboxOf(li.user)
  expect(items).toHaveLength(1)
  return items[0]!
}
const copyId = ({ office }: Pair) => office.seeyon.messages('li')[0]!.id
const isUnreadThere = ({ office }: Pair) => office.seeyon.unread('li').length > 0
const read = (pair: Pair) => act(pair.li.user, 'read', { filter: {}, through: '9999' })

describe('read together', () => {
  it('here: the other system is told, and the message’s own one has nothing to be told', async () => {
    const pair = await aCopy()
    await read(pair)
    expect(await only(pair)).toMatchObject({ sync: 'none' })
    expect(await outboxOf(pair.li.personId)).toMatchObject([{ state: 'pending', externalId: copyId(pair) }])
    await tell(pair.li)
    expect(isUnreadThere(pair)).toBe(false)
    expect(await outboxOf(pair.li.personId)).toMatchObject([{ state: 'sent' }])
    expect(await only(pair)).toMatchObject({ sync: 'none' })
  })

  it('here, and taken back in time: nothing is told', async () => {
    const pair = await aCopy()
    await read(pair)
    await act(pair.li.user, 'unread', { filter: {}, through: '9999' })
    await tell(pair.li)
    expect(isUnreadThere(pair)).toBe(true)
  })

  it('over there: the message is read, and unread again with its copy', async () => {
    const pair = await aCopy()
    pair.office.seeyon.markRead({ loginName: 'li', all: true })
    await poll(pair.office)
    await poll(pair.office)
    expect(await only(pair)).toMatchObject({ readAt: expect.any(String) as string, sync: 'none' })
    pair.office.seeyon.markUnread({ loginName: 'li', all: true })
    await poll(pair.office)
    expect(await only(pair)).toMatchObject({ readAt: null })
  })

  it('over there, but for what the employee keeps unread', async () => {
    const pair = await aCopy()
    await read(pair)
    await act(pair.li.user, 'unread', { filter: {}, through: '9999' })
    pair.office.seeyon.markRead({ loginName: 'li', all: true })
    await poll(pair.office)
    await poll(pair.office)
    expect(await only(pair)).toMatchObject({ readAt: null })
  })

  it('here before its copy comes: the other system is told at once', async () => {
    const pair = await aPair({}, { sendDelayMs: 5_000 })
    await pushTo(pair, ['li'])
    await pushForwards(pair.office.connection)
    await read(pair)
    expect(await outboxOf(pair.li.personId)).toEqual([])
    pair.office.seeyon.advance(5_000)
    await poll(pair.office)
    const [told] = await outboxOf(pair.li.personId)
    expect(told!.dueIn).toBeLessThanOrEqual(0)
    const jobs = await rows(
      null,
      'select 1 from graphile_worker.jobs where key = $1 and run_at <= now()',
      `push-outbox:${pair.li.personId}`,
    )
    expect(jobs).toHaveLength(1)
    await tell(pair.li)
    expect(isUnreadThere(pair)).toBe(false)
    await only(pair)
  })

  it('over there before its copy is polled at all', async () => {
    const pair = await aPair()
    await pushTo(pair, ['li'])
    await pushForwards(pair.office.connection)
    pair.office.seeyon.markRead({ loginName: 'li', all: true })
    // Everything is listed on first contact.
    await execute(
      null,
      'update persons set backfilled_at = null, listed_at = null where id = $1::bigint',
      pair.li.personId,
    )
    await poll(pair.office)
    expect(await only(pair)).toMatchObject({ readAt: expect.any(String) as string })
  })
})

describe('a token', () => {
  const sendLink = ({ office }: Pair, token: string, login = 'li') =>
    office.seeyon.send(login, { linkType: null, linkParams: [`${BASE}/messages/1?via=${token}`] })

  it('that nobody gave out, or that is somebody else’s, makes an ordinary message', async () => {
    const pair = await aPair()
    await pushTo(pair, ['li'])
    const token = (await forwardsTo(pair.office))[0]!.token
    const wang = await anEmployee(pair.office, 'wang')
    await poll(pair.office)
    sendLink(pair, 'x'.repeat(22))
    sendLink(pair, token, 'wang')
    await poll(pair.office)
    expect(await inboxOf(wang.user)).toHaveLength(1)
    expect(await inboxOf(pair.li.user)).toHaveLength(2)
  })

  it('of somebody the employee was over there before makes one, too', async () => {
    const pair = await aPair()
    await pushTo(pair, ['li'])
    const token = (await forwardsTo(pair.office))[0]!.token
    pair.office.seeyon.addMember({ loginName: 'li2' })
    const other = pair.office.seeyon.member('li2').id
    await aMapping(pair.office.connection, other, pair.li.user, { replace: true, poll: true })
    await poll(pair.office)
    sendLink(pair, token, 'li2')
    await poll(pair.office)
    expect(await inboxOf(pair.li.user)).toHaveLength(2)
  })

  it('counts once, in one listing and later', async () => {
    const pair = await aPair()
    await pushTo(pair, ['li'])
    const token = (await forwardsTo(pair.office))[0]!.token
    sendLink(pair, token)
    sendLink(pair, token)
    await poll(pair.office)
    expect(await inboxOf(pair.li.user)).toHaveLength(2)
    sendLink(pair, token)
    await poll(pair.office)
    expect(await inboxOf(pair.li.user)).toHaveLength(3)
    expect(await balance(pair.office.connection)).toMatchObject({ received: 3, delivered: 3, difference: 0 })
    await read(pair)
    await tell(pair.li)
    expect(pair.office.seeyon.unread('li')).toEqual([])
  })
})

describe('unmapping', () => {
  it('where the message came from: nothing is told any more, and the copy moves nothing that is held', async () => {
    const pair = await aCopy()
    const { li, office, company } = pair
    await read(pair)
    await deleteMapping(admin, li.sourcePerson)
    expect(await outboxOf(li.personId)).toMatchObject([{ state: 'cancelled' }])
    await tell(li)
    expect(isUnreadThere(pair)).toBe(true)
    expect(await inboxOf(li.user)).toEqual([])
    await execute(null, 'update messages set read_at = null, read_by = null')
    office.seeyon.markRead({ loginName: 'li', all: true })
    await poll(office)
    await poll(office)
    const [held] = await rows(
      null,
      'select read_at, held from messages where person_id = $1::bigint',
      li.sourcePerson,
    )
    expect(held).toEqual({ read_at: null, held: true })
    // The right one gets it; that the wrong one has read their copy says nothing to them.
    const right = await aUser()
    await aMapping(company.connection, 'li', right, { history: 'all' })
    expect(await inboxOf(right)).toMatchObject([{ readAt: null }])
    expect(await balance(office.connection)).toMatchObject({ difference: 0 })
    expect(await balance(company.connection)).toMatchObject({ difference: 0 })
  })

  it('over there: who comes next sees nothing of it, and moves nothing by reading the copy', async () => {
    const pair = await aCopy()
    const { li, office } = pair
    await deleteMapping(admin, li.personId)
    const next = await aUser()
    const { id } = office.seeyon.member('li')
    await aMapping(office.connection, id, next, { poll: true, history: 'all' })
    await poll(office)
    expect(await inboxOf(next)).toEqual([])
    await read(pair)
    expect(await outboxOf(li.personId)).toEqual([])
    await act(li.user, 'unread', { filter: {}, through: '9999' })
    await execute(null, 'update messages set kept_unread = false')
    office.seeyon.markRead({ loginName: 'li', all: true })
    await poll(office)
    await poll(office)
    expect(await only(pair)).toMatchObject({ readAt: null })
  })

  it('over there before the copy was polled: for who comes next it is a message', async () => {
    const pair = await aPair()
    await pushTo(pair, ['li'])
    await pushForwards(pair.office.connection)
    await deleteMapping(admin, pair.li.personId)
    const next = await aUser()
    await aMapping(pair.office.connection, pair.office.seeyon.member('li').id, next, { poll: true })
    await poll(pair.office)
    expect(await inboxOf(next)).toHaveLength(1)
    expect(await only(pair)).toMatchObject({ readAt: null })
  })
})

describe('the balance', () => {
  it('counts a copy as delivered, and shows one that is lost', async () => {
    const pair = await aCopy()
    const { connection } = pair.office
    await pushTo(pair, ['li'])
    await pushForwards(connection)
    await poll(pair.office)
    expect(await balance(connection)).toMatchObject({ received: 2, delivered: 2, difference: 0 })
    const [{ id }] = (await inboxOf(pair.li.user)) as [{ id: string }, unknown]
    await execute(null, 'delete from messages where id = $1::bigint', id)
    expect(await balance(connection)).toMatchObject({ received: 2, delivered: 1, difference: 1 })
  })

  it('is even after either connection is gone altogether', async () => {
    const source = await aCopy()
    await deleteConnection(admin, source.company.connection, true)
    expect(await balance(source.office.connection)).toMatchObject({ received: 0, difference: 0 })
    expect(await forwardsTo(source.office)).toEqual([])
    await poll(source.office)
    expect(await inboxOf(source.li.user)).toHaveLength(1)
    const target = await aCopy()
    await deleteConnection(admin, target.office.connection, true)
    expect(await forwardsTo(target.office)).toEqual([])
    expect(await balance(target.company.connection)).toMatchObject({ difference: 0 })
    await only(target)
  })
})
