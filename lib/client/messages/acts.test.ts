import { describe, expect, it } from 'vitest'
import { aMessage, someCounts } from './fixtures/message'
import { afterAct, countsAfter } from './acts'

const now = new Date('2026-11-21T04:00:00Z')
const at = now.toISOString()

describe('afterAct', () => {
  it('reads, and begins to tell the system where it can be told', () => {
    expect(afterAct(aMessage(), { action: 'read' }, now, true)).toMatchObject({ readAt: at, sync: 'pending' })
    expect(afterAct(aMessage(), { action: 'read' }, now, false)).toMatchObject({ readAt: at, sync: 'none' })
  })

  it('does not tell twice what the system knows', () => {
    const known = aMessage({ sync: 'synced' })
    expect(afterAct(known, { action: 'read' }, now, true).sync).toBe('synced')
  })

  it('done reads as well; undone does not unread', () => {
    const done = afterAct(aMessage(), { action: 'done' }, now, true)
    expect(done).toMatchObject({ doneAt: at, doneBy: 'user', readAt: at, sync: 'pending' })
    expect(afterAct(done, { action: 'undone' }, now, true)).toMatchObject({
      doneAt: null,
      doneBy: null,
      readAt: at,
    })
  })

  it('unread is local: what the system was told stays told', () => {
    const read = aMessage({ readAt: at, sync: 'synced' })
    expect(afterAct(read, { action: 'unread' }, now, true)).toMatchObject({ readAt: null, sync: 'synced' })
  })

  it('snoozes until, and wakes', () => {
    const until = '2026-11-22T01:00:00.000Z'
    const asleep = afterAct(aMessage(), { action: 'snooze', until }, now, true)
    expect(asleep.snoozedUntil).toBe(until)
    expect(afterAct(asleep, { action: 'unsnooze' }, now, true).snoozedUntil).toBeNull()
  })

  it('retries only what failed', () => {
    expect(afterAct(aMessage({ sync: 'failed' }), { action: 'retry' }, now, true).sync).toBe('pending')
    const synced = aMessage({ sync: 'synced' })
    expect(afterAct(synced, { action: 'retry' }, now, true)).toBe(synced)
  })

  it.each(['read', 'done', 'star'] as const)('%s twice changes nothing the second time', (action) => {
    const once = afterAct(aMessage(), { action }, now, true)
    expect(afterAct(once, { action }, new Date(now.getTime() + 1), true)).toBe(once)
  })
})

describe('countsAfter', () => {
  const connection = aMessage().connectionId
  const counts = someCounts({
    views: { todo: 2, unread: 2, cc: 0, starred: 0, snoozed: 0, done: 5 },
    unread: 2,
    todo: 2,
    byConnector: { forms: 2 },
    byConnection: { [connection]: 2 },
    connections: [{ id: connection, connector: 'forms', name: '总部', failingSince: null }],
  })
  const change = (action: Parameters<typeof afterAct>[1]['action']) => {
    const before = aMessage()
    return { before, after: afterAct(before, { action }, now, true) }
  }

  it('moves a message from the views it leaves to those it enters', () => {
    expect(countsAfter(counts, [change('done')], now)).toEqual({
      ...counts,
      views: { todo: 1, unread: 1, cc: 0, starred: 0, snoozed: 0, done: 6 },
      unread: 1,
      todo: 1,
      byConnector: { forms: 1 },
      byConnection: { [connection]: 1 },
    })
  })

  it('is undone by the same changes the other way round', () => {
    const { before, after } = change('done')
    const there = countsAfter(counts, [{ before, after }], now)
    expect(countsAfter(there, [{ before: after, after: before }], now)).toEqual(counts)
  })

  it('never goes below zero', () => {
    expect(countsAfter(someCounts(), [change('read')], now).unread).toBe(0)
  })
})
