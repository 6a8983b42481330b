import { describe, expect, it } from 'vitest'
import { fixtureText } from '../fixtures/read'
import { FLOW_ACTIONS } from './flow-actions'
import { MESSAGE_OPS } from './ops'
import { readTitle } from './title'

const read = (op: string, action: string | null, notifyText: string | null) =>
  readTitle({ op, action, notifyText, instead: '采购申请' })
const flow = (action: string | null, notifyText: string | null) => read('flow_message', action, notifyText)

describe("the tables, beside the vendor's page", () => {
  const unescaped = (text: string) => text.replaceAll('\\_', '_')

  it('name the same 17 actions with the same texts', () => {
    const rows = unescaped(fixtureText('page/flow-actions.md'))
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split('|').map((cell) => cell.trim()))
    expect(rows).toHaveLength(17)
    for (const [, action, , cell] of rows) {
      const text = (/^默认为“(.*)”/.exec(cell!)?.[1] ?? cell!).replace('[~$count]', '多').replace('~$', '')
      expect(FLOW_ACTIONS.get(action!)?.text, action).toBe(text)
    }
    expect([...FLOW_ACTIONS.keys()]).toEqual(rows.map((row) => row[1]))
  })

  it('name the same 7 ops with the same texts', () => {
    const rows = unescaped(fixtureText('page/notify-text.txt')).trim().split('\n')
    expect([...MESSAGE_OPS.keys()]).toEqual(rows.map((row) => row.split('\t')[0]))
    for (const row of rows) {
      const [op, says] = row.split('\t')
      const text = /默认为“(.*)”/.exec(says!)?.[1] ?? '仪表盘预警提醒'
      expect(MESSAGE_OPS.get(op!)?.text, op).toBe(text)
    }
  })
})

describe('readTitle', () => {
  it("is the push's own text", () => {
    expect(flow('flow_forward', '小云提出请假申请，请审批')).toEqual({
      title: '小云提出请假申请，请审批',
      plainTitle: false,
      sender: null,
      count: null,
    })
  })

  it.each([...MESSAGE_OPS].filter(([op]) => op !== 'flow_message'))(
    "is the page's text of %s where it has none",
    (op, { text }) => {
      expect(read(op, null, null)).toEqual({ title: text, plainTitle: true, sender: null, count: null })
      expect(read(op, null, text).plainTitle).toBe(true)
      expect(read(op, null, `${text}。`).plainTitle).toBe(false)
    },
  )

  it.each([...FLOW_ACTIONS])("is the page's text of %s where it has none", (action, { text, varies }) => {
    expect(flow(action, null)).toEqual({ title: text, plainTitle: !varies, sender: null, count: null })
  })

  it('is the op-wide text for an action that is not known', () => {
    expect(flow('flow_revoke', null).title).toBe('有数据被修改，请及时处理')
    expect(flow(null, null).title).toBe('有数据被修改，请及时处理')
    expect(read('flow_message', 'constructor', null).title).toBe('有数据被修改，请及时处理')
  })

  it('is what it is told for an op that is not known', () => {
    expect(read('new_message', null, null)).toMatchObject({ title: '采购申请', plainTitle: false })
    expect(read('constructor', 'toString', null)).toMatchObject({ title: '采购申请' })
    expect(read('new_message', null, '有新的流程待办事项').plainTitle).toBe(false)
  })

  it('is plain where a flow has the text of another action', () => {
    expect(flow('flow_new', '有新的流程待办事项').plainTitle).toBe(true)
    expect(flow('flow_forward', '提交的流程事项被回退').plainTitle).toBe(true)
  })

  it('reads who transferred or asked for a signature', () => {
    const plain = { plainTitle: true, count: null }
    expect(flow('flow_member_transfer', '由「张三」转交给您1条待办事项')).toMatchObject({
      sender: '张三',
      ...plain,
    })
    expect(flow('flow_sign_before', '由「Li Si」加签给您1条待办事项')).toMatchObject({
      sender: 'Li Si',
      ...plain,
    })
    expect(flow('flow_sign_after', '由「王五」组」加签给您1条待办事项').sender).toBe('王五」组')
    expect(flow('flow_sign_parallel', '由「赵六」加签给您1条待办事项，请尽快')).toMatchObject({
      sender: '赵六',
      plainTitle: false,
    })
  })

  it('reads no sender where none is named', () => {
    expect(flow('flow_admin_transfer', '由系统管理员转交给您1条待办事项').sender).toBeNull()
    expect(flow('flow_member_transfer', null).sender).toBeNull()
    expect(flow('flow_member_transfer', '由「」转交给您1条待办事项').sender).toBeNull()
    expect(flow('flow_member_transfer', '由「 」转交给您1条待办事项').sender).toBeNull()
    expect(flow('flow_forward', '见「张三」转交给您的单').sender).toBeNull()
    expect(read('data_create_message', null, '由「张三」转交给您1条待办事项').sender).toBeNull()
  })

  it.each([
    ['有[3]条新的流程待办事项', 3],
    ['有3条新的流程待办事项', 3],
    ['有 12 条新的流程待办事项', 12],
    ['有［１２］条新的流程待办事项', 12],
    ['有【5】条新的流程待办事项', 5],
    ['您有[100]条新的流程待办事项', 100],
    ['有[~$count]条新的流程待办事项', null],
    ['有[12345678901]条新的流程待办事项', null],
    ['有新的流程待办事项', null],
  ])('counts %s', (text, count) => {
    expect(flow('flow_batch_forward', text)).toMatchObject({ title: text, count })
    expect(flow('flow_batch_cc', text).count).toBe(count)
    expect(flow('flow_forward', text).count).toBeNull()
  })

  it('takes a count as telling, the standing batch text as plain', () => {
    expect(flow('flow_batch_forward', '有[3]条新的流程待办事项').plainTitle).toBe(false)
    expect(flow('flow_batch_transfer', '由系统管理员转交给您新的待办事项')).toMatchObject({
      plainTitle: true,
      count: null,
      sender: null,
    })
  })
})
