import { describe, expect, it } from 'vitest'
import { ConnectorError } from '../../contract'
import { failureOf } from '../test-context'
import { readPages, type ReadPage } from './pages'

const v6 = (pageSize = 20) => ({ paging: 'v6' as const, pageSize })
const legacy = { paging: 'legacy' as const, pageSize: 20 }
const down = new ConnectorError('unavailable', { 'zh-CN': '连不上', en: 'down' })

const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ id: String(from + index) }))
const ids = (list: { id: string }[]) => list.map(({ id }) => Number(id))
const range = (from: number, to: number) => ids(rows(from, to))

/** A server with `total` messages; `cap` is the most rows it gives at once. */
function serverWith(total: number, { cap = Infinity, offsetByAsked = false } = {}) {
  const asked: string[] = []
  const read: ReadPage = (query) => {
    const { pageNo, pageSize, ispage } = query
    asked.push(ispage === undefined ? `${pageNo}×${pageSize}` : `ispage=${ispage}`)
    const wanted = Number(pageSize ?? 20)
    const size = Math.min(wanted, cap)
    const from = (Number(pageNo ?? 1) - 1) * (offsetByAsked ? wanted : size)
    return Promise.resolve(rows(1, total).slice(from, from + size))
  }
  return { read, asked }
}

/** A server before V6.0: pageNo and pageSize mean nothing to it. */
const oldServer =
  (total: number): ReadPage =>
  ({ ispage }) =>
    Promise.resolve(rows(1, total).slice(0, ispage === 'false' ? total : 20))

/** Answers one given page after the other. */
function pagesOf(...pages: (unknown[] | ConnectorError)[]): ReadPage {
  return () => {
    const page = pages.shift() ?? []
    return page instanceof ConnectorError ? Promise.reject(page) : Promise.resolve(page)
  }
}

describe('a server that pages', () => {
  it.each([
    [0, ['1×20']],
    [1, ['1×20']],
    [19, ['1×20']],
    [20, ['1×20', '2×20']],
    [21, ['1×20', '2×20']],
    [45, ['1×20', '2×20', '3×20']],
  ])('is read to the end with %i messages', async (total, expected) => {
    const { read, asked } = serverWith(total)
    const scan = await readPages(read, v6())
    expect(ids(scan.rows)).toEqual(range(1, total))
    expect(scan).toMatchObject({ complete: true })
    expect(scan.error).toBeUndefined()
    expect(asked).toEqual(expected)
  })

  it.each([
    [100, {}],
    [120, { cap: 50 }],
    [120, { cap: 50, offsetByAsked: true }],
    [50, { cap: 50 }],
    [33, { cap: 20 }],
    [250, { cap: 100, offsetByAsked: true }],
  ])('is read to the end with %i messages where it cuts pages: %j', async (total, server) => {
    const scan = await readPages(serverWith(total, server).read, v6(200))
    expect(ids(scan.rows)).toEqual(range(1, total))
    expect(scan.complete).toBe(true)
  })

  it('is asked once where little is unread, whatever the page size', async () => {
    const { read, asked } = serverWith(7)
    await readPages(read, v6(200))
    expect(asked).toEqual(['1×200'])
  })

  it('is not asked without end', async () => {
    let next = 0
    const scan = await readPages(() => Promise.resolve([{ id: String(++next) }]), v6(1))
    expect(scan.rows).toHaveLength(500)
    expect(scan).toMatchObject({ complete: false, error: { kind: 'misconfigured' } })
  })
})

describe('a list that moves', () => {
  it('gives each message once where new ones pushed it on, in its latest state', async () => {
    const moved = [{ id: '20', isRead: true }, ...rows(21, 30)]
    const scan = await readPages(pagesOf(rows(1, 20), moved), v6())
    expect(ids(scan.rows)).toEqual(range(1, 30))
    expect(scan.rows[19]?.isRead).toBe(true)
    expect(scan.complete).toBe(true)
  })

  it('is complete where the last page is short and holds nothing new', async () => {
    const scan = await readPages(pagesOf(rows(1, 20), rows(18, 20)), v6())
    expect(scan).toMatchObject({ complete: true })
    expect(scan.rows).toHaveLength(20)
  })
})

