import { describe, expect, it } from 'vitest'
import type { PushReading } from '../contract'
import { fixtureBytes, fixtureNames, fixtureText } from './fixtures/read'
import { readPush } from './normalize'
import { FLOW_ACTIONS } from './push/flow-actions'

const NOW = new Date('2026-03-02T08:00:00.000Z')
type Reading = Extract<PushReading, { kind: 'message' }>

function readBytes(body: Uint8Array, query = ''): PushReading {
  return readPush({ body, headers: {}, query: new URLSearchParams(query) }, NOW)
}
const readText = (text: string, query?: string) => readBytes(new TextEncoder().encode(text), query)
const read = (value: unknown, query?: string) => readText(JSON.stringify(value), query)

function message(reading: PushReading): Reading {
  if (reading.kind !== 'message') throw new Error(`read as ${reading.kind}: ${JSON.stringify(reading)}`)
  return reading
}
const sample = (name: string) => message(readBytes(fixtureBytes(`wire/${name}.json`)))

/** A flow push with everything usual in it. */
function flow(data: Record<string, unknown> = {}, top: Record<string, unknown> = {}): unknown {
  const to = [{ username: 'zhangsan', name: '张三' }]
  return {
    op: 'flow_message',
    data: { flow_action: 'flow_forward', to, entry_name: '采购申请', ...data },
    send_time: '2026-03-02T07:00:00.123Z',
    ...top,
  }
}
const content = (value: unknown, query?: string) => message(read(value, query)).content
const OLD_URL = 'https://www.jiandaoyun.com/dashboard/app/A/form/F/data/D?actionType=flow_forward&flowId=1'
const NEW_URL =
  'https://www.jiandaoyun.com/message/redirect?msg=task_inst%3A%3A%3A%3A%3A&instanceId=D&taskId=T&appId=A&dataId=D&flowId=1&formId=F'

describe("the page's samples", () => {
  /** The page writes objects as in JavaScript: names without quotes, comments. */
  function strict(text: string): string {
    return text.replace(/"(?:[^"\\]|\\.)*"|\/\/.*|[A-Za-z_]\w*/g, (token) =>
      token.startsWith('"') ? token : token.startsWith('//') ? '' : `"${token}"`,
    )
  }

  it('are on the wire what they are on the page', () => {
    const names = fixtureNames('wire').map((file) => file.replace('.json', ''))
    expect(names).toHaveLength(11)
    for (const name of names) {
      const [, page, part = '1'] = /^(.*?)(?:-(\d))?$/.exec(name)!
      const objects = strict(fixtureText(`page/${page}.txt`)).split(/\n\n/)
      expect(JSON.parse(fixtureText(`wire/${name}.json`)), name).toEqual(
        JSON.parse(objects[Number(part) - 1]!),
      )
    }
  })

  it('general: a flow message without an action is a notice', () => {
    expect(sample('general')).toEqual({
      kind: 'message',
      op: 'flow_message',
      hasSendTime: true,
      recipients: [{ externalId: 'jiandaoyun', name: '小云' }],
      content: {
        category: 'notice',
        type: 'flow_message',
        action: null,
        title: '小云本周五请假1天',
        plainTitle: false,
        subtitle: '请假审批',
        text: null,
        fields: [],
        changes: [],
        sender: null,
        sentAt: new Date('2017-10-20T22:41:51.430Z'),
        link: 'https://abc.com/xyz',
        linkRef: null,
        openType: null,
        count: null,
        important: false,
        threadKey: null,
        folding: null,
      },
    })
  })

  it.each([
    ['form-schedule', 'form_schedule_message', 'reminder', '小云提出请假申请，请审批', 2],
    ['data-create', 'data_create_message', 'notice', '小云提出请假申请，请审批', 2],
    ['data-update', 'data_update_message', 'notice', '小云修改了请假日期', 1],
    ['form-widget', 'form_widget_message', 'reminder', '小云的生日到了', 1],
    ['dash-schedule', 'dash_schedule_message', 'reminder', '2019年度物料盘点的时间到了', 1],
    ['dash-alert', 'dash_alert_message', 'alert', '库存警告', 1],
  ])('%s', (name, op, category, title, recipients) => {
    const reading = sample(name)
    expect(reading.recipients).toHaveLength(recipients)
    expect(reading.content).toMatchObject({ type: op, category, title, plainTitle: false, folding: null })
    expect(reading.content.sentAt).toEqual(new Date('2017-10-20T22:41:51.430Z'))
  })

  it('data-create: its lines are fields, its address is no record', () => {
    expect(sample('data-create').content).toMatchObject({
      text: '请假人: 小云\n请假原因: 病假',
      fields: [
        { label: '请假人', value: '小云' },
        { label: '请假原因', value: '病假' },
      ],
      changes: [],
      sender: null,
      threadKey: null,
    })
  })

  it('data-update: who changed what', () => {
    expect(sample('data-update').content).toMatchObject({
      sender: '小云',
      fields: [
        { label: '修改人', value: '小云' },
        { label: '数据标题', value: '病假申请' },
      ],
      changes: [{ label: '请假日期', from: '2018-5-1', to: '2018-5-2' }],
      threadKey: '1|2|3',
    })
  })

  it('form-widget and dash-alert: text, where it has labels also fields', () => {
    expect(sample('form-widget').content).toMatchObject({
      text: '小云的生日到了',
      fields: [],
      threadKey: '1|2|3',
    })
    expect(sample('dash-alert').content.fields).toEqual([
      { label: '预警来源', value: '库存应用>华南区盘点>库存剩余量' },
    ])
  })

  it('old engine: one push for three people', () => {
    const reading = sample('flow-old-engine')
    expect(reading.recipients).toEqual([
      { externalId: 'zhangsan', name: '张三' },
      { externalId: 'lisi', name: '李四' },
      { externalId: 'wangwu', name: '王五' },
    ])
    const record = '642e37f2374e1b0007f537b2|642e37f5fe736900073a99e5|642e3855dd27960007cf9514'
    expect(reading.content).toMatchObject({
      category: 'todo',
      action: 'flow_forward',
      title: '有新的流程待办事项',
      plainTitle: true,
      subtitle: '旧版流程推送测试',
      text: null,
      threadKey: record,
      folding: { slot: `${record}|1`, generation: null, reminder: null },
    })
  })

  it('new engine: three pushes, one person each, of one record', () => {
    const readings = [1, 2, 3].map((n) => sample(`flow-new-engine-${n}`))
    expect(readings.map((reading) => reading.recipients)).toEqual([
      [{ externalId: 'zhangsan', name: '张三' }],
      [{ externalId: 'lisi', name: '李四' }],
      [{ externalId: 'wangwu', name: '王五' }],
    ])
    const record = '63b62c3d0c76a3000a0bf8a6|63b62c3fa76046000a36d412|642e38acd039d000080c637b'
    for (const reading of readings)
      expect(reading.content).toMatchObject({
        threadKey: record,
        folding: { slot: `${record}|3`, generation: '642e38acd039d000080c63a3', reminder: null },
      })
  })
})

