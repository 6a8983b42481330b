import { describe, expect, it } from 'vitest'
import { compareMessages, filterHolds, viewHolds, type MessageView } from './filter'
import { aMessage } from './fixtures/message'

const now = new Date('2026-11-21T04:00:00Z')
const later = '2026-11-22T01:00:00.000Z'
const earlier = '2026-11-21T01:00:00.000Z'
const VIEWS: MessageView[] = ['inbox', 'todo', 'unread', 'all', 'cc', 'starred', 'snoozed', 'done']
const viewsOf = (over: Parameters<typeof aMessage>[0]) =>
  VIEWS.filter((view) => viewHolds(view, aMessage(over), now))

describe('viewHolds', () => {
  it.each([
    ['a new to-do', {}, ['inbox', 'todo', 'unread', 'all']],
    ['a read copy', { category: 'cc', readAt: earlier }, ['inbox', 'all', 'cc']],
    [
      'a starred notice',
      { category: 'notice', starredAt: earlier, readAt: earlier },
      ['inbox', 'all', 'starred'],
    ],
    ['asleep: nowhere but there and in all', { snoozedUntil: later, starredAt: earlier }, ['all', 'snoozed']],
    ['awake again', { snoozedUntil: earlier }, ['inbox', 'todo', 'unread', 'all']],
    ['done beats asleep', { doneAt: earlier, snoozedUntil: later }, ['all', 'done']],
  ] as const)('%s', (_, over, views) => {
    expect(viewsOf(over)).toEqual(views)
  })
})

describe('filterHolds', () => {
  const message = aMessage({ sender: '张三', urgent: true })
  it.each([
    [{}, true],
    [{ connector: 'forms', form: '采购申请', sender: '张三', type: 'flow_message', urgent: true }, true],
    [{ connector: 'other' }, false],
    [{ form: '采购' }, false],
    [{ sender: '李四' }, false],
    [{ category: 'cc' }, false],
    [{ urgent: false }, false],
    [{ thread: message.threadId }, true],
    [{ after: message.sentAt }, true],
    [{ before: message.sentAt }, false],
    [{ view: 'done' }, false],
    [{ view: 'all', q: '采购' }, false],
  ] as const)('%o: %s', (filter, held) => {
    expect(filterHolds(filter, message, now)).toBe(held)
  })
})

describe('compareMessages', () => {
  it('puts the newest first, then the greater id, however long it is', () => {
    const at = (id: string, sentAt = earlier) => aMessage({ id, sentAt })
    const sorted = [at('9'), at('9007199254740993'), at('10'), at('1', later), at('9007199254740992')]
    sorted.sort(compareMessages)
    expect(sorted.map(({ id }) => id)).toEqual(['1', '9007199254740993', '9007199254740992', '10', '9'])
  })

  it('compares moments, not spellings of them', () => {
    const a = aMessage({ sentAt: '2026-11-21T10:00:00+08:00' })
    const b = aMessage({ sentAt: '2026-11-21T03:00:00.000Z' })
    expect(compareMessages(a, b)).toBeGreaterThan(0)
  })
})
