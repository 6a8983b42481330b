import { describe, expect, it } from 'vitest'
import { aMessage } from '@/lib/client/messages/fixtures/message'
import { rowMarks } from './row-marks'

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
    expect(rowMarks(aMessage(over as Parameters<typeof aMessage>[0]), 'todo')).toEqual(marks)
  })

  it('does not call a copy a copy among copies', () => {
    expect(rowMarks(aMessage({ category: 'cc' }), 'cc')).toEqual([])
  })
})