describe('other families and tests', () => {
  it.each(['data_create', 'data_update', 'data_remove', 'data_recover', 'form_update'])('%s', (op) => {
    const other = { kind: 'other', op, hasSendTime: false, reason: 'other_family' }
    expect(read({ op, data: { _id: '1', appId: 'A' }, opTime: 1680750764991 })).toEqual(other)
    expect(read({ op, data: {} })).toEqual(other)
    expect(read({ op })).toEqual(other)
    expect(read({ op, data: { to: [{ username: 'a' }] } })).toEqual(other)
  })

  it('an op that is not known, with a numeric opTime and nobody to send it to', () => {
    const other = { kind: 'other', op: 'flow_todo', hasSendTime: false, reason: 'other_family' }
    expect(read({ op: 'flow_todo', data: { a: 1 }, opTime: 1 })).toEqual(other)
    expect(read({ op: 'flow_todo', opTime: 1 })).toEqual(other)
    expect(read({ op: 'flow_todo', data: { to: [{ username: 'a' }] }, opTime: 1 }).kind).toBe('message')
    expect(read({ op: 'flow_todo', data: {}, opTime: '1' }).kind).toBe('dead')
  })

  it('the connection test', () => {
    const test = { kind: 'other', op: 'data_test', hasSendTime: false, reason: 'test' }
    expect(read({ op: 'data_test' })).toEqual(test)
    expect(read({ op: 'data_test', data: { to: [{ username: 'a' }] }, opTime: 1 })).toEqual(test)
    expect(read({ op: 'data_test', send_time: '2026-03-02T07:00:00Z' })).toEqual({
      ...test,
      hasSendTime: true,
    })
  })
})

