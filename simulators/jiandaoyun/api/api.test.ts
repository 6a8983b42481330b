import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startJiandaoyunApi, type ApiFaultKind, type JiandaoyunApi } from '.'

const MEMBERS = '/api/v5/corp/department/user/list'
const DEPARTMENTS = '/api/v6/corp/department/list'
const TASKS = '/api/v6/workflow/task/list'
const INSTANCE = '/api/v6/workflow/instance/get'
const NOW = Date.parse('2026-03-02T08:00:00.000Z')

let clock = NOW
let api: JiandaoyunApi
beforeEach(async () => {
  clock = NOW
  const members = [{ username: 'xiaoyun', name: '小云', departments: [1, 3] }, { username: 'xiaojian' }]
  api = await startJiandaoyunApi({ members, now: () => clock })
  api.addDepartment({ deptNo: 3, name: '销售部', parentNo: 1 })
})
afterEach(() => api.close())

async function post(path: string, body: unknown, key = api.apiKey) {
  const response = await fetch(api.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'manual',
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text }
}
async function value(path: string, body: unknown) {
  return JSON.parse((await post(path, body)).text) as Record<string, unknown>
}
const usernames = async (deptNo: number, hasChild: boolean) =>
  ((await value(MEMBERS, { dept_no: deptNo, has_child: hasChild })).users as { username: string }[]).map(
    ({ username }) => username,
  )
const taskIds = (page: Record<string, unknown>) =>
  (page.tasks as { task_id: string }[]).map(({ task_id }) => task_id)

describe('the directory', () => {
  it('gives a department, with or without those below', async () => {
    expect(await usernames(1, true)).toEqual(['xiaoyun', 'xiaojian'])
    expect(await usernames(3, false)).toEqual(['xiaoyun'])
    api.addDepartment({ deptNo: 9, name: '华南', parentNo: 3 })
    api.addMember({ username: 'xiaohua', departments: [9] })
    expect(await usernames(3, true)).toEqual(['xiaoyun', 'xiaohua'])
    expect(await usernames(3, false)).toEqual(['xiaoyun'])
    const { departments } = await value(DEPARTMENTS, { dept_no: 1, has_child: true })
    expect((departments as object[]).length).toBe(3)
    expect((await post(MEMBERS, { dept_no: 404 })).status).toBe(400)
  })

  it('may name somebody once for each department', async () => {
    api.configure({ repeatMembers: true })
    expect(await usernames(1, true)).toEqual(['xiaoyun', 'xiaoyun', 'xiaojian'])
  })

  it('has members as the vendor writes them', async () => {
    api.addMember({ username: 'xiaoyun', integrateId: 'xy' })
    const { users } = await value(MEMBERS, { dept_no: 3 })
    const xiaoyun = { username: 'xiaoyun', name: '小云', departments: [1, 3], type: 0, status: 1 }
    expect(users).toEqual([{ ...xiaoyun, integrate_id: 'xy' }])
  })
})

describe('the open to-dos', () => {
  it('come in pages, each after the last row of the one before', async () => {
    const added = Array.from({ length: 25 }, () => api.addTask({ username: 'xiaoyun' }).taskId).reverse()
    api.addTask({ username: 'xiaojian' })
    const first = await value(TASKS, { username: 'xiaoyun' })
    expect([first.has_more, taskIds(first)]).toEqual([true, added.slice(0, 10)])
    const second = await value(TASKS, { username: 'xiaoyun', limit: 20, task_id: added[9] })
    expect([second.has_more, taskIds(second)]).toEqual([false, added.slice(10)])
    api.configure({ order: 'oldest', sayMore: false })
    const turned = await value(TASKS, { username: 'xiaoyun', limit: 100 })
    expect(turned).not.toHaveProperty('has_more')
    expect(taskIds(turned)).toEqual(added.reverse())
    expect(taskIds(turned)).toEqual(api.openTasks('xiaoyun'))
  })

  it('go on after a row that is done by now', async () => {
    const [one, two, three] = [1, 2, 3].map(() => api.addTask({ username: 'xiaoyun' }).taskId)
    api.finishTask(two!)
    expect(taskIds(await value(TASKS, { username: 'xiaoyun', task_id: two }))).toEqual([one])
    expect(api.openTasks('xiaoyun')).toEqual([three, one])
  })

  it('are refused for nobody, for no limit and for a row that never was', async () => {
    expect(await post(TASKS, { username: '小云' })).toMatchObject({
      status: 400,
      text: '{"code":1010,"msg":"用户不存在"}',
    })
    api.configure({ errors: 'failure200' })
    expect(await post(TASKS, { username: '小云' })).toMatchObject({
      status: 200,
      text: '{"status":"failure","code":1010,"message":"用户不存在"}',
    })
    for (const more of [{ limit: 101 }, { limit: 0 }, { task_id: 'x' }])
      expect(await value(TASKS, { username: 'xiaoyun', ...more })).toMatchObject({ code: 1 })
  })
})

