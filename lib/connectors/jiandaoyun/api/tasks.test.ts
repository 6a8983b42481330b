import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { API_FAULT_KINDS, startJiandaoyunApi, type JiandaoyunApi } from '@/simulators/jiandaoyun/api'
import { readPush } from '../normalize'
import { codeOf } from './answers'
import { listOpen } from './tasks'
import { contextOf, failureOf } from './test-context'

const NOW = new Date('2026-03-02T08:00:00.000Z')
let api: JiandaoyunApi
beforeEach(async () => {
  const members = [{ username: 'xiaoyun', name: '小云' }, { username: 'xiaojian' }]
  api = await startJiandaoyunApi({ members, rates: null, now: () => NOW.getTime() })
})
afterEach(() => api.close())

const list = (username = 'xiaoyun') => listOpen(contextOf(api), username)
const addTasks = (count: number) =>
  Array.from({ length: count }, () => api.addTask({ username: 'xiaoyun', creator: 'xiaojian' }))
const page = (tasks: unknown[], more: object = { has_more: false }) =>
  api.fault({ kind: 'custom', body: JSON.stringify({ tasks, ...more }), count: 1 })

describe('the open to-dos', () => {
  it.each([0, 1, 99, 100, 101, 250])('are all of %i, page by page', async (count) => {
    addTasks(count)
    api.addTask({ username: 'xiaojian' })
    expect((await list()).map(({ ref }) => ref)).toEqual(api.openTasks('xiaoyun'))
    const calls = api.calls('tasks')
    expect(calls).toHaveLength(Math.max(1, Math.ceil(count / 100)))
    expect(calls[0]!.body).toEqual({ username: 'xiaoyun', limit: 100 })
  })

  it('go on after the last of a page', async () => {
    addTasks(150)
    await list()
    const [first, second] = api.calls('tasks')
    expect(first!.body).not.toHaveProperty('task_id')
    expect(second!.body).toMatchObject({ task_id: api.openTasks('xiaoyun')[99] })
  })

  it('are read to an empty page where pages do not say whether there are more', async () => {
    api.configure({ sayMore: false })
    addTasks(120)
    expect(await list()).toHaveLength(120)
    expect(api.calls('tasks')).toHaveLength(3)
  })

  it('are not those that are done, closed, activated or paused', async () => {
    const tasks = addTasks(5)
    tasks.slice(1).forEach(({ taskId }, index) => api.setTask(taskId, [1, 2, 4, 5][index]!))
    expect((await list()).map(({ ref }) => ref)).toEqual([tasks[0]!.taskId])
  })

  it('are the same through a list that moves', async () => {
    const tasks = addTasks(130)
    const before = list()
    api.addTask({ username: 'xiaoyun' })
    api.finishTask(tasks[3]!.taskId)
    const refs = (await before).map(({ ref }) => ref)
    expect(new Set(refs).size).toBe(refs.length)
    expect(refs).toEqual(expect.arrayContaining(tasks.slice(4).map(({ taskId }) => taskId)))
  })

  it('each bring a push that the connector reads', async () => {
    const task = api.addTask({
      username: 'xiaoyun',
      creator: 'xiaojian',
      title: '病假三天',
      createAction: 'transfer',
    })
    const [todo] = await list()
    expect(todo!.push!.headers).toEqual({})
    expect(todo!.push!.query.size).toBe(0)
    const body = JSON.parse(new TextDecoder().decode(todo!.push!.body)) as { task: object }
    expect(body).toMatchObject({ op: 'workflow_task', username: 'xiaoyun', name: '小云' })
    // The whole row, so that what is read later can use what is not used now.
    expect(Object.keys(body.task)).toHaveLength(16)
    const reading = readPush(todo!.push!, NOW)
    expect(reading).toMatchObject({
      kind: 'message',
      recipients: [{ externalId: 'xiaoyun', name: '小云' }],
      content: { category: 'todo', action: 'flow_member_transfer', folding: { generation: task.taskId } },
    })
  })

  it('are the same bytes each time, so that a second import is a duplicate', async () => {
    addTasks(2)
    expect(await list()).toEqual(await list())
  })

  it('with unknown keys are kept, and large numbers keep their digits', async () => {
    api.fault({
      kind: 'custom',
      body: '{"has_more":false,"v7":1,"tasks":[{"task_id":12345678901234567890,"app_id":"a","later":true}]}',
    })
    const [todo] = await list()
    expect(todo!.ref).toBe('12345678901234567890')
    expect(new TextDecoder().decode(todo!.push!.body)).toContain('"later":true')
  })

  it('of a shape nobody has seen are given as pushes that become dead letters', async () => {
    page([null, 'x', 7, [], {}, { task_id: '' }, { task_id: { a: 1 } }, { task_id: 't' }])
    const todos = await list()
    expect(new Set(todos.map(({ ref }) => ref)).size).toBe(8)
    expect(todos.map(({ push }) => readPush(push!, NOW).kind)).toEqual(
      Array.from({ length: 8 }, () => 'dead'),
    )
  })
})

describe('a list that was not read to its end', () => {
  it.each(['status400', 'failure200'] as const)(
    'is refused for a member who is not there (%s)',
    async (errors) => {
      api.configure({ errors })
      const failure = await failureOf(list('小云'))
      expect(failure.kind).toBe('refused')
      expect(codeOf(failure)).toBe('1010')
      expect(failure.detail['zh-CN']).toContain('「小云」')
      expect(failure.detail.en).toContain('“小云”')
    },
  )

  const late = API_FAULT_KINDS.filter(
    (kind) => !['hang', 'repeatedPage', 'custom', 'hugeBody'].includes(kind),
  )
  it.each(late)('is an error when the second page is %s', async (kind) => {
    addTasks(150)
    api.fault({ kind, endpoint: 'tasks', skip: 1 })
    expect((await failureOf(list())).detail.en).not.toBe('')
  })

  it('is an error when pages repeat', async () => {
    addTasks(150)
    api.fault({ kind: 'repeatedPage', skip: 1 })
    expect((await failureOf(list())).kind).toBe('unavailable')
    expect(api.calls('tasks')).toHaveLength(2)
  })

  it.each([
    ['more is promised and nothing is there', [], { has_more: true }],
    ['the last row has no id to go on with', [{ title: 'x' }], { has_more: true }],
    ['there is no list', [], { tasks: null }],
    ['whether there are more is no yes or no', [], { has_more: 'yes' }],
  ])('is an error when %s', async (_, tasks, more) => {
    page(tasks, more)
    expect((await failureOf(list())).kind).toBe('unavailable')
  })

  it('is an error when it has no end', async () => {
    addTasks(201)
    expect((await failureOf(listOpen(contextOf(api), 'xiaoyun', 2))).detail.en).toMatch(/more than 200 open/)
    expect(await listOpen(contextOf(api), 'xiaoyun', 3)).toHaveLength(201)
  })

  it('is an error when a row is nested beyond writing', async () => {
    const deep = `${'['.repeat(4_500)}${']'.repeat(4_500)}`
    api.fault({ kind: 'custom', body: `{"has_more":false,"tasks":[{"task_id":"t","x":${deep}}]}` })
    expect((await failureOf(list())).kind).toBe('unavailable')
  })
})