describe('dead letters', () => {
  it.each([
    ['', 'not_json'],
    ['hello', 'not_json'],
    ['{"op":"flow_message"', 'not_json'],
    ['null', 'not_object'],
    ['[]', 'not_object'],
    ['[{"op":"flow_message"}]', 'not_object'],
    ['7', 'not_object'],
    ['"flow_message"', 'not_object'],
    ['true', 'not_object'],
  ])('%j is %s', (text, reason) => {
    expect(readText(text)).toEqual({ kind: 'dead', op: null, hasSendTime: false, reason })
  })

  it('bytes that are no UTF-8', () => {
    expect(readBytes(Uint8Array.from([0x7b, 0xff, 0x7d]))).toMatchObject({ kind: 'dead', reason: 'not_utf8' })
  })

  it.each([{}, { op: null }, { op: '' }, { op: ' ' }, { op: 7 }, { op: ['flow_message'] }, { op: {} }])(
    '%j has no op',
    (value) => {
      expect(read(value)).toEqual({ kind: 'dead', op: null, hasSendTime: false, reason: 'no_op' })
    },
  )

  it.each([undefined, null, 'x', 7, [], [{ to: [{ username: 'a' }] }]])('data %j is no data', (data) => {
    const dead = { kind: 'dead', op: 'flow_message', hasSendTime: false, reason: 'no_data' }
    expect(read({ op: 'flow_message', data })).toEqual(dead)
  })

  it.each([
    undefined,
    null,
    'zhangsan',
    7,
    {},
    { username: 'zhangsan' },
    [],
    [null],
    ['zhangsan'],
    [{ name: '张三' }],
    [{ username: '' }, { username: true }],
  ])('to %j has nobody in it', (to) => {
    const dead = { kind: 'dead', op: 'flow_message', hasSendTime: true, reason: 'no_recipients' }
    expect(read(flow({ to }))).toEqual(dead)
    expect(read({ ...(flow({ to }) as object), op: 'new_message' })).toEqual({ ...dead, op: 'new_message' })
  })
})

describe('recipients', () => {
  it('keep their places where some are unusable', () => {
    const to = [{ username: 'a' }, null, { username: '' }, { username: 1703018, name: 7 }, { username: 'a' }]
    expect(message(read(flow({ to }))).recipients).toEqual([
      { externalId: 'a', name: null },
      { problem: 'recipient_not_object' },
      { problem: 'username_empty' },
      { externalId: '1703018', name: '7' },
      { externalId: 'a', name: null },
    ])
  })

  it('keep the digits of numbers beyond 2^53', () => {
    const reading = readText('{"op":"m","data":{"to":[{"username":9007199254740993},{"username":1703018}]}}')
    expect(message(reading).recipients).toMatchObject([
      { externalId: '9007199254740993' },
      { externalId: '1703018' },
    ])
  })

  it('may be five thousand and more', () => {
    const to = Array.from({ length: 6_000 }, (_, i) => ({ username: `u${i}`, name: `员工${i}` }))
    expect(message(read(flow({ to }))).recipients).toHaveLength(6_000)
  })
})

describe('what is not known', () => {
  it('an op becomes a plain notice', () => {
    expect(
      content({ op: 'form_print_message', data: { to: [{ username: 'a' }], entry_name: '采购申请' } }),
    ).toMatchObject({
      category: 'notice',
      type: 'form_print_message',
      action: null,
      title: '采购申请',
      plainTitle: false,
    })
    expect(content({ op: 'constructor', data: { to: [{ username: 'a' }] } })).toMatchObject({
      category: 'notice',
      type: 'constructor',
      title: 'constructor',
    })
  })

  it('a flow action becomes a notice that folds with nothing', () => {
    for (const flow_action of ['flow_revoke', 'toString', ''])
      expect(content(flow({ flow_action, url: NEW_URL, notify_text: '流程已撤回' }))).toMatchObject({
        category: 'notice',
        action: flow_action || null,
        title: '流程已撤回',
        threadKey: 'A|F|D',
        folding: null,
      })
  })

  it('a very long word is kept as far as it fits', () => {
    const reading = message(read({ op: 'x'.repeat(5_000), data: { to: [{ username: 'a' }] } }))
    expect(reading.op).toHaveLength(100)
    expect(reading.content.type).toBe(reading.op)
  })
})

