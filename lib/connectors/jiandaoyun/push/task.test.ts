import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TEXT_LIMITS } from '@/lib/inbox/message'
import { newFlowLink } from '@/simulators/jiandaoyun'
import type { PushReading, RawPush } from '../../contract'
import { readPush } from '../normalize'
import { settings } from '../settings'
import { link } from '../link'
import { FLOW_ACTIONS } from './flow-actions'
import { taskPush } from './task'
import { readInstance, readRecordAddress } from './url'

const NOW = new Date('2026-03-02T08:00:00.000Z')
/** As the vendor's manual shows one. */
const TASK = {
  app_id: '628d8c0d73544c0006a54bfd',
  task_id: '63f31ae8144f4a09ec197163',
  form_id: '63ff33531c2f7e5fe8789b4b',
  instance_id: '628d8c0d73544c0006a54bfc',
  form_title: '物品借用',
  title: '投影仪，三天',
  flow_id: 1,
  flow_name: '主管审批',
  url: '',
  assignee: { username: 'xiaoyun', name: '小云', departments: [1, 3], type: 0, status: 1 },
  creator: { username: 'xiaojian', name: '小简', departments: [1, 3], type: 0, status: 1 },
  create_time: '2022-10-26T13:18:57.605Z',
  create_action: 'forward',
  finish_time: null,
  finish_action: null,
  status: 0,
}

const read = (task: unknown, username: unknown = 'xiaoyun'): PushReading =>
  readPush(taskPush(task, username as string, '小云'), NOW)
function message(task: object) {
  const reading = read(task)
  if (reading.kind !== 'message') throw new Error(JSON.stringify(reading))
  return reading
}
const content = (change: object = {}) => message({ ...TASK, ...change }).content

