import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Message } from '@/lib/contracts/messages'
import { aMessage, someCounts } from './fixtures/message'
import { findMessages, putChanges, reversed } from './cache'
import { itemsOf, type CachedList } from './list'
import { createMessageRefresh } from './refresh'
import { queryKeys } from '../query-keys'

const at = (minute: number, over: Partial<Message> = {}) =>
  aMessage({
    id: String(minute),
    sentAt: new Date(Date.UTC(2026, 10, 21, 0, minute)).toISOString(),
    ...over,
  })
const todo = { view: 'todo' } as const
const pageOf = (items: Message[], nextCursor: string | null = null) => ({ items, nextCursor, watermark: '5' })

let client: QueryClient
let stop: (() => void)[] = []
const show = (filter: object, items: Message[], nextCursor: string | null = null) => {
  const queryKey = ['messages', 'list', filter]
  client.setQueryData<CachedList>(queryKey, { pages: [pageOf(items, nextCursor)], pageParams: [null] })
  const observer = new QueryObserver(client, { queryKey, staleTime: Infinity })
  stop.push(observer.subscribe(() => {}))
}
const shown = (filter: object) =>
  itemsOf(client.getQueryData<CachedList>(['messages', 'list', filter])).map(({ id }) => id)

/** Answers by address; what a test says may wait. */
const serve = (answer: (address: string) => unknown) => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address)
    return Response.json(await answer(address))
  })
  return asked
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
  client = new QueryClient()
})
afterEach(() => {
  stop.forEach((one) => one())
  stop = []
  client.clear()
  vi.unstubAllGlobals()
})

describe('putChanges', () => {
  it('changes lists, the opened message and the counts, and takes it all back', () => {
    const before = at(2)
    show(todo, [at(3), before, at(1)])
    show({ view: 'done' }, [])
    client.setQueryData(queryKeys.messages.detail('2'), { ...before, text: '全文' })
    const counts = someCounts({ views: { todo: 3, unread: 3, cc: 0, starred: 0, snoozed: 0, done: 0 } })
    client.setQueryData(queryKeys.messages.counts, counts)
    const doneAt = '2026-11-21T05:00:00.000Z'
    const changes = [{ before, after: { ...before, doneAt, readAt: doneAt } }]

    putChanges(client, changes, new Date())
    expect(shown(todo)).toEqual(['3', '1'])
    expect(shown({ view: 'done' })).toEqual(['2'])
    expect(client.getQueryData(queryKeys.messages.detail('2'))).toMatchObject({ doneAt, text: '全文' })
    expect(client.getQueryData(queryKeys.messages.counts)).toMatchObject({
      views: { todo: 2, unread: 2, done: 1 },
    })

    putChanges(client, reversed(changes), new Date())
    expect(shown(todo)).toEqual(['3', '2', '1'])
    expect(shown({ view: 'done' })).toEqual([])
    expect(client.getQueryData(queryKeys.messages.counts)).toMatchObject({ views: counts.views })
  })

  it('finds messages wherever they are kept', () => {
    show(todo, [at(1)])
    client.setQueryData(queryKeys.messages.detail('9'), at(9))
    expect(findMessages(client, ['1', '9', '404']).map(({ id }) => id)).toEqual(['1', '9'])
  })
})

describe('createMessageRefresh', () => {
  it('reads lists on screen and counts in one request each', async () => {
    show(todo, [at(2), at(1)])
    const asked = serve((address) =>
      address.includes('counts') ? someCounts({ todo: 3 }) : pageOf([at(3), at(2), at(1)]),
    )
    createMessageRefresh(client).refresh()
    await vi.waitFor(() => expect(shown(todo)).toEqual(['3', '2', '1']))
    expect(asked.sort()).toEqual(['/api/v1/messages/counts', '/api/v1/messages?view=todo&limit=50'].sort())
    expect(client.getQueryData(queryKeys.messages.counts)).toMatchObject({ todo: 3 })
  })

  it('reads a changed message that stands below what one request covers', async () => {
    show({}, [at(3), at(2), at(1)], 'more')
    const starred = at(1, { starredAt: '2026-11-21T05:00:00.000Z' })
    const detail = { ...starred, text: null, fields: [], changes: [], events: [], syncError: null }
    const asked = serve((address) => {
      if (address.includes('counts')) return someCounts()
      return address.includes('?') ? pageOf([at(3), at(2)], 'next') : detail
    })
    createMessageRefresh(client).refresh(['1', '3', '77'])
    await vi.waitFor(() => expect(findMessages(client, ['1'])[0]?.starredAt).not.toBeNull())
    expect(asked.filter((address) => /messages\/\d/.test(address))).toEqual(['/api/v1/messages/1'])
    expect(shown({})).toEqual(['3', '2', '1'])
  })

  it('drops what was asked for before an act, and reads anew after it', async () => {
    show(todo, [at(2), at(1)])
    let release = () => {}
    let listed = [at(2), at(1)]
    const asked = serve(async (address) => {
      if (address.includes('counts')) return someCounts()
      const answer = pageOf(listed)
      if (asked.length < 3) await new Promise<void>((resolve) => (release = resolve))
      return answer
    })
    const { refresh, during } = createMessageRefresh(client)
    refresh()
    await settled()

    await during(async () => {
      const before = at(2)
      const after = { ...before, doneAt: '2026-11-21T05:00:00.000Z' }
      putChanges(client, [{ before, after }], new Date())
      release()
      await settled()
      await settled()
      expect(shown(todo)).toEqual(['1'])
      listed = [at(1)]
    })
    await vi.waitFor(() => expect(asked.length).toBe(4))
    await settled()
    expect(shown(todo)).toEqual(['1'])
  })

  it('leaves the lists as they are when nothing answers', async () => {
    show(todo, [at(1)])
    const asked = vi.fn(async () => Promise.reject(new TypeError('offline')))
    vi.stubGlobal('fetch', asked)
    createMessageRefresh(client).refresh()
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
    await settled()
    expect(shown(todo)).toEqual(['1'])
  })
})