describe('texts of a wrong type', () => {
  it('are shown where they can be', () => {
    const data = { notify_text: 7, content: 12.5, entry_name: true, url: 9 }
    expect(content(flow(data))).toMatchObject({ title: '7', text: '12.5', subtitle: 'true', link: '9' })
  })

  it('are left out where not', () => {
    const data = { notify_text: { a: 1 }, content: ['a'], entry_name: null, url: {}, flow_action: 7 }
    expect(content(flow(data))).toMatchObject({
      title: '有数据被修改，请及时处理',
      text: null,
      subtitle: null,
      link: null,
      action: null,
      category: 'notice',
    })
  })

  it('are blank as good as absent', () => {
    expect(content(flow({ notify_text: ' \n', content: '  ', entry_name: '\t', url: ' ' }))).toMatchObject({
      title: '有新的流程待办事项',
      plainTitle: true,
      text: null,
      subtitle: null,
      link: null,
    })
  })

  it('lose what neither the database nor a page can hold', () => {
    const text = readText(
      '{"op":"flow_message","data":{"to":[{"username":"a"}],"notify_text":"a\\u0000b\\ud800","content":"\\u0007行: 1\\r\\n"}}',
    )
    expect(message(text).content).toMatchObject({
      title: 'a\uFFFDb\uFFFD',
      text: '行: 1\n',
      fields: [{ label: '行', value: '1' }],
    })
  })

  it('are cut at what is kept, an address is not', () => {
    const long = content(
      flow({ notify_text: '长'.repeat(600), entry_name: '名'.repeat(300), content: 'x'.repeat(30_000) }),
    )
    expect([long.title.length, long.subtitle!.length, long.text!.length]).toEqual([500, 200, 20_000])
    const url = `https://jiandaoyun.com/?q=${'x'.repeat(4_000)}`
    expect(content(flow({ url })).link).toBeNull()
    expect(content(flow({ url: url.slice(0, 4_000) })).link).toHaveLength(4_000)
  })
})

describe('times', () => {
  it('are send_time', () => {
    const reading = message(
      read(flow({}, { send_time: '2026-03-02 15:00:00.123+08:00' }), 'timestamp=1680750764'),
    )
    expect(reading.hasSendTime).toBe(true)
    expect(reading.content.sentAt).toEqual(new Date('2026-03-02T07:00:00.123Z'))
  })

  it.each([undefined, null, '', 'soon', {}, '1970-01-01T00:00:00Z', '2026-03-04T08:00:00Z'])(
    'are the signed timestamp where send_time is %j, else now',
    (send_time) => {
      const reading = message(read(flow({}, { send_time }), 'timestamp=1680750764'))
      expect(reading.hasSendTime).toBe(false)
      expect(reading.content.sentAt).toEqual(new Date('2023-04-06T03:12:44Z'))
      expect(content(flow({}, { send_time })).sentAt).toEqual(NOW)
      expect(content(flow({}, { send_time }), 'timestamp=1893456000').sentAt).toEqual(NOW)
    },
  )
})

describe('folding', () => {
  const slot = 'A|F|D|1'

  it('is of every single to-do, by the tables of the contract', () => {
    const folds = [...FLOW_ACTIONS.keys()].filter(
      (flow_action) => content(flow({ flow_action, url: NEW_URL })).folding !== null,
    )
    const never = ['flow_cc', 'flow_batch_transfer', 'flow_batch_forward', 'flow_batch_cc']
    expect(folds).toEqual([...FLOW_ACTIONS.keys()].filter((action) => !never.includes(action)))
  })

  it('is the same slot in both forms of the address, whatever the action in it', () => {
    expect(content(flow({ url: OLD_URL })).folding).toEqual({ slot, generation: null, reminder: null })
    expect(content(flow({ url: NEW_URL })).folding).toEqual({ slot, generation: 'T', reminder: null })
    const other = OLD_URL.replace('flow_forward', 'flow_cc')
    expect(content(flow({ flow_action: 'flow_back', url: other })).folding).toMatchObject({ slot })
    expect(content(flow({ flow_action: 'flow_cc', url: OLD_URL })).folding).toBeNull()
  })

  it('has an empty place for a node that is not named', () => {
    expect(content(flow({ url: OLD_URL.replace('flowId=1', '') })).folding?.slot).toBe('A|F|D|')
  })

  it('marks urges and timeouts, which are urgent by themselves too', () => {
    const marks = (flow_action: string, url?: string) => {
      const { folding, important, category } = content(flow({ flow_action, url }))
      return { reminder: folding?.reminder, important, category }
    }
    expect(marks('flow_urge', NEW_URL)).toEqual({ reminder: 'urge', important: true, category: 'todo' })
    expect(marks('flow_timeout', OLD_URL)).toEqual({ reminder: 'timeout', important: true, category: 'todo' })
    expect(marks('flow_urge')).toEqual({ reminder: undefined, important: true, category: 'todo' })
    expect(marks('flow_forward', NEW_URL)).toEqual({ reminder: null, important: false, category: 'todo' })
  })

  it('is of flow messages about a known record only', () => {
    expect(content(flow({ url: 'https://abc.com/xyz' })).folding).toBeNull()
    expect(content(flow()).folding).toBeNull()
    const notFlow = content(flow({ url: NEW_URL }, { op: 'data_update_message' }))
    expect(notFlow).toMatchObject({ action: 'flow_forward', folding: null, threadKey: 'A|F|D' })
  })
})
