import { describe, expect, it } from 'vitest'
import { aMessage } from '@/lib/client/messages/fixtures/message'
import { rowText } from './row-text'

const polled = (over: Parameters<typeof aMessage>[0]) =>
  aMessage({ plainTitle: false, lead: [], preview: null, ...over })

describe('rowText', () => {
  it('leads with form and first values where the title is a standing text', () => {
    expect(rowText(aMessage())).toEqual({ first: '采购申请 · 小云 · ¥12,300', second: '有新的流程待办事项' })
  })

  it('leads with the title where it says something', () => {
    const message = polled({ title: '库存警告', subtitle: '库存统计', preview: '预警来源：库存应用' })
    expect(rowText(message)).toEqual({ first: '库存警告', second: '库存统计 · 预警来源：库存应用' })
  })

  it('does not say twice what the title says', () => {
    const title = '张三发起调查《调查样式1》'
    const message = polled({ title, subtitle: '调查', sender: '张三', preview: `${title}，请填写` })
    expect(rowText(message)).toEqual({ first: title, second: '调查' })
  })

  it('names a sender the title does not', () => {
    const message = polled({ title: '元旦放假安排', subtitle: '公告', sender: '李四' })
    expect(rowText(message).second).toBe('公告 · 李四')
  })

  it('falls back on the title, and on the connection, where there is nothing else', () => {
    const bare = { subtitle: null, lead: [], sender: null, preview: null }
    expect(rowText(aMessage(bare))).toEqual({ first: '有新的流程待办事项', second: '总部' })
    expect(rowText(aMessage({ ...bare, subtitle: '请假审批' })).first).toBe('请假审批')
  })

  it('keeps to one line and leaves out what is empty', () => {
    expect(rowText(aMessage({ lead: ['小云\n研发', ' ', ''] })).first).toBe('采购申请 · 小云 研发')
  })

  it('shows markup as the text it is', () => {
    expect(rowText(polled({ title: '<b>你好</b>' })).first).toBe('<b>你好</b>')
  })
})
