import { describe, expect, it } from 'vitest'
import { parseSearch } from './search-query'

const empty = { words: [], from: [], form: [], before: null, after: null, is: [] }

describe('parseSearch', () => {
  it.each([
    ['采购 申请', { words: ['采购', '申请'] }],
    ['from:小云 发送人：张三', { from: ['小云', '张三'] }],
    ['form:"请假 审批" 病假', { form: ['请假 审批'], words: ['病假'] }],
    ['after:2026-11-01 before:2026-11-30', { after: '2026-11-01', before: '2026-11-30' }],
    ['is:unread is:URGENT', { is: ['unread', 'urgent'] }],
    // What only looks like an operator is searched for as it stands.
    ['is:whatever before:2026-02-30', { words: ['is:whatever', 'before:2026-02-30'] }],
    ['合同:A-1 https://x', { words: ['合同:A-1', 'https://x'] }],
    ['"未结束', { words: ['未结束'] }],
    ['  from: ', { words: ['from:'] }],
  ])('reads %s', (text, expected) => {
    expect(parseSearch(text)).toEqual({ ...empty, ...expected })
  })
})
