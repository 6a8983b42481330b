import { describe, expect, it } from 'vitest'
import {
  createPushBuilders,
  FLOW_ACTIONS,
  MESSAGE_OPS,
  type FlowAction,
  type MessageOp,
  type Recipient,
} from '.'

const TO: Recipient[] = [
  { name: '张三', username: 'zhangsan' },
  { name: '李四', username: 'lisi' },
  { name: '王五', username: 'wangwu' },
]

const TEXTS: Record<FlowAction, string> = {
  flow_forward: '有新的流程待办事项',
  flow_auto_forward: '有新的流程待办事项',
  flow_back: '提交的流程事项被回退',
  flow_auto_back: '提交的流程事项被回退',
  flow_cc: '有新的流程处理结果抄送给您',
  flow_timeout: '有待办未完成，请及时处理',
  flow_member_transfer: '由「小简」转交给您1条待办事项',
  flow_admin_transfer: '由系统管理员转交给您1条待办事项',
  flow_activate: '由系统管理员转交给您1条待办事项',
  flow_sign_before: '由「小简」加签给您1条待办事项',
  flow_sign_after: '由「小简」加签给您1条待办事项',
  flow_sign_parallel: '由「小简」加签给您1条待办事项',
  flow_sign_before_complete: '前加签处理已完成，您有新的流程待办事项',
  flow_batch_transfer: '由系统管理员转交给您新的待办事项',
  flow_batch_forward: '有[7]条新的流程待办事项',
  flow_batch_cc: '有[7]条新的流程处理结果抄送给您',
  flow_urge: '有一条流程急需处理',
}

describe('flow', () => {
  it('is the old engine’s sample: one push for all, its link without a task', () => {
    const [push, ...more] = createPushBuilders().flowToAll('flow_forward', {
      engine: 'old',
      to: TO,
      entryName: '旧版流程推送测试',
      appId: '642e37f2374e1b0007f537b2',
      formId: '642e37f5fe736900073a99e5',
      dataId: '642e3855dd27960007cf9514',
      sendTime: '2023-04-06T03:11:18.102Z',
    })
    expect(more).toEqual([])
    expect(JSON.stringify(push)).toBe(
      '{"data":{"content":"","entry_name":"旧版流程推送测试","flow_action":"flow_forward",' +
        '"notify_text":"有新的流程待办事项","to":[{"name":"张三","username":"zhangsan"},' +
        '{"name":"李四","username":"lisi"},{"name":"王五","username":"wangwu"}],' +
        '"url":"https://www.jiandaoyun.com/dashboard/app/642e37f2374e1b0007f537b2/form/642e37f5fe736900073a99e5/' +
        'data/642e3855dd27960007cf9514?actionType=flow_forward&flowId=1&memberType=0&guestCorpId="},' +
        '"op":"flow_message","send_time":"2023-04-06T03:11:18.102Z"}',
    )
  })

  it('is the new engine’s: one push each, with a task each, the same record and time', () => {
    const ids = { appId: 'a'.repeat(24), formId: 'f'.repeat(24), dataId: 'd'.repeat(24) }
    const pushes = createPushBuilders().flowToAll('flow_forward', { to: TO, flowId: 3, ...ids })
    expect(pushes.map(({ data }) => data.to)).toEqual(TO.map((one) => [one]))
    expect(new Set(pushes.map(({ send_time }) => send_time)).size).toBe(1)
    const urls = pushes.map(({ data }) => new URL(data.url))
    expect(new Set(urls.map((url) => url.searchParams.get('taskId'))).size).toBe(3)
    const taskId = urls[0]?.searchParams.get('taskId') ?? ''
    expect(taskId).toMatch(/^[0-9a-f]{24}$/)
    expect(urls[0]?.href).toBe(
      `https://www.jiandaoyun.com/message/redirect?msg=task_inst%3A%3A%3A%3A%3A&instanceId=${ids.dataId}` +
        `&taskId=${taskId}&actionType=flow_forward&appId=${ids.appId}&dataId=${ids.dataId}&flowId=3` +
        `&formId=${ids.formId}&memberType=0&guestCorpId=`,
    )
  })

  it('has the other order of parameters, and none for the task', () => {
    const ids = { appId: 'a', formId: 'f', dataId: 'd', taskId: 't' }
    const build = createPushBuilders({ origin: 'http://o' })
    expect(build.flow('flow_forward', { ...ids, paramOrder: 'article' }).data.url).toBe(
      'http://o/message/redirect?msg=task_inst%3A%3A%3A%3A%3A&instanceId=d&taskId=t&actionType=flow_forward' +
        '&flowId=1&memberType=0&guestCorpId=&appId=a&formId=f&dataId=d',
    )
    expect(build.flow('flow_urge', { ...ids, taskId: null }).data.url).not.toContain('taskId')
  })

  it.each(FLOW_ACTIONS)('%s says what the vendor says', (action) => {
    const { data } = createPushBuilders().flow(action, { by: '小简', count: 7 })
    expect(data.notify_text).toBe(TEXTS[action])
    expect(data.flow_action).toBe(action)
    const bare = ['flow_batch_transfer', 'flow_batch_forward', 'flow_batch_cc', 'flow_urge'].includes(action)
    expect('content' in data).toBe(!bare)
  })
})

describe('message', () => {
  const SAMPLES: [Exclude<MessageOp, 'flow_message'>, string, string | undefined, RegExp][] = [
    [
      'form_schedule_message',
      '已到提醒时间，请及时处理',
      undefined,
      /^\/app\/[0-9a-f]{24}\/entry\/[0-9a-f]{24}$/,
    ],
    [
      'data_create_message',
      '有新数据提交，请及时处理',
      '请假人: 小云\n请假原因: 病假',
      /^\/message\/[0-9a-f]{24}\/data$/,
    ],
    [
      'data_update_message',
      '有数据被修改，请及时处理',
      '修改人: 小云\n数据标题: 病假申请\n请假日期: 2018-5-1→2018-5-2',
      /^\/dashboard\/app\/[0-9a-f]+\/form\/[0-9a-f]+\/data\/[0-9a-f]+\/qr_link$/,
    ],
    ['form_widget_message', '有数据到期，请及时处理', '小云的生日到了', /\/qr_link$/],
    ['dash_schedule_message', '已到提醒时间，请及时处理', undefined, /^\/app\/[0-9a-f]+\/entry\/[0-9a-f]+$/],
    [
      'dash_alert_message',
      '库存警告',
      '预警来源：库存应用>华南区盘点>库存剩余量',
      /^\/app\/[0-9a-f]+\/entry\/[0-9a-f]+$/,
    ],
  ]

  it.each(SAMPLES)('%s', (op, text, content, path) => {
    const push = createPushBuilders({ now: () => 0 }).message(op)
    expect(push).toMatchObject({ op, send_time: '1970-01-01T00:00:00.000Z' })
    expect(push.data.notify_text).toBe(text)
    expect(push.data.content).toBe(content)
    expect(new URL(push.data.url).pathname).toMatch(path)
  })

  it('covers all operations', () => {
    expect(['flow_message', ...SAMPLES.map(([op]) => op)].sort()).toEqual([...MESSAGE_OPS].sort())
  })
})
