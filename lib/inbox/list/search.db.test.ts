import { beforeAll, describe, expect, it } from 'vitest'
import { rows } from '@/lib/platform/db'
import { aConnection, aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { act } from '../acts/act'
import { storePush } from '../intake/store-push'
import type { Content } from '../message'
import { listMessages } from './list-messages'

useDatabase()

let user: string
let connection: string
const push = (content: Partial<Content>, to = ['xiaoyun']) => storePush(aDelivery(connection, to, content))
const find = async (q: string, who = user) =>
  (await listMessages(who, { q }, { limit: 200 })).items.map((message) => message.title)

beforeAll(async () => {
  connection = await aConnection()
  user = await aUser()
  await aMapping(connection, 'xiaoyun', user)
  await push({
    title: '有新的流程待办事项',
    subtitle: '采购申请',
    text: '申请人: 小云\n金额: ¥12,300',
    sender: '小云',
  })
  await push({
    title: 'Ｈｕａｗｅｉ 合同 100%_done',
    subtitle: '合同审批',
    text: '小云 是附件里的人',
    sender: '张三',
  })
  await push({ title: '年会通知', subtitle: '公告', sentAt: new Date('2026-01-05T15:59:59.999Z') })
  await push({ title: '第二天', subtitle: '公告', sentAt: new Date('2026-01-05T16:00:00.000Z') })
})

describe('searching', () => {
  it.each([
    ['采购', ['有新的流程待办事项']],
    ['小云 采购', ['有新的流程待办事项']],
    ['12,300', ['有新的流程待办事项']],
    ['huawei', ['Ｈｕａｗｅｉ 合同 100%_done']],
    ['ＨＵＡＷＥＩ 合同', ['Ｈｕａｗｅｉ 合同 100%_done']],
    ['100%_', ['Ｈｕａｗｅｉ 合同 100%_done']],
    ['0%d', []],
    ['from:小云', ['有新的流程待办事项']],
    ['from:张', ['Ｈｕａｗｅｉ 合同 100%_done']],
    ['form:审批', ['Ｈｕａｗｅｉ 合同 100%_done']],
    ['form:小云', []],
    // The days are those of TIME_ZONE, Asia/Shanghai here.
    ['公告 before:2026-01-06', ['年会通知']],
    ['公告 after:2026-01-06', ['第二天']],
    ['没有这个', []],
  ])('finds by %s', async (q, titles) => {
    expect(await find(q)).toEqual(titles)
  })

  it('goes with the states of messages', async () => {
    const [message] = (await listMessages(user, { q: '年会' }, { limit: 1 })).items
    await act(user, 'done', { ids: [message!.id] })
    expect(await find('is:done')).toEqual(['年会通知'])
    expect(await find('公告 is:unread')).toEqual(['第二天'])
  })

  it('finds nothing of others, and what was handed over is found by its new owner only', async () => {
    const other = await aUser()
    await push({ title: '等待中的消息' }, ['waiting'])
    expect(await find('等待中', other)).toEqual([])
    await aMapping(connection, 'waiting', other)
    expect(await find('等待中', other)).toEqual(['等待中的消息'])
    const third = await aUser()
    await aMapping(connection, 'waiting', third, { replace: true, history: 'all' })
    expect(await find('等待中', other)).toEqual([])
    expect(await find('等待中', third)).toEqual(['等待中的消息'])
  })

  it('follows a message whose newest push says something else', async () => {
    const folding = (reminder: 'urge' | null) => ({ slot: 's', generation: 't', reminder })
    await push({ title: '旧的说法', folding: folding(null), sentAt: new Date('2026-02-01T00:00:00Z') })
    await push({ title: '新的说法', folding: folding(null), sentAt: new Date('2026-02-02T00:00:00Z') })
    expect(await find('旧的说法')).toEqual([])
    expect(await find('新的说法')).toEqual(['新的说法'])
  })

  it('keeps one entry for each visible message', async () => {
    const [count] = await rows<{ texts: number; messages: number }>(
      null,
      `select (select count(*)::int from message_text) as texts,
         (select count(*)::int from messages where user_id is not null) as messages`,
    )
    expect(count!.texts).toBe(count!.messages)
  })
})
