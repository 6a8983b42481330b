import { describe, expect, it } from 'vitest'
import { aMessage } from '@/lib/client/messages/fixtures/message'
import { rowText } from '../row/row-text'
import { excerptOf } from './row-excerpt'

const excerpt = (over: Parameters<typeof aMessage>[0], ...needles: string[]) => {
  const message = aMessage(over)
  return excerptOf(message, rowText(message), needles)
}

describe('excerptOf', () => {
  it('is not needed where the row shows what was found', () => {
    expect(excerpt({}, '采购', '待办')).toBeNull()
  })

  it('shows the sender that was found', () => {
    expect(excerpt({ sender: '李四' }, '李四')).toBe('李四')
  })

  it('shows the text around what was found', () => {
    const preview = '申请人: 小云 金额: ¥12,300 用途: 为新同事添置显示器和键盘'
    expect(excerpt({ preview }, '显示器')).toBe('…0 用途: 为新同事添置显示器和键盘')
    expect(excerpt({ preview: '用途: 显示器' }, '显示器')).toBe('用途: 显示器')
    expect(excerpt({ sender: '李四', preview: '用途: 显示器' }, '李四', '显示器')).toBe('李四 · 用途: 显示器')
  })

  it('has nothing to show of what is not in sight', () => {
    expect(excerpt({}, '没有')).toBeNull()
    expect(excerpt({ preview: null }, '没有')).toBeNull()
  })
})
