import { describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import { execute, rows } from '@/lib/platform/db'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import {
  anEmployee,
  anOffice,
  circuitOf,
  closeOffices,
  poll,
  type Employee,
  type Office,
} from '@/lib/testing/office'

useDatabase()
closeOffices()

/** Somebody with so many unread messages, a minute apart, polled for the first time. */
async function someoneWith(unread: number, order: 'newest' | 'oldest' = 'newest') {
  const office = await anOffice({ order })
  const li = await anEmployee(office, 'li')
  const now = Date.now()
  for (let age = unread; age > 0; age--) office.seeyon.send('li', { creationDate: now - age * 60_000 })
  await poll(office)
  office.seeyon.resetCounters()
  return { office, li }
}

/** Pages asked of a list since this was last called, as "number×size". */
function asked({ seeyon }: Office, endpoint: 'unread' | 'all' = 'unread'): string[] {
  const calls = seeyon.log().filter((call) => call.endpoint === endpoint)
  seeyon.resetCounters()
  return calls.map(({ path }) => `${/pageNo=(\d+)/.exec(path)?.[1]}×${/pageSize=(\d+)/.exec(path)?.[1]}`)
}

const later = ({ personId }: Employee, column: 'scanned_at' | 'listed_at', by: string) =>
  execute(
    null,
    `update persons set ${column} = coalesce(${column}, backfilled_at) - $2::interval where id = $1::bigint`,
    personId,
    by,
  )
const scanOf = async ({ personId }: Employee) =>
  (
    await rows<{ pages: number; newestFirst: boolean; listedAgo: number; scannedAgo: number }>(
      null,
      `select pages, newest_first as "newestFirst", extract(epoch from now() - listed_at)::int as "listedAgo",
         extract(epoch from now() - scanned_at)::int as "scannedAgo" from persons where id = $1::bigint`,
      personId,
    )
  )[0]!
/** What is unread here, and whether that is what is unread there. */
async function unreadHere(
  { seeyon }: Office,
  { user }: Employee,
): Promise<{ count: number; asThere: boolean }> {
  const here = await rows<{ id: string }>(
    null,
    `select i.external_id as id from pulled_items i join messages m on m.id = i.message_id
     where m.user_id = $1::uuid and m.read_at is null`,
    user,
  )
  const there = new Set(seeyon.unread('li'))
  return { count: here.length, asThere: here.length === there.size && here.every(({ id }) => there.has(id)) }
}
const LARGE = ['1×100', '2×100', '3×100', '4×100']

describe('a long list', () => {
  it('is read for news only, and whole every 10 min in larger pages', async () => {
    const { office, li } = await someoneWith(300)
    expect(await scanOf(li)).toMatchObject({ pages: 15, newestFirst: true })
    await poll(office)
    expect(asked(office)).toEqual(['1×20'])
    office.seeyon.send('li', { messageContent: 'news' })
    await poll(office)
    expect(asked(office)).toEqual(['1×20', '2×20'])
    expect((await inboxOf(li.user))[0]).toMatchObject({ title: 'news' })

    await later(li, 'scanned_at', '10 minutes')
    await poll(office)
    expect(asked(office)).toEqual(LARGE)
    // Counted in ordinary pages: the larger ones do not make it short.
    expect(await scanOf(li)).toMatchObject({ pages: 16, scannedAgo: 0 })
    await poll(office)
    expect(asked(office)).toEqual(['1×20'])
  })

  it('that does not run from new to old is read whole every time, in larger pages', async () => {
    const { office, li } = await someoneWith(300, 'oldest')
    for (let i = 0; i < 2; i++) {
      office.seeyon.send('li', { messageContent: `news ${i}` })
      await poll(office)
      expect(asked(office)).toEqual(LARGE)
      expect((await inboxOf(li.user))[0]).toMatchObject({ title: `news ${i}` })
    }
  })

  it('that turns round is noticed by the next whole scan', async () => {
    const { office, li } = await someoneWith(100)
    office.seeyon.configure({ order: 'oldest' })
    office.seeyon.send('li', { messageContent: 'at the end' })
    await poll(office)
    // Page by page, since it no longer runs from new to old: so it was whole, and that is known now.
    expect(asked(office)).toHaveLength(6)
    expect(await scanOf(li)).toMatchObject({ newestFirst: false, scannedAgo: 0 })
    expect((await inboxOf(li.user))[0]).toMatchObject({ title: 'at the end' })
  })

  it('that has become short is read whole again', async () => {
    const { office } = await someoneWith(100)
    office.seeyon.markRead({ loginName: 'li', messageIds: office.seeyon.unread('li').slice(15) })
    await poll(office)
    expect(asked(office)).toEqual(['1×20'])
    await poll(office)
    expect(asked(office)).toEqual(['1×20'])
  })
})

it.each([
  [0, ['1×20']],
  [45, ['1×20', '2×20', '3×20']],
])('a short list (%i) is read whole every time', async (unread, pages) => {
  const { office } = await someoneWith(unread)
  for (let i = 0; i < 2; i++) {
    await poll(office)
    expect(asked(office)).toEqual(pages)
  }
})

describe('what a scan for news does not list', () => {
  it('is not read, however often; two whole scans say so', async () => {
    const { office, li } = await someoneWith(300)
    const gone = office.seeyon.unread('li').slice(200, 210)
    office.seeyon.markRead({ loginName: 'li', messageIds: gone })
    for (let i = 0; i < 4; i++) await poll(office)
    expect(await unreadHere(office, li)).toMatchObject({ count: 300 })
    await later(li, 'scanned_at', '10 minutes')
    await poll(office)
    await poll(office)
    expect(await unreadHere(office, li)).toMatchObject({ count: 300 })
    await later(li, 'scanned_at', '10 minutes')
    await poll(office)
    expect(await unreadHere(office, li)).toEqual({ count: 290, asThere: true })
  })

  it('and was missed once by a moving list, is found again by it', async () => {
    const { office, li } = await someoneWith(300)
    await later(li, 'scanned_at', '10 minutes')
    // The first of the large pages loses three rows after it was read: three others are skipped.
    office.seeyon.afterPage({ page: 1, loginName: 'li' }, () => {
      office.seeyon.markRead({ loginName: 'li', messageIds: office.seeyon.unread('li').slice(0, 3) })
    })
    await poll(office)
    for (let i = 0; i < 3; i++) {
      await poll(office)
      await later(li, 'scanned_at', '10 minutes')
      await poll(office)
    }
    expect(await unreadHere(office, li)).toEqual({ count: 297, asThere: true })
  })
})

it('news during which the list moves: nothing is read wrongly, nothing lost', async () => {
  const { office, li } = await someoneWith(200)
  for (let i = 0; i < 4; i++) {
    office.seeyon.sendMany('li', 30)
    office.seeyon.afterPage({ page: 1, loginName: 'li' }, () => {
      office.seeyon.markRead({ loginName: 'li', messageIds: office.seeyon.unread('li').slice(5, 9) })
      office.seeyon.sendMany('li', 2)
    })
    office.seeyon.afterPage({ page: 2, loginName: 'li' }, () => {
      office.seeyon.markRead({ loginName: 'li', messageIds: office.seeyon.unread('li').slice(0, 7) })
    })
    await poll(office)
    expect(asked(office).length).toBeLessThan(5)
  }
  for (let i = 0; i < 3; i++) {
    await later(li, 'scanned_at', '10 minutes')
    await poll(office)
  }
  expect(await unreadHere(office, li)).toEqual({ count: 200 + 4 * 32 - 4 * 11, asThere: true })
  expect(await balance(office.connection)).toMatchObject({ difference: 0 })
})

describe('once a day', () => {
  it('what was read elsewhere before we saw it is found, by few pages', async () => {
    const { office, li } = await someoneWith(60)
    office.seeyon.send('li', { messageContent: 'read elsewhere', isRead: true })
    await poll(office)
    expect(asked(office, 'all')).toEqual([])
    expect(await inboxOf(li.user)).toHaveLength(60)

    await later(li, 'listed_at', '27 hours')
    await poll(office)
    expect(asked(office, 'all')).toEqual(['1×20', '2×20'])
    expect((await inboxOf(li.user))[0]).toMatchObject({ title: 'read elsewhere', readAt: expect.any(String) })
    expect(await scanOf(li)).toMatchObject({ listedAgo: 0 })
    await poll(office)
    expect(asked(office, 'all')).toEqual([])
    expect(await balance(office.connection)).toMatchObject({ received: 61, difference: 0 })
  })

  it('first contact is the first time', async () => {
    const { office, li } = await someoneWith(1)
    expect((await scanOf(li)).listedAgo).toBeLessThan(5)
    await execute(null, 'update persons set listed_at = null where id = $1::bigint', li.personId)
    await poll(office)
    expect(asked(office, 'all')).toEqual([])
  })

  it('is no outage where it fails: messages arrive, and it is tried again after a while', async () => {
    const { office, li } = await someoneWith(1)
    await later(li, 'listed_at', '27 hours')
    office.seeyon.fault({ kind: 'status500', endpoint: 'all' })
    office.seeyon.send('li', { messageContent: 'news' })
    for (let i = 0; i < 3; i++) await poll(office)
    expect(asked(office, 'all')).toHaveLength(1)
    expect(await circuitOf(office)).toEqual({ failures: 0, retryIn: null, lastError: null })
    expect((await inboxOf(li.user))[0]).toMatchObject({ title: 'news' })
    expect((await scanOf(li)).listedAgo).toBeGreaterThan(80_000)
  })
})
