import { describe, expect, it } from 'vitest'
import type { Message } from '@/lib/contracts/messages'
import { aMessage } from './fixtures/message'
import { itemsOf, mergeTop, placeMessages, watermarkOf, type CachedList, type ListPage } from './list'

const now = new Date('2026-11-21T12:00:00Z')
/** The n-th minute of the day; the id says the same. */
const at = (minute: number, over: Partial<Message> = {}) =>
  aMessage({
    id: String(1000 + minute),
    sentAt: new Date(Date.UTC(2026, 10, 21, 0, minute)).toISOString(),
    ...over,
  })
const page = (minutes: number[], nextCursor: string | null = null, watermark = '1'): ListPage => ({
  items: minutes.map((minute) => at(minute)),
  nextCursor,
  watermark,
})
const listOf = (...pages: ListPage[]): CachedList => ({
  pages,
  pageParams: pages.map((_, index) => (index === 0 ? null : `p${index}`)),
})
const minutesOf = (list: CachedList) => itemsOf(list).map(({ id }) => Number(id) - 1000)

describe('placeMessages', () => {
  const list = listOf(page([50, 40], 'p1'), page([30, 20], 'p2'))

  it('takes out what the view no longer holds', () => {
    const done = at(40, { doneAt: now.toISOString() })
    expect(minutesOf(placeMessages(list, { view: 'todo' }, [done], now))).toEqual([50, 30, 20])
  })

  it('shows a changed message at its place', () => {
    const starred = at(30, { starredAt: now.toISOString() })
    const next = placeMessages(list, {}, [starred], now)
    expect(minutesOf(next)).toEqual([50, 40, 30, 20])
    expect(itemsOf(next)[2]?.starredAt).not.toBeNull()
  })

  it('moves one that was sent again', () => {
    const again = at(20, { sentAt: at(60).sentAt })
    expect(minutesOf(placeMessages(list, {}, [again], now))).toEqual([20, 50, 40, 30])
  })

  it('puts one back where it was (undo)', () => {
    const gone = placeMessages(list, {}, [at(40, { doneAt: now.toISOString() })], now)
    expect(minutesOf(placeMessages(gone, {}, [at(40)], now))).toEqual([50, 40, 30, 20])
  })

  it('does not show what stands below the part that is loaded', () => {
    expect(placeMessages(list, {}, [at(5)], now)).toEqual(list)
    expect(minutesOf(placeMessages(listOf(page([50])), {}, [at(5)], now))).toEqual([50, 5])
  })

  it('leaves a list alone that the message does not belong to', () => {
    expect(placeMessages(list, { connector: 'other' }, [at(45)], now)).toBe(list)
  })

  it('asks only the view of one that is there: the server may match words more widely', () => {
    const read = at(40, { readAt: now.toISOString() })
    expect(minutesOf(placeMessages(list, { form: '采购' }, [read], now))).toEqual([50, 40, 30, 20])
  })
})

describe('mergeTop', () => {
  const list = listOf(page([50, 40], 'p1', '1'), page([30, 20], 'p2', '2'))

  it('adds what is new and keeps what lies below', () => {
    const merged = mergeTop(list, page([60, 50, 40], 'top', '9'))
    expect(minutesOf(merged)).toEqual([60, 50, 40, 30, 20])
    expect(merged.pageParams).toEqual([null, 'top'])
    expect(merged.pages.at(-1)?.nextCursor).toBe('p2')
    expect(watermarkOf(merged)).toBe('9')
  })

  it('drops what the new answer covers but no longer holds', () => {
    expect(minutesOf(mergeTop(list, page([50, 30], 'top')))).toEqual([50, 30, 20])
  })

  it('begins again when the answer does not reach down to what is loaded', () => {
    const merged = mergeTop(list, page([99, 98], 'top'))
    expect(minutesOf(merged)).toEqual([99, 98])
    expect(merged.pages).toHaveLength(1)
  })

  it('is the answer when there is no more', () => {
    expect(minutesOf(mergeTop(list, page([50])))).toEqual([50])
    expect(minutesOf(mergeTop(list, page([])))).toEqual([])
  })

  it('shows a message once that moved up', () => {
    const top: ListPage = { ...page([], 'top'), items: [at(20, { sentAt: at(70).sentAt }), at(50), at(40)] }
    expect(minutesOf(mergeTop(list, top))).toEqual([20, 50, 40, 30])
  })
})
