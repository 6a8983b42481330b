import { describe, expect, it } from 'vitest'
import { aMessage } from '@/lib/client/messages/fixtures/message'
import { rowMarks } from './row-marks'

const now = new Date('2026-11-21T03:00:00Z')
const [BEFORE, LATER] = ['2026-11-21T02:59:00Z', '2026-11-21T03:01:00Z']

describe('rowMarks', () => {
  it.each([
    ['an ordinary to-do', {}, []],
    ['urged', { marks: ['urge'], urgent: true }, ['urged']],
    ['overdue presses more than urged', { marks: ['urge', 'timeout'], urgent: true }, ['overdue', 'urged']],
    ['important by itself', { urgent: true }, ['urgent']],
    ['sent back', { action: 'flow_auto_back' }, ['sentBack']],
    ['handed on', { action: 'flow_member_transfer' }, ['transferred']],
    ['a copy', { category: 'cc', action: 'flow_cc' }, ['cc']],
    ['an unknown action', { action: 'flow_of_tomorrow' }, []],
    ['at most two', { marks: ['urge', 'timeout'], urgent: true, action: 'flow_back' }, ['overdue', 'urged']],
  ] as const)('%s', (_, over, marks) => {
    expect(rowMarks(aMessage(over as Parameters<typeof aMessage>[0]), 'todo', now)).toEqual(marks)
  })

  it('does not call a copy a copy among copies', () => {
    expect(rowMarks(aMessage({ category: 'cc' }), 'cc', now)).toEqual([])
  })

  it.each([
    ['done', { doneAt: BEFORE }, ['done']],
    ['done, though it was put off', { doneAt: BEFORE, snoozedUntil: LATER }, ['done']],
    ['put off', { snoozedUntil: LATER }, ['snoozed']],
    ['back from being put off', { snoozedUntil: BEFORE }, []],
    ['done comes first', { doneAt: BEFORE, marks: ['urge', 'timeout'] }, ['done', 'overdue']],
    ['in the inbox', {}, []],
  ] as const)('says among all messages which are out of the inbox: %s', (_, over, marks) => {
    const message = aMessage(over as Parameters<typeof aMessage>[0])
    expect(rowMarks(message, 'all', now)).toEqual(marks)
    // Where all are so, and where none is, it is no news.
    for (const view of ['done', 'snoozed', 'todo', '']) {
      expect(rowMarks(message, view, now)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/done|snoozed/)]),
      )
    }
  })
})
