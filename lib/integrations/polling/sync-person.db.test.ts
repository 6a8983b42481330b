import { describe, expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { balance } from '@/lib/inbox/balance'
import { countMessages, getMessage, listMessages } from '@/lib/inbox/list/list-messages'
import { forgetTokens } from '@/lib/connectors/seeyon/rest/kept-tokens'
import { rows } from '@/lib/platform/db'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { anEmployee, anOffice, circuitOf, closeOffices, endPause, poll, tell } from '@/lib/testing/office'
import type { FaultInput } from '@/simulators/seeyon'

useDatabase()
closeOffices()

const eventsOf = (user: string) =>
  rows<{ kind: string; count: number }>(
    null,
    'select kind, count from events where user_id = $1::uuid order by events.seq',
    user,
  )
const unreadOf = async (user: string) =>
  (await listMessages(user, { view: 'unread' }, { limit: 200 })).items.map((message) => message.title)
const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000

describe('first contact', () => {
  it('brings what is there without a word, then news as news', async () => {
    const office = await anOffice({ members: [{ loginName: 'li', name: 'Li' }] })
    office.seeyon.sendMany('li', 3, { isRead: true })
    office.seeyon.sendMany('li', 2)
    const { user } = await anEmployee(office, 'li')
    expect(await poll(office)).toBe(1)
    expect(await inboxOf(user)).toHaveLength(5)
    expect(await countMessages(user)).toMatchObject({ unread: 2 })
    expect((await eventsOf(user)).filter((event) => event.kind !== 'changed')).toEqual([])
    office.seeyon.send('li', { messageContent: 'news' })
    await poll(office)
    expect((await eventsOf(user)).at(-1)).toEqual({ kind: 'new', count: 1 })
    expect((await inboxOf(user))[0]).toMatchObject({ title: 'news', readAt: null })
    expect(await balance(office.connection)).toMatchObject({ received: 6, delivered: 6, difference: 0 })
  })

  it('brings the newest 500, and every unread one, however old', async () => {
    const office = await anOffice({ members: [{ loginName: 'li', name: 'Li' }] }, { pageSize: 200 })
    office.seeyon.send('li', { creationDate: Date.now() - 400 * 86_400_000, messageContent: 'old, unread' })
    office.seeyon.sendMany('li', 520, { isRead: true })
    const { user } = await anEmployee(office, 'li')
    await poll(office)
    const [row] = await rows<{ n: number }>(
      null,
      'select count(*)::int as n from messages where user_id = $1::uuid',
      user,
    )
    expect(row!.n).toBe(501)
    expect(await unreadOf(user)).toEqual(['old, unread'])
  })

  it('that is cut off is silent again the next time, and complete then', async () => {
    const office = await anOffice({ members: [{ loginName: 'li', name: 'Li' }] })
    office.seeyon.sendMany('li', 45)
    const { user } = await anEmployee(office, 'li')
    office.seeyon.fault({ kind: 'status500', endpoint: 'all', skip: 1, count: 1 })
    await poll(office)
    expect(await inboxOf(user)).toHaveLength(20)
    await endPause(office)
    await poll(office)
    expect(await inboxOf(user)).toHaveLength(45)
    expect((await eventsOf(user)).filter((event) => event.kind === 'new')).toEqual([])
  })
})

describe('reading', () => {
  it('here is told there, with the ids exactly as they came', async () => {
    const office = await anOffice()
    const li = await anEmployee(office, 'li')
    await poll(office)
    const sent = [3, 2, 1].map((age) => office.seeyon.send('li', { creationDate: minutesAgo(age) }))
    await poll(office)
    const [first, second] = await inboxOf(li.user)
    await act(li.user, 'read', { ids: [first!.id] })
    await act(li.user, 'done', { ids: [second!.id] })
    expect((await inboxOf(li.user)).map((message) => message.sync)).toEqual(['pending', 'pending', 'none'])
    await tell(li)
    const calls = office.seeyon.isreadCalls()
    expect(calls.flatMap((call) => call.messageIds).sort()).toEqual(
      sent
        .slice(1)
        .map((one) => one.id)
        .sort(),
    )
    expect(calls.every((call) => !call.idsWereNumbers && call.unknownIds.length === 0)).toBe(true)
    expect(calls[0]!.userId).toBe(office.seeyon.member('li').id)
    expect((await inboxOf(li.user)).map((message) => message.sync)).toEqual(['synced', 'synced', 'none'])
    expect(office.seeyon.unread('li')).toEqual([sent[0]!.id])
    for (let i = 0; i < 3; i++) await poll(office)
    expect(await unreadOf(li.user)).toHaveLength(1)
  })

  it('here is not taken back by the list, which shows it late', async () => {
    const office = await anOffice({ isreadDelayMs: 60_000 })
    const li = await anEmployee(office, 'li')
    await poll(office)
    office.seeyon.send('li')
    await poll(office)
    await act(li.user, 'read', { ids: [(await inboxOf(li.user))[0]!.id] })
    await tell(li)
    for (let i = 0; i < 3; i++) await poll(office)
    expect(await inboxOf(li.user)).toMatchObject([{ sync: 'synced', readAt: expect.any(String) }])
  })

  it('there is read here after two scans; purged there, too', async () => {
    const office = await anOffice()
    const { user } = await anEmployee(office, 'li')
    await poll(office)
    const [a, b] = office.seeyon.sendMany('li', 3)
    await poll(office)
    office.seeyon.markRead({ loginName: 'li', messageIds: [a!.id] })
    office.seeyon.remove({ loginName: 'li', messageIds: [b!.id] })
    await poll(office)
    expect(await unreadOf(user)).toHaveLength(3)
    await poll(office)
    expect(await unreadOf(user)).toHaveLength(1)
    const read = (await inboxOf(user)).find((message) => message.readAt)!
    expect((await getMessage(user, read.id)).events.map((event) => event.what)).toContain('readAtSource')
  })

  it('much there at once is confirmed before it is believed', async () => {
    const office = await anOffice()
    const { user } = await anEmployee(office, 'li')
    await poll(office)
    office.seeyon.sendMany('li', 30)
    await poll(office)
    office.seeyon.markRead({ loginName: 'li', all: true })
    await poll(office)
    expect(await unreadOf(user)).toEqual([])
    const asked = office.seeyon.log().filter((one) => one.endpoint === 'all')
    expect(asked.length).toBeGreaterThan(1)
  })

  it('much there at once, which "all" contradicts, is not believed', async () => {
    const office = await anOffice()
    const { user } = await anEmployee(office, 'li')
    await poll(office)
    office.seeyon.sendMany('li', 30)
    await poll(office)
    for (let i = 0; i < 4; i++) {
      office.seeyon.fault({
        kind: 'custom',
        status: 200,
        type: 'application/json',
        body: '[]',
        endpoint: 'unread',
        count: 1,
      })
      await poll(office)
    }
    expect(await unreadOf(user)).toHaveLength(30)
  })

  it('there and back again is unread here, where only the source had read it', async () => {
    const office = await anOffice()
    const li = await anEmployee(office, 'li')
    await poll(office)
    const [a] = office.seeyon.sendMany('li', 2)
    await poll(office)
    office.seeyon.markRead({ loginName: 'li', all: true })
    await poll(office)
    await poll(office)
    expect(await unreadOf(li.user)).toEqual([])
    office.seeyon.markUnread({ loginName: 'li', messageIds: [a!.id] })
    await poll(office)
    expect(await unreadOf(li.user)).toHaveLength(1)
  })
})

describe('a list that moves while it is read', () => {
  it.each(['newest', 'oldest'] as const)('%s first: nothing is read wrongly, nothing lost', async (order) => {
    const office = await anOffice({ order })
    const { user } = await anEmployee(office, 'li')
    await poll(office)
    const old = office.seeyon.sendMany('li', 50).map((one) => one.id)
    await poll(office)
    for (let i = 0; i < 3; i++) {
      // Rows before the page just read go, those behind it move up, and one is skipped.
      office.seeyon.afterPage({ page: 1, loginName: 'li' }, () => {
        const first = office.seeyon.unread('li').slice(0, 3)
        office.seeyon.markRead({ loginName: 'li', messageIds: first })
        office.seeyon.send('li', { messageContent: `late ${i}` })
      })
      await poll(office)
    }
    await poll(office)
    await poll(office)
    const there = new Set(office.seeyon.unread('li'))
    const here = await rows<{ id: string; unread: boolean }>(
      null,
      `select i.external_id as id, m.read_at is null as unread from pulled_items i join messages m on m.id = i.message_id
       where m.user_id = $1::uuid`,
      user,
    )
    expect(here.filter((one) => one.unread !== there.has(one.id))).toEqual([])
    expect(here).toHaveLength(old.length + 3)
  })
})

const FAULTS: FaultInput[] = [
  { kind: 'status500' },
  { kind: 'badGateway' },
  { kind: 'loginPage' },
  { kind: 'emptyBody' },
  { kind: 'cutJson' },
  { kind: 'cutTransfer' },
  { kind: 'code1010' },
  { kind: 'errorObject' },
  { kind: 'invalidToken' },
  { kind: 'reset' },
  { kind: 'repeatedPage' },
  { kind: 'redirect' },
  { kind: 'hugeBody' },
  { kind: 'controlCharacters' },
  { kind: 'slow', ms: 30 },
]

describe('a fault', () => {
  it.each(FAULTS.flatMap((fault) => [0, 1].map((skip) => ({ ...fault, skip }))))(
    '$kind after page $skip reads nothing and loses nothing',
    async (fault) => {
      const office = await anOffice()
      const { user } = await anEmployee(office, 'li')
      await poll(office)
      // Few enough behind the first page that no confirmation is asked for when they are missing.
      office.seeyon.sendMany('li', 30)
      await poll(office)
      expect(await unreadOf(user)).toHaveLength(30)
      office.seeyon.send('li', { messageContent: 'arrives in trouble' })
      for (let i = 0; i < 3; i++) {
        office.seeyon.fault({ ...fault, endpoint: 'unread', count: 9 })
        await poll(office)
        await endPause(office)
        office.seeyon.clearFaults()
      }
      expect((await unreadOf(user)).length).toBeGreaterThanOrEqual(30)
      await poll(office)
      expect(await unreadOf(user)).toHaveLength(31)
      expect(await circuitOf(office)).toMatchObject({ failures: 0 })
      expect(await balance(office.connection)).toMatchObject({ received: 31, difference: 0 })
    },
  )
})

describe('a fault of another call', () => {
  it.each<FaultInput>([
    { kind: 'status500', endpoint: 'token' },
    { kind: 'loginPage', endpoint: 'token' },
    { kind: 'emptyBody', endpoint: 'token' },
    { kind: 'loginPage', endpoint: 'all' },
    { kind: 'errorObject', endpoint: '*' },
  ])('$kind of $endpoint reads nothing and loses nothing', async (fault) => {
    const office = await anOffice()
    const { user } = await anEmployee(office, 'li')
    await poll(office)
    office.seeyon.sendMany('li', 30)
    await poll(office)
    office.seeyon.markRead({ loginName: 'li', all: true })
    office.seeyon.send('li', { messageContent: 'new' })
    office.seeyon.expireTokens()
    office.seeyon.fault(fault)
    for (let i = 0; i < 3; i++) {
      await poll(office)
      await endPause(office)
    }
    expect((await unreadOf(user)).length).toBeGreaterThanOrEqual(30)
    office.seeyon.clearFaults()
    forgetTokens(office.connection)
    await poll(office)
    await poll(office)
    expect(await unreadOf(user)).toEqual(['new'])
    expect(await circuitOf(office)).toMatchObject({ failures: 0 })
  })
})

describe('other servers', () => {
  it.each([
    ['legacy paging', { paging: 'legacy' as const }, { paging: 'legacy' }],
    ['bound tokens', { access: 'bound' as const }, { tokenMode: 'bound' }],
    ['empty lists as []', { emptyList: 'array' as const }, {}],
    ['a page size of its own', { maxPageSize: 20 }, { pageSize: 100 }],
  ])('%s: everything arrives, and reading works both ways', async (_, start, settings) => {
    const office = await anOffice(start, settings)
    const li = await anEmployee(office, 'li')
    await poll(office)
    office.seeyon.sendMany('li', 47)
    await poll(office)
    expect(await unreadOf(li.user)).toHaveLength(47)
    const [one] = office.seeyon.unread('li')
    office.seeyon.markRead({ loginName: 'li', messageIds: [one!] })
    await poll(office)
    await poll(office)
    expect(await unreadOf(li.user)).toHaveLength(46)
    await act(li.user, 'read', { filter: {}, through: '9999' })
    await tell(li)
    expect(office.seeyon.unread('li')).toEqual([])
    expect(new Set((await inboxOf(li.user)).map((m) => m.sync))).toEqual(new Set(['synced', 'none']))
  })
})