describe('a flow', () => {
  it('has all its tasks where they are asked for', async () => {
    const first = api.addTask({ username: 'xiaoyun', creator: 'xiaojian', createAction: 'transfer' })
    const second = api.addTask({ username: 'xiaojian', instanceId: first.instanceId, flowId: 2 })
    expect([second.appId, second.formId, second.creator]).toEqual([first.appId, first.formId, 'xiaojian'])
    api.finishTask(first.taskId)
    const flow = await value(INSTANCE, { instance_id: first.instanceId, tasks_type: 1 })
    expect(flow).toMatchObject({ instance_id: first.instanceId, status: 0, finish_time: null })
    expect(flow).not.toHaveProperty('result')
    expect(flow.tasks).toMatchObject([
      { task_id: first.taskId, status: 1, finish_action: 'forward', assignee: { username: 'xiaoyun' } },
      { task_id: second.taskId, status: 0, finish_action: null, creator: { username: 'xiaojian' } },
    ])
    expect(await value(INSTANCE, { instance_id: first.instanceId, tasks_type: 0 })).not.toHaveProperty(
      'tasks',
    )
  })

  it('ends in three ways, and what was open in it too', async () => {
    const ends = [
      [(id: string) => api.finishInstance(id), { status: 1, result: 1 }, 1],
      [(id: string) => api.finishInstance(id, true), { status: 1, result: 0 }, 1],
      [(id: string) => api.closeInstance(id), { status: 2 }, 2],
    ] as const
    for (const [end, state, taskStatus] of ends) {
      const { instanceId } = api.addTask({ username: 'xiaoyun' })
      end(instanceId)
      const flow = await value(INSTANCE, { instance_id: instanceId, tasks_type: 1 })
      expect(flow).toMatchObject({ ...state, tasks: [{ status: taskStatus }] })
    }
    expect(api.openTasks('xiaoyun')).toEqual([])
  })

  it('that was deleted is not known', async () => {
    const { instanceId } = api.addTask({ username: 'xiaoyun' })
    api.removeInstance(instanceId)
    expect(await value(INSTANCE, { instance_id: instanceId })).toMatchObject({ code: 50016 })
    expect(api.openTasks('xiaoyun')).toEqual([])
  })
})

it('pushes of a task have its ids, in both engines', () => {
  const task = api.addTask({ username: 'xiaoyun', createAction: 'back' })
  const push = api.pushOf(task)
  expect(push).toMatchObject({ op: 'flow_message', send_time: '2026-03-02T08:00:00.000Z' })
  expect(push.data).toMatchObject({ flow_action: 'flow_back', to: [{ username: 'xiaoyun', name: '小云' }] })
  const query = new URL(push.data.url).searchParams
  expect(['instanceId', 'taskId', 'appId', 'formId', 'flowId'].map((name) => query.get(name))).toEqual([
    task.instanceId,
    task.taskId,
    task.appId,
    task.formId,
    '1',
  ])
  expect(api.pushOf(task, { engine: 'old' }, 'flow_forward').data.url).toContain(
    `/app/${task.appId}/form/${task.formId}/data/${task.instanceId}?actionType=flow_forward`,
  )
})

it('tasks have an address where that is asked for', async () => {
  const other = await startJiandaoyunApi({
    taskUrl: 'instance',
    origin: 'http://h',
    members: [{ username: 'a' }],
  })
  const task = other.addTask({ username: 'a' })
  expect(task.url).toBe(`http://h/workflow/process_instance/${task.instanceId}/task/${task.taskId}`)
  expect(other.addTask({ username: 'a', url: 'x' }).url).toBe('x')
  expect(() => other.addTask({ username: 'nobody' })).toThrow('no member nobody')
  await other.close()
})