describe('a server that does not page', () => {
  it('is told by a page that repeats the one before, and is not complete', async () => {
    const scan = await readPages(oldServer(35), v6())
    expect(ids(scan.rows)).toEqual(range(1, 20))
    expect(scan).toMatchObject({ complete: false, error: { kind: 'misconfigured' } })
    expect(scan.error?.detail['zh-CN']).toContain('V6.0 之前')
  })

  it.each([5, 100])('is told with page size %i as well', async (pageSize) => {
    const scan = await readPages(oldServer(35), v6(pageSize))
    expect(scan).toMatchObject({ complete: false, error: { kind: 'misconfigured' } })
    expect(scan.rows).toHaveLength(20)
  })

  it('is complete where everything fits a page', async () => {
    expect((await readPages(oldServer(12), v6())).complete).toBe(true)
  })

  it.each([0, 12, 20, 35, 400])('gives all of %i messages with the older way', async (total) => {
    const scan = await readPages(oldServer(total), legacy)
    expect(ids(scan.rows)).toEqual(range(1, total))
    expect(scan.complete).toBe(true)
  })

  it.each([20, 45])('that does page after all is read to the end the older way too: %i', async (total) => {
    const scan = await readPages(serverWith(total).read, legacy)
    expect(ids(scan.rows)).toEqual(range(1, total))
    expect(scan.complete).toBe(true)
  })
})

describe('what goes wrong', () => {
  it('on the first page is thrown', async () => {
    expect(await failureOf(readPages(pagesOf(down), v6()))).toBe(down)
    expect(await failureOf(readPages(pagesOf(down), legacy))).toBe(down)
  })

  it('on a later page keeps what was read', async () => {
    const scan = await readPages(pagesOf(rows(1, 20), rows(21, 40), down), v6())
    expect(ids(scan.rows)).toEqual(range(1, 40))
    expect(scan).toMatchObject({ complete: false, error: down })
  })

  it('in this code is not hidden', async () => {
    const broken: ReadPage = () => Promise.reject(new TypeError('x is not a function'))
    await expect(readPages(broken, v6())).rejects.toThrow(TypeError)
  })

  it.each([
    [null],
    ['text'],
    [[]],
    [{}],
    [{ id: null }],
    [{ id: 'abc' }],
    [{ id: '6.67E+18' }],
    [{ id: '99999999999999999999' }],
    [{ id: { a: 1 } }],
  ])('with a row %j leaves it out and concludes nothing from it', async (bad) => {
    const scan = await readPages(pagesOf([{ id: '1' }, bad, { id: '2' }]), v6())
    expect(ids(scan.rows)).toEqual([1, 2])
    expect(scan).toMatchObject({ complete: false, error: { kind: 'refused' } })
  })
})

it('stops early when that is enough, asked after each page with what it gave', async () => {
  const { read, asked } = serverWith(100)
  const seen: number[][] = []
  const scan = await readPages(read, v6(), {
    enough: async ({ rows, page }) => (seen.push(ids(page)), rows.length >= 40),
  })
  expect(scan).toMatchObject({ complete: true })
  expect(asked).toHaveLength(2)
  expect(seen).toEqual([range(1, 20), range(21, 40)])
})

describe('pages', () => {
  it.each([
    [0, 1],
    [20, 1],
    [60, 3],
    [61, 4],
    [300, 15],
  ])(
    'of the ordinary size are counted: %i messages are %i, however large those asked for',
    async (n, pages) => {
      for (const pageSize of [20, 100]) {
        const { read, asked } = serverWith(n)
        expect((await readPages(read, v6(), { pageSize })).pages).toBe(pages)
        expect(asked[0]).toBe(`1×${pageSize}`)
      }
    },
  )

  it('are those of the server where it cuts them', async () => {
    const { read } = serverWith(130, { cap: 20 })
    expect((await readPages(read, v6(100))).pages).toBe(7)
    expect((await readPages(read, v6(40), { pageSize: 200 })).pages).toBe(7)
  })

  it.each([0, 20, 400])('are one for a list of %i that is always given whole', async (total) => {
    expect((await readPages(oldServer(total), legacy)).pages).toBe(1)
  })
})

describe('the order', () => {
  const at = (...times: unknown[]) => times.map((creationDate, i) => ({ id: `${i + 1}`, creationDate }))
  it.each([
    [at(), true],
    [at(9), true],
    [at(9, 9, '7', 3), true],
    [at(3, 9), false],
    [at(9, undefined, 3), false],
    [[...at(9, 7), { id: 'no id', creationDate: 99 }], true],
  ])('of %j is from new to old: %s', async (page, expected) => {
    expect((await readPages(pagesOf(page), v6())).newestFirst).toBe(expected)
  })

  it('is judged over all pages, but not by what a moving list repeats', async () => {
    const page = (from: number) =>
      rows(from, from + 19).map(({ id }) => ({ id, creationDate: 1_000 - Number(id) }))
    const moved = await readPages(pagesOf(page(1), page(18), []), v6())
    expect(moved.newestFirst).toBe(true)
    expect((await readPages(pagesOf(page(21), page(1), []), v6())).newestFirst).toBe(false)
  })
})

it('knows an id in all its spellings as one', async () => {
  const scan = await readPages(pagesOf([{ id: 7 }, { id: '7' }, { id: ' 007 ' }, { id: '-7' }]), v6())
  expect(scan.rows.map(({ id }) => id)).toEqual(['7', '-7'])
})
