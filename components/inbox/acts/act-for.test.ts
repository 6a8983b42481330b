import { describe, expect, it } from 'vitest'
import { aMessage } from '@/lib/client/messages/fixtures/message'
import { actFor } from './act-for'

const now = new Date('2026-11-21T04:00:00Z')
const at = '2026-11-21T03:00:00.000Z'
const later = '2026-11-22T01:00:00.000Z'

describe('actFor', () => {
  it.each([
    ['done', {}, { action: 'done' }],
    ['done', { doneAt: at }, { action: 'undone' }],
    ['star', { starredAt: at }, { action: 'unstar' }],
    ['toggleRead', {}, { action: 'read' }],
    ['toggleRead', { readAt: at }, { action: 'unread' }],
    ['read', { readAt: at }, { action: 'read' }],
    ['snooze', {}, 'choose'],
    ['snooze', { snoozedUntil: at }, 'choose'],
    ['snooze', { snoozedUntil: later }, { action: 'unsnooze' }],
  ] as const)('%s on %o', (wish, over, meant) => {
    expect(actFor(wish, [aMessage(over)], now)).toEqual(meant)
  })

  it('turns back only what all of them are', () => {
    const mixed = [aMessage({ doneAt: at }), aMessage({ id: '2' })]
    expect(actFor('done', mixed, now)).toEqual({ action: 'done' })
    expect(actFor('done', [], now)).toEqual({ action: 'done' })
  })
})
