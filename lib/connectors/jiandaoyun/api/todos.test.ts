import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  startJiandaoyunApi,
  type ApiFaultKind,
  type ApiTask,
  type JiandaoyunApi,
} from '@/simulators/jiandaoyun/api'
import type { FlowAction, FlowInput, MessagePush } from '@/simulators/jiandaoyun'
import type { HeldTodo, RawPush } from '../../contract'
import { jiandaoyun } from '../index'
import { readPush } from '../normalize'
import { contextOf, failureOf } from './test-context'
import { findOver, refOf, todos } from './todos'

const NOW = new Date('2026-03-02T08:00:00.000Z')
let api: JiandaoyunApi
beforeEach(async () => {
  const members = [{ username: 'xiaoyun', name: '小云' }, { username: 'xiaojian' }]
  api = await startJiandaoyunApi({ members, rates: null, now: () => NOW.getTime() })
})
afterEach(() => api.close())

/** What is held here after a push. */
function held(push: RawPush): HeldTodo {
  const reading = readPush(push, NOW)
  if (reading.kind !== 'message') throw new Error(reading.kind)
  const { folding, type, link, linkRef, sentAt } = reading.content
  return {
    messageId: crypto.randomUUID(),
    generation: folding?.generation ?? null,
    type,
    link,
    linkRef,
    sentAt,
  }
}
const raw = (push: MessagePush | object): RawPush => ({
  body: new TextEncoder().encode(JSON.stringify(push)),
  headers: {},
  query: new URLSearchParams(),
})
const pushed = (task: ApiTask, input?: FlowInput, action?: FlowAction) =>
  held(raw(api.pushOf(task, input, action)))
const add = (more: Partial<ApiTask> = {}) => api.addTask({ username: 'xiaoyun', ...more })
const over = (todosHere: HeldTodo[], username = 'xiaoyun') => findOver(contextOf(api), username, todosHere)

describe('what the vendor calls a to-do', () => {
  it('is its task id, pushed or imported', async () => {
    const task = add()
    expect(refOf(pushed(task))).toBe(task.taskId)
    const [open] = await todos.listOpen(contextOf(api), 'xiaoyun')
    expect(refOf(held(open!.push!))).toBe(open!.ref)
    expect(open!.ref).toBe(task.taskId)
  })

  it('of the old engine is its instance, and no task id', () => {
    const task = add()
    expect(refOf(pushed(task, { engine: 'old' }))).toBe(`instance:${task.instanceId}`)
    expect(refOf(pushed(task, { taskId: null }, 'flow_urge'))).toBe(`instance:${task.instanceId}`)
  })

  it('is nothing for what is no to-do of one flow', () => {
    const task = add()
    expect(refOf(pushed(task, {}, 'flow_batch_forward'))).toBeNull()
    const url = `https://www.jiandaoyun.com/message/redirect?dataId=${task.instanceId}&actionType=flow_batch_transfer`
    expect(refOf(pushed(task, { url }, 'flow_batch_transfer'))).toBeNull()
    expect(refOf(pushed(task, { url: 'javascript:alert(1)' }))).toBeNull()
    expect(refOf(pushed(task, { url: '' }))).toBeNull()
    expect(refOf({ ...pushed(task), type: 'data_update_message' })).toBeNull()
  })
})