describe('a to-do of the list', () => {
  it('is a message like that of its push', async () => {
    const reading = message(TASK)
    const address =
      'https://www.jiandaoyun.com/message/redirect?msg=task_inst%3A%3A%3A%3A%3A&instanceId=628d8c0d73544c0006a54bfc' +
      '&taskId=63f31ae8144f4a09ec197163&actionType=flow_forward&appId=628d8c0d73544c0006a54bfd' +
      '&dataId=628d8c0d73544c0006a54bfc&flowId=1&formId=63ff33531c2f7e5fe8789b4b&memberType=0&guestCorpId='
    expect(reading).toEqual({
      kind: 'message',
      op: 'workflow_task',
      hasSendTime: true,
      recipients: [{ externalId: 'xiaoyun', name: '小云' }],
      content: {
        category: 'todo',
        type: 'flow_message',
        action: 'flow_forward',
        title: '有新的流程待办事项',
        plainTitle: true,
        subtitle: '物品借用',
        text: '标题: 投影仪，三天\n流程节点: 主管审批\n发起人: 小简',
        fields: [
          { label: '标题', value: '投影仪，三天' },
          { label: '流程节点', value: '主管审批' },
          { label: '发起人', value: '小简' },
        ],
        changes: [],
        sender: null,
        sentAt: new Date(TASK.create_time),
        link: address,
        linkRef: { instanceId: TASK.instance_id },
        openType: null,
        count: null,
        important: false,
        threadKey: '628d8c0d73544c0006a54bfd|63ff33531c2f7e5fe8789b4b|628d8c0d73544c0006a54bfc',
        folding: {
          slot: '628d8c0d73544c0006a54bfd|63ff33531c2f7e5fe8789b4b|628d8c0d73544c0006a54bfc|1',
          generation: '63f31ae8144f4a09ec197163',
          reminder: null,
        },
      },
    })
    const context = { connectionId: 'c', settings: settings.parse({}) }
    expect(await link.resolve(context, reading.content)).toBe(address)
  })

  it.each([
    ['forward', 'flow_forward'],
    ['auto_forward', 'flow_auto_forward'],
    ['back', 'flow_back'],
    ['auto_back', 'flow_auto_back'],
    ['transfer', 'flow_member_transfer'],
    ['activate', 'flow_activate'],
    ['sign_before', 'flow_sign_before'],
    ['sign_after', 'flow_sign_after'],
    ['sign_parallel', 'flow_sign_parallel'],
    ['batch_forward', 'flow_forward'],
    ['batch_transfer', 'flow_admin_transfer'],
    ['auto_approve', 'flow_forward'],
    ['revoke', 'flow_forward'],
    ['invoke_plugin', 'flow_forward'],
    ['constructor', 'flow_forward'],
    [7, 'flow_forward'],
    [null, 'flow_forward'],
  ])('made by %s is a to-do pushed as %s', (create_action, action) => {
    const { text } = FLOW_ACTIONS.get(action)!
    const expected = { action, category: 'todo', title: text, plainTitle: true, count: null, sender: null }
    const found = content({ create_action })
    expect(found).toMatchObject(expected)
    expect(found.folding!.reminder).toBeNull()
    expect(new URL(found.link!).searchParams.get('actionType')).toBe(action)
  })

  it('keeps the address that the vendor gives, if it is one', () => {
    const url =
      'https://www.jiandaoyun.com/workflow/process_instance/63ff32d918fbc20007a4a082/task/63f31ae8144f4a09ec197162'
    const found = content({ url })
    expect(found.link).toBe(url)
    // The ids are the task's own.
    expect(found.folding).toEqual(content().folding)
    expect(found.threadKey).toBe(content().threadKey)
    for (const odd of [
      'javascript:alert(1)',
      '/workflow/1',
      'x',
      7,
      null,
      `https://h.example/${'x'.repeat(5_000)}`,
    ])
      expect(content({ url: odd }).link).toBe(content().link)
  })

  it('does not say the same twice, and nothing where there is nothing', () => {
    expect(content({ title: TASK.flow_name }).fields.map(({ label }) => label)).toEqual([
      '流程节点',
      '发起人',
    ])
    const bare = content({ title: ' ', flow_name: null, creator: null, form_title: undefined })
    expect(bare).toMatchObject({ fields: [], text: null, subtitle: null })
    expect(content({ creator: { name: { a: 1 } } }).fields).toHaveLength(2)
  })

  it('at the node where flows begin has its own slot', () => {
    expect(content({ flow_id: 0 }).folding!.slot).toMatch(/\|0$/)
    expect(content({ flow_id: '12' }).folding!.slot).toMatch(/\|12$/)
    expect(content({ flow_id: null }).folding!.slot).toMatch(/\|$/)
  })

  it('without a time that can be meant takes the time it came', () => {
    for (const create_time of [null, 'soon', {}, '1970-01-01T00:00:00.000Z', '2036-01-01T00:00:00.000Z'])
      expect(content({ create_time }).sentAt).toEqual(NOW)
  })
})

describe('one that cannot be understood', { timeout: 60_000 }, () => {
  it.each([
    ['no_task', null],
    ['no_task', 'x'],
    ['no_task', [TASK]],
    ['task_ids_missing', {}],
    ['task_ids_missing', { ...TASK, task_id: '' }],
    ['task_ids_missing', { ...TASK, task_id: { a: 1 } }],
    ['task_ids_missing', { ...TASK, instance_id: null }],
    ['task_ids_missing', { ...TASK, app_id: 'a|b' }],
    ['task_ids_missing', { ...TASK, form_id: ['x'] }],
    ['task_ids_missing', { ...TASK, flow_id: '1\n2' }],
    ['task_ids_missing', { ...TASK, task_id: 'x'.repeat(101) }],
  ])('is dead for %s', (reason, task) => {
    expect(read(task)).toEqual({ kind: 'dead', op: 'workflow_task', hasSendTime: true, reason })
  })

  it.each([[''], [null], [{}], ['a\0b'], ['x'.repeat(201)]])('is dead for the member %j', (username) => {
    expect(read(TASK, username)).toMatchObject({ kind: 'dead', reason: 'no_recipients' })
  })

  it('never throws', () => {
    const junk = fc.jsonValue({ maxDepth: 3 })
    const row = fc
      .record(
        Object.fromEntries(
          Object.keys(TASK).map((key) => [key, fc.option(junk, { nil: undefined, freq: 3 })]),
        ),
      )
      .map((odd) => ({
        ...TASK,
        ...Object.fromEntries(Object.entries(odd).filter(([, value]) => value !== undefined)),
      }))
    const kinds = { message: 0, dead: 0, other: 0 }
    fc.assert(
      fc.property(fc.oneof(row, junk), fc.oneof(fc.constant('xiaoyun'), junk), (task, username) => {
        const reading = read(task, username)
        kinds[reading.kind]++
        expect(reading).toMatchObject({ op: 'workflow_task', hasSendTime: true })
        if (reading.kind !== 'message') return
        const { content } = reading
        expect(content.category).toBe('todo')
        expect(content.link === null || content.link.length <= TEXT_LIMITS.link).toBe(true)
        for (const { value } of content.fields) expect(value.length).toBeLessThanOrEqual(TEXT_LIMITS.value)
        expect(() => link.has(content)).not.toThrow()
      }),
      { numRuns: 2_000 },
    )
    expect(kinds.dead).toBeGreaterThan(100)
  })
})