describe('what is refused', () => {
  it('is a wrong key, a wrong path, a body that is no object', async () => {
    expect((await post(TASKS, {}, 'wrong')).status).toBe(401)
    expect((await post('/api/v5/workflow/task/list', {})).status).toBe(404)
    expect((await post(TASKS, '[')).status).toBe(400)
    expect((await post(TASKS, '[]')).status).toBe(400)
    expect(api.calls().map(({ status }) => status)).toEqual([401, 404, 400, 400])
  })

  it('are calls above the rate of an endpoint or of all, until a second has passed', async () => {
    const statuses = async (path: string, body: object, count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, () => post(path, body)))
      return answers.filter(({ status }) => status === 200).length
    }
    expect(await statuses(MEMBERS, { dept_no: 1 }, 12)).toBe(10)
    expect(await statuses(TASKS, { username: 'xiaoyun' }, 25)).toBe(20)
    const { instanceId } = api.addTask({ username: 'xiaoyun' })
    expect(await statuses(INSTANCE, { instance_id: instanceId }, 25)).toBe(20)
    expect(api.calls().filter(({ status }) => status === 429)).toHaveLength(12)
    clock += 1_000
    expect(await statuses(INSTANCE, { instance_id: instanceId }, 35)).toBe(30)
    api.resetCalls()
    expect(api.calls()).toEqual([])
  })
})

describe('a fault', () => {
  const cases: [ApiFaultKind, number, string][] = [
    ['failure200', 200, '{"status":"failure","code":8303,"message":"超出请求频率限制"}'],
    ['code400', 400, '{"code":8303,"msg":"超出请求频率限制"}'],
    ['status401', 401, 'Unauthorized'],
    ['status403', 403, 'Forbidden'],
    ['tooMany', 429, '8303'],
    ['badGateway', 502, '<title>502 Bad Gateway</title>'],
    ['htmlPage', 200, '<!DOCTYPE html>'],
    ['emptyBody', 200, ''],
    ['redirect', 302, ''],
  ]
  it.each(cases)('%s', async (kind, status, text) => {
    api.fault({ kind, endpoint: 'members', count: 1 })
    const answer = await post(MEMBERS, { dept_no: 1 })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(text)
    if (kind === 'tooMany') expect(answer.headers.get('retry-after')).toBe('7')
    expect((await post(MEMBERS, { dept_no: 1 })).text).toContain('xiaoyun')
  })

  it('cuts, repeats, says anything', async () => {
    Array.from({ length: 12 }, () => api.addTask({ username: 'xiaoyun' }))
    const [, last] = [await value(TASKS, { username: 'xiaoyun' }), api.openTasks('xiaoyun')[9]]
    api.fault({ kind: 'repeatedPage', endpoint: 'tasks', count: 1 })
    const again = await value(TASKS, { username: 'xiaoyun', task_id: last })
    expect([again.has_more, taskIds(again)[0]]).toEqual([true, api.openTasks('xiaoyun')[0]])
    api.fault({ kind: 'cutJson', count: 1 })
    const cut = (await post(TASKS, { username: 'xiaoyun' })).text
    expect(() => JSON.parse(cut) as unknown).toThrow()
    api.fault({ kind: 'custom', status: 418, body: 'tea', type: 'text/plain', count: 1 })
    expect(await post(TASKS, {})).toMatchObject({ status: 418, text: 'tea' })
  })

  it('skips, and is cleared', async () => {
    api.fault({ kind: 'badGateway', skip: 1 })
    const statuses = async () => [
      (await post(MEMBERS, { dept_no: 1 })).status,
      (await post(MEMBERS, {})).status,
    ]
    expect(await statuses()).toEqual([200, 502])
    api.clearFaults()
    expect(await statuses()).toEqual([200, 400])
    expect(() => api.fault({ kind: 'nonsense' as ApiFaultKind })).toThrow('unknown fault')
  })

  it('hangs or resets without a status', async () => {
    api.fault({ kind: 'reset', count: 1 })
    await expect(post(MEMBERS, {})).rejects.toThrow()
    api.fault({ kind: 'hang', count: 1 })
    const hanging = post(MEMBERS, {})
    const ended = expect(hanging).rejects.toThrow()
    await expect.poll(() => api.calls().length, { timeout: 5_000, interval: 5 }).toBe(2)
    expect(api.calls().map(({ status }) => status)).toEqual([0, 0])
    await api.close()
    await ended
  })
})