describe('what is over', () => {
  it('is what is done or closed, and not what is open, activated or paused', async () => {
    const tasks = [0, 1, 2, 4, 5, 3].map((status) => {
      const task = add()
      api.setTask(task.taskId, status)
      return task
    })
    const here = tasks.map((task) => pushed(task))
    expect(await over(here)).toEqual([here[1]!.messageId, here[2]!.messageId])
  })

  it('is all of an instance that is finished, rejected or closed', async () => {
    const [running, finished, rejected, closed] = Array.from({ length: 4 }, () => add())
    api.finishInstance(finished!.instanceId)
    api.finishInstance(rejected!.instanceId, true)
    api.closeInstance(closed!.instanceId)
    // Whatever became of the tasks.
    for (const { taskId } of [finished!, rejected!, closed!]) api.setTask(taskId, 0)
    for (const engine of ['new', 'old'] as const) {
      const here = [running!, finished!, rejected!, closed!].map((task) => pushed(task, { engine }))
      expect(await over(here), engine).toEqual(here.slice(1).map(({ messageId }) => messageId))
    }
  })

  it('is nothing of the old engine while its flow is running', async () => {
    const task = add()
    const here = [pushed(task, { engine: 'old' })]
    api.finishTask(task.taskId)
    expect(await over(here)).toEqual([])
  })

  it('asks for all tasks of each instance once', async () => {
    const first = add()
    const second = add({ instanceId: first.instanceId })
    const here = [first, second, add()].map((task) => pushed(task))
    api.finishTask(second.taskId)
    expect(await over(here)).toEqual([here[1]!.messageId])
    expect(api.calls('instance').map(({ body }) => body)).toEqual([
      { instance_id: first.instanceId, tasks_type: 1 },
      { instance_id: expect.not.stringMatching(first.instanceId) as string, tasks_type: 1 },
    ])
  })

  it('asks for the instance of the address before the record', async () => {
    const task = add()
    const url = new URL(api.pushOf(task).data.url)
    url.searchParams.set('dataId', 'anotherrecord')
    api.finishTask(task.taskId)
    const here = [pushed(task, { url: url.href })]
    expect(await over(here)).toEqual([here[0]!.messageId])
  })

  it('is known of an imported to-do, whatever its address', async () => {
    const addresses = [
      '',
      'https://www.jiandaoyun.com/somewhere/else',
      'https://h.example/workflow/process_instance/x',
    ]
    const tasks = addresses.map((url) => add({ url }))
    const open = await todos.listOpen(contextOf(api), 'xiaoyun')
    const here = open.map(({ push }) => held(push!))
    for (const { taskId } of tasks) api.finishTask(taskId)
    expect(await over(here)).toEqual(here.map(({ messageId }) => messageId))
  })

  it('is not what another assignee of the same task id did', async () => {
    const task = add()
    const here = [pushed(task)]
    const assignees = [{ username: 'xiaojian' }, [{ username: 'xiaojian' }, { username: 'x' }]]
    for (const assignee of assignees) {
      const tasks = [{ task_id: task.taskId, status: 1, assignee }]
      api.fault({ kind: 'custom', body: JSON.stringify({ status: 0, tasks }), count: 1 })
      expect(await over(here)).toEqual([])
    }
    const own = { task_id: task.taskId, status: 1, assignee: [{ username: 'xiaoyun' }] }
    for (const tasks of [[own], [{ ...own, assignee: null }], [{ ...own, status: 0 }, own]]) {
      api.fault({ kind: 'custom', body: JSON.stringify({ status: 0, tasks }), count: 1 })
      expect(await over(here)).toHaveLength(tasks.length === 1 ? 1 : 0)
    }
  })

  it.each(['status400', 'failure200'] as const)(
    'is nothing the vendor does not know (%s)',
    async (errors) => {
      api.configure({ errors })
      const [gone, done] = [add(), add()]
      const here = [pushed(gone!), pushed(done!)]
      api.removeInstance(gone!.instanceId)
      api.finishTask(done!.taskId)
      expect(await over(here)).toEqual([here[1]!.messageId])
    },
  )

  it.each([
    ['nothing known', '{}'],
    ['another instance', '{"instance_id":"other","status":1}'],
    ['a state of another type', '{"status":[1],"tasks":{}}'],
    ['a state that is not known', '{"status":9,"tasks":[null]}'],
  ])('is nothing where the answer holds %s', async (_, body) => {
    api.fault({ kind: 'custom', body })
    expect(await over([pushed(add())])).toEqual([])
  })

  it.each<ApiFaultKind>(['status401', 'tooMany', 'badGateway', 'htmlPage', 'emptyBody', 'cutJson', 'reset'])(
    'is not told by %s: the whole question fails',
    async (kind) => {
      const tasks = [add(), add()]
      for (const { taskId } of tasks) api.finishTask(taskId)
      api.fault({ kind, skip: 1 })
      const failure = await failureOf(over(tasks.map((task) => pushed(task))))
      expect(failure.kind).toBe(kind === 'status401' ? 'unauthorized' : 'unavailable')
    },
  )

  it('asks nobody about nothing', async () => {
    expect(await over([])).toEqual([])
    expect(await over([{ ...pushed(add()), type: 'dash_alert_message' }])).toEqual([])
    expect(api.calls()).toEqual([])
  })
})

it('to-dos can be compared once there is a key, every hour, and absence means nothing', () => {
  const { ready, everySeconds, absence } = jiandaoyun.todos!
  expect([ready(jiandaoyun.settings.parse({})), ready(jiandaoyun.settings.parse({ apiKey: 'k' }))]).toEqual([
    false,
    true,
  ])
  expect([everySeconds, absence]).toEqual([3_600, 'nothing'])
})