describe('it folds with its push', { timeout: 60_000 }, () => {
  const real = fc.stringMatching(/^[0-9a-f]{24}$/)
  const other = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((text) => /^[^\s|\p{C}]{1,100}$/u.test(text))
  const id = fc.oneof({ weight: 3, arbitrary: real }, { weight: 1, arbitrary: other })
  const node = fc.oneof(fc.nat(99), fc.constant(null))

  /** The same to-do as the vendor pushes it, with its parameters in any of three orders. */
  function pushOf(
    ids: { app: string; form: string; instance: string; task: string },
    flow: number | null,
    order: number,
  ) {
    const query = new URLSearchParams({
      msg: 'task_inst:::::',
      instanceId: ids.instance,
      taskId: ids.task,
      appId: ids.app,
      dataId: ids.instance,
      flowId: flow === null ? '' : String(flow),
      formId: ids.form,
    })
    const turned = order === 0 ? query : new URLSearchParams([...query].reverse())
    const url = `https://www.jiandaoyun.com/message/redirect?${turned.toString()}`
    return {
      op: 'flow_message',
      data: {
        to: [{ username: 'xiaoyun' }],
        flow_action: 'flow_forward',
        notify_text: '有新的流程待办事项',
        url,
      },
      send_time: '2026-03-02T07:00:00.000Z',
    }
  }
  const raw = (value: unknown): RawPush => ({
    body: new TextEncoder().encode(JSON.stringify(value)),
    headers: {},
    query: new URLSearchParams(),
  })
  const contentOf = (push: RawPush) => {
    const reading = readPush(push, NOW)
    if (reading.kind !== 'message') throw new Error(JSON.stringify(reading))
    return reading.content
  }

  it('for any ids, whatever address the task brings', () => {
    const ids = fc.record({ app: id, form: id, instance: id, task: id })
    fc.assert(
      fc.property(ids, node, fc.nat(1), fc.boolean(), (given, flow, order, withUrl) => {
        const url = withUrl ? `https://www.jiandaoyun.com/workflow/process_instance/x/task/y` : ''
        const { app: app_id, form: form_id, instance: instance_id, task: task_id } = given
        const task = { ...TASK, app_id, form_id, instance_id, task_id, flow_id: flow, url }
        const pushed = contentOf(raw(pushOf(given, flow, order)))
        const listed = contentOf(taskPush(task, 'xiaoyun', null))
        expect(listed.folding).toEqual(pushed.folding)
        expect(listed.folding!.generation).toBe(task_id)
        expect(listed.threadKey).toBe(pushed.threadKey)
        expect(listed.linkRef).toEqual({ instanceId: readInstance(pushed.link) })
        // What is built where the task brings no address is read as the same ids.
        if (!withUrl && listed.link !== null)
          expect(readRecordAddress(listed.link)).toEqual(readRecordAddress(pushed.link))
      }),
      { numRuns: 1_000 },
    )
  })

  it('and its address is that of the vendor’s own push', () => {
    const parts = { origin: 'https://www.jiandaoyun.com', appId: TASK.app_id, formId: TASK.form_id }
    const more = { dataId: TASK.instance_id, taskId: TASK.task_id, flowId: 1, action: 'flow_forward' }
    expect(content().link).toBe(newFlowLink({ ...parts, ...more }))
  })
})
