import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSeeyon, type FaultKind, type SeeyonSimulator } from '@/simulators/seeyon'
import type { Scan, ScanBounds, ScanPlan } from '../../contract'
import type { SeeyonSettings } from '../settings'
import { contextOf, failureOf } from '../test-context'
import { scanAll, scanUnread } from './scan'

const ZHANG = '-8361687019900091749'
const SAMPLE = '-6675423597613201249'
let server: SeeyonSimulator

beforeEach(async () => {
  server = await startSeeyon({ members: [{ loginName: 'zhangsan', name: '张三', id: ZHANG }] })
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

const ALL = { depth: 'all' } as const
const scan = (change: Partial<SeeyonSettings> = {}, plan: ScanPlan = ALL) =>
  scanUnread(contextOf(server, change), ZHANG, plan)
const ids = ({ items }: Scan) => items.map(({ externalId }) => externalId)

describe('unread', () => {
  it.each([0, 1, 20, 45])('gives all of %i messages, each id with all its digits', async (count) => {
    server.sendMany('zhangsan', count)
    const found = await scan()
    expect(found.complete).toBe(true)
    expect(ids(found)).toEqual(server.unread('zhangsan'))
    for (const id of ids(found)) expect(id).toMatch(/^-?\d{15,19}$/)
  })

  it('gives the sample of the vendor’s page as it is', async () => {
    server.send('zhangsan', { id: SAMPLE, linkType: 'message.link.inq.alreadyauditing', from: 'zhangsan' })
    const [item] = (await scan()).items
    expect(item).toMatchObject({
      externalId: SAMPLE,
      read: false,
      content: { category: 'notice', type: '10' },
    })
  })

  it.each(['null', 'array'] as const)('is complete and empty for %s', async (emptyList) => {
    server.configure({ emptyList })
    expect(await scan()).toEqual({ complete: true, items: [], pages: 1, newestFirst: true })
  })

  it('is not empty for nothing at all', async () => {
    server.configure({ emptyList: 'nothing' })
    expect((await failureOf(scan())).kind).toBe('unavailable')
  })

  it.each([
    ['numbers as text', (rows: string) => rows.replace(/(:)(-?\d{10,})/g, '$1"$2"')],
    ['rows within data', (rows: string) => `{"data":${rows},"page":1,"size":20,"total":1,"code":0}`],
    ['a byte order mark', (rows: string) => `\uFEFF${rows}`],
  ])('takes %s', async (_, changed) => {
    const row = `[{"id":${SAMPLE},"creationDate":1397631785000,"isRead":false}]`
    server.fault({ kind: 'custom', endpoint: 'unread', type: 'application/json', body: changed(row) })
    const found = await scan()
    expect(found).toMatchObject({ complete: true, items: [{ externalId: SAMPLE }] })
    expect(found.items[0]?.content.sentAt.getTime()).toBe(1397631785000)
  })

  it('gives every row of a page with its id, however it is written', async () => {
    const body = readFileSync(new URL('../fixtures/page-mixed.json', import.meta.url), 'utf8')
    server.fault({ kind: 'custom', endpoint: 'unread', type: 'application/json', body })
    const expected = ['-6208158811057140087', '9223372036854775807', '-1', '12', '13']
    expect(ids(await scan())).toEqual(expected)
  })

  it('survives control characters in texts', async () => {
    server.send('zhangsan', { messageContent: '第一行' })
    server.fault({ kind: 'controlCharacters', endpoint: 'unread' })
    const found = await scan()
    expect(found.complete).toBe(true)
    expect(found.items[0]?.content.title).toBe('第一行')
  })
})

const SAYS_NOTHING = [
  ...([
    'status500',
    'badGateway',
    'loginPage',
    'emptyBody',
    'cutJson',
    'cutTransfer',
    'errorObject',
  ] as const),
  ...(['reset', 'redirect', 'hugeBody'] as const),
] satisfies FaultKind[]

describe('an error is never an empty list', () => {
  it.each([...SAYS_NOTHING, 'invalidToken', 'code1010'] as const)('on the first page: %s', async (kind) => {
    server.sendMany('zhangsan', 3)
    server.fault({ kind, endpoint: 'unread' })
    const expected = kind === 'invalidToken' || kind === 'code1010' ? 'unauthorized' : 'unavailable'
    expect((await failureOf(scan())).kind).toBe(expected)
  })

  it.each([...SAYS_NOTHING, 'invalidToken', 'code1010'] as const)('on the second page: %s', async (kind) => {
    server.sendMany('zhangsan', 45)
    server.fault({ kind, endpoint: 'unread', skip: 1 })
    const found = await scan()
    expect(found.complete).toBe(false)
    expect(ids(found)).toEqual(server.unread('zhangsan').slice(0, 20))
    expect(found.error?.kind).toBe(
      kind === 'invalidToken' || kind === 'code1010' ? 'unauthorized' : 'unavailable',
    )
  })

  it.each([
    'false',
    '0',
    '""',
    '{}',
    '{"data":null}',
    '{"code":500,"data":[]}',
    '{"success":false,"data":[]}',
    'nul',
    '[{"id":1}',
  ])('a body %s', async (body) => {
    server.fault({ kind: 'custom', endpoint: 'unread', type: 'application/json', body })
    expect((await failureOf(scan())).kind).toBe('unavailable')
  })

  it.each([
    [403, 'text/plain', '没有授权', 'refused'],
    [404, 'text/html', '<html>404</html>', 'unavailable'],
    [429, 'text/plain', 'slow down', 'unavailable'],
    [204, 'text/plain', '', 'unavailable'],
    [200, 'application/xml', '<UserHistoryMessages/>', 'unavailable'],
  ])('status %i with %s', async (status, type, body, kind) => {
    server.fault({ kind: 'custom', endpoint: 'unread', status, type, body })
    expect((await failureOf(scan())).kind).toBe(kind)
  })

  it('and no answer at all ends in time', async () => {
    const context = contextOf(server)
    await scanUnread(context, ZHANG, ALL)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    server.fault({ kind: 'hang', endpoint: 'unread' })
    const failed = failureOf(scanUnread(context, ZHANG, ALL))
    while (server.state().faults[0]?.hits !== 1) await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(15_000)
    expect((await failed).kind).toBe('unavailable')
  })

  it('names what Seeyon says, but neither tokens nor pages', async () => {
    server.fault({ kind: 'errorObject', endpoint: 'unread' })
    expect((await failureOf(scan())).detail['zh-CN']).toContain('系统繁忙')
  })
})

describe('a list that moves during the scan', () => {
  it('pushed on by new messages is given without doubles', async () => {
    server.sendMany('zhangsan', 40)
    const before = server.unread('zhangsan')
    server.afterPage({ page: 1 }, () => server.sendMany('zhangsan', 3))
    const found = await scan()
    expect(ids(found)).toEqual(before)
    expect(found.complete).toBe(true)
  })

  it('pulled up by reading skips rows, which the next scan gives', async () => {
    server.sendMany('zhangsan', 40)
    const before = server.unread('zhangsan')
    server.afterPage({ page: 1 }, () => {
      server.markRead({ loginName: 'zhangsan', messageIds: before.slice(0, 2) })
    })
    const found = ids(await scan())
    expect(before.filter((id) => !found.includes(id))).toEqual(before.slice(20, 22))
    expect(ids(await scan())).toEqual(before.slice(2))
  })
})

describe('a server before V6.0', () => {
  beforeEach(() => {
    server.configure({ paging: 'legacy' })
    server.sendMany('zhangsan', 35)
  })

  it('is told by its repeated page', async () => {
    const found = await scan()
    expect(found).toMatchObject({ complete: false, error: { kind: 'misconfigured' } })
    expect(found.items).toHaveLength(20)
  })

  it('gives everything when the setting says so', async () => {
    const found = await scan({ paging: 'legacy' })
    expect(ids(found)).toEqual(server.unread('zhangsan'))
    expect(found.complete).toBe(true)
  })

  it('is told as well where a page is repeated once', async () => {
    server.configure({ paging: 'v6' })
    server.fault({ kind: 'repeatedPage', endpoint: 'unread', skip: 1, count: 1 })
    expect((await scan()).complete).toBe(false)
    expect((await scan()).complete).toBe(true)
  })
})

describe('a server with its own limits', () => {
  it.each([20, 50])('is read whole where a page holds at most %i', async (maxPageSize) => {
    server.configure({ maxPageSize })
    server.sendMany('zhangsan', 130)
    const found = await scan({ pageSize: 200 })
    expect(ids(found)).toEqual(server.unread('zhangsan'))
    expect(found.complete).toBe(true)
  })
})

describe('how deep', () => {
  const asked = () =>
    server
      .log()
      .filter(({ endpoint }) => endpoint === 'unread')
      .map(({ path }) => `${/pageNo=(\d+)/.exec(path)?.[1]}×${/pageSize=(\d+)/.exec(path)?.[1]}`)
  const newsBut = (known: Iterable<string>): ScanPlan => {
    const held = new Set(known)
    return { depth: 'news', areKnown: async (page) => new Set(page.filter((id) => held.has(id))) }
  }

  it('all: every page, of the size in the settings', async () => {
    server.sendMany('zhangsan', 70)
    expect(await scan()).toMatchObject({ complete: true, pages: 4, newestFirst: true })
    expect(asked()).toEqual(['1×20', '2×20', '3×20', '4×20'])
  })

  it.each([
    [20, ['1×100', '2×100', '3×100', '4×100'], 15],
    [60, ['1×200', '2×200'], 5],
    [200, ['1×200', '2×200'], 2],
    [1, Array.from({ length: 61 }, (_, i) => `${i + 1}×5`), 300],
  ])('all_large: every page, five times as large as %i, at most 200', async (pageSize, expected, pages) => {
    server.sendMany('zhangsan', 300)
    const found = await scan({ pageSize }, { depth: 'all_large' })
    expect(found).toMatchObject({ complete: true, pages })
    expect(found.items).toHaveLength(300)
    expect(asked()).toEqual(expected)
  })

  describe('news', () => {
    let known: string[]
    beforeEach(() => {
      for (let age = 300; age > 0; age--) server.send('zhangsan', { creationDate: Date.now() - age * 60_000 })
      known = server.unread('zhangsan')
    })

    it('of which there are none: one page, of which nothing is concluded and nothing complained', async () => {
      const found = await scan({}, newsBut(known))
      expect(found).toMatchObject({ complete: false })
      expect(found.error).toBeUndefined()
      expect(asked()).toEqual(['1×20'])
    })

    it('of which there are 25: on while a page holds any', async () => {
      server.sendMany('zhangsan', 25)
      const found = await scan({}, newsBut(known))
      expect(ids(found).slice(0, 25)).toEqual(server.unread('zhangsan').slice(0, 25))
      expect(asked()).toEqual(['1×20', '2×20', '3×20'])
    })

    it('read to the end after all is complete', async () => {
      server.markRead({ loginName: 'zhangsan', messageIds: known.slice(30) })
      expect(await scan({}, newsBut(known.slice(0, 10)))).toMatchObject({ complete: true, pages: 2 })
    })

    it('are not looked for page by page where the list does not run from new to old', async () => {
      server.configure({ order: 'oldest' })
      const found = await scan({}, newsBut(known))
      expect(found).toMatchObject({ complete: true, newestFirst: false })
      expect(found.items).toHaveLength(300)
    })

    it('keep what was read before an error, and the error', async () => {
      server.sendMany('zhangsan', 40)
      server.fault({ kind: 'status500', endpoint: 'unread', skip: 1 })
      const found = await scan({}, newsBut(known))
      expect(found).toMatchObject({ complete: false, error: { kind: 'unavailable' } })
      expect(found.items).toHaveLength(20)
    })

    it('fail with what cannot say what is known', async () => {
      const areKnown = () => Promise.reject(new Error('the database is away'))
      await expect(scan({}, { depth: 'news', areKnown })).rejects.toThrow('the database is away')
    })
  })

  it('a list given whole is one page and always whole', async () => {
    server.configure({ paging: 'legacy' })
    server.sendMany('zhangsan', 90)
    for (const plan of [ALL, { depth: 'all_large' } as const, newsBut(server.unread('zhangsan'))]) {
      expect(await scan({ paging: 'legacy' }, plan)).toMatchObject({ complete: true, pages: 1 })
    }
    expect(asked()).toHaveLength(3)
  })
})

describe('all', () => {
  const DAY = 86_400_000
  const start = Date.parse('2025-11-01T00:00:00Z')
  const day = (index: number) => new Date(start + index * DAY)
  const all = (bounds: ScanBounds, change: Partial<SeeyonSettings> = {}) =>
    scanAll(contextOf(server, change), ZHANG, bounds)
  const pagesAsked = () => server.log().filter(({ endpoint }) => endpoint === 'all').length

  beforeEach(() => {
    for (let index = 0; index < 100; index++) {
      server.send('zhangsan', { creationDate: day(index).getTime(), isRead: index % 2 === 0 })
    }
  })

  it.each(['newest', 'oldest'] as const)(
    'gives what is within the bounds, newest first (%s first)',
    async (order) => {
      server.configure({ order })
      const found = await all({ limit: 1_000, since: day(90) })
      expect(found.complete).toBe(true)
      expect(found.items.map(({ content }) => content.sentAt)).toEqual(
        [99, 98, 97, 96, 95, 94, 93, 92, 91, 90].map(day),
      )
      expect(found.items.map(({ read }) => read)).toEqual(
        [99, 98, 97, 96, 95, 94, 93, 92, 91, 90].map((i) => i % 2 === 0),
      )
      expect(pagesAsked()).toBe(order === 'newest' ? 1 : 6)
    },
  )

  it('gives no more than the limit, the newest of all', async () => {
    for (const order of ['newest', 'oldest'] as const) {
      server.configure({ order })
      const found = await all({ limit: 25, since: day(0) })
      expect(found.items.map(({ content }) => content.sentAt)).toEqual(
        Array.from({ length: 25 }, (_, i) => day(99 - i)),
      )
    }
    expect(pagesAsked()).toBe(2 + 6)
  })

  describe('until a whole page is known', () => {
    const knownFrom = (first: number) => async (page: string[]) => {
      const held = new Set(
        server
          .messages('zhangsan')
          .slice(0, 100 - first)
          .map(({ id }) => id),
      )
      return new Set(page.filter((id) => held.has(id)))
    }
    const bounds = { limit: 1_000, since: day(0) }

    it.each([
      [0, 1],
      [1, 2],
      [20, 2],
      [21, 3],
    ])('with %i new ones reads %i pages, and is not complete', async (fresh, pages) => {
      const found = await all({ ...bounds, areKnown: knownFrom(fresh) })
      expect(found.complete).toBe(false)
      expect(found.error).toBeUndefined()
      expect(found.items).toHaveLength(pages * 20)
      expect(pagesAsked()).toBe(pages)
    })

    it('not on trust: a list from old to new is read whole', async () => {
      server.configure({ order: 'oldest' })
      const found = await all({ ...bounds, areKnown: knownFrom(0) })
      expect(found).toMatchObject({ complete: true, newestFirst: false })
      expect(pagesAsked()).toBe(6)
    })

    it('keeps to the other bounds', async () => {
      const found = await all({ limit: 5, since: day(0), areKnown: async () => new Set() })
      expect(found).toMatchObject({ complete: true })
      expect(found.items).toHaveLength(5)
      expect(pagesAsked()).toBe(1)
    })
  })

  it('keeps what was read before an error', async () => {
    server.fault({ kind: 'status500', endpoint: 'all', skip: 2 })
    const found = await all({ limit: 1_000, since: day(0) })
    expect(found).toMatchObject({ complete: false, error: { kind: 'unavailable' } })
    expect(found.items).toHaveLength(40)
  })
})

it.each(['', 'zhangsan', '6.67E+18', '1/../2', '../../token', '99999999999999999999'])(
  'never asks for a member id like %j',
  async (id) => {
    await expect(async () => scanUnread(contextOf(server), id, ALL)).rejects.toMatchObject({
      kind: 'misconfigured',
    })
    expect(server.log()).toEqual([])
  },
)
