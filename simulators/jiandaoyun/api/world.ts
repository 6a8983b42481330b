import { createRandom, type Random } from '../../random'

/** A member of the company. */
export interface ApiMember {
  username: string
  name: string
  departments: number[]
  /** 0 internal, 2 external. */
  type: number
  /** 1 joined, 0 not yet, -1 left; null leaves it out. */
  status: number | null
  integrateId: string | null
}

export interface ApiDepartment {
  deptNo: number
  name: string
  /** null for the root. */
  parentNo: number | null
}

/** One member's part in a flow. Ids are 24 hex digits. */
export interface ApiTask {
  taskId: string
  instanceId: string
  appId: string
  formId: string
  formTitle: string
  title: string
  flowId: number
  flowName: string
  url: string
  username: string
  /** The username of who began the flow. */
  creator: string
  createTime: string
  createAction: string
  finishTime: string | null
  finishAction: string | null
  /** 0 open, 1 done, 2 closed, 4 activated, 5 paused. */
  status: number
}

/** A flow. Its tasks are those with its id. */
export interface ApiInstance {
  instanceId: string
  appId: string
  formId: string
  formTitle: string
  creator: string
  createTime: string
  updateTime: string
  finishTime: string | null
  /** 0 running, 1 finished, 2 closed by hand. */
  status: number
  /** Of a finished one: 0 rejected, 1 passed. */
  result: number | null
}

export type MemberInput = Pick<ApiMember, 'username'> & Partial<ApiMember>
export type TaskInput = Pick<ApiTask, 'username'> & Partial<Omit<ApiTask, 'status' | 'finishTime'>>

/** The company behind the API. Everything acts at once. */
export interface World {
  members: Map<string, ApiMember>
  departments: Map<number, ApiDepartment>
  instances: Map<string, ApiInstance>
  /** In the order in which they came up. */
  tasks: Map<string, ApiTask>
  /** Adds a member, or changes the one of that username. */
  addMember(input: MemberInput): ApiMember
  addDepartment(input: ApiDepartment): void
  /** A to-do of one member, in a new flow unless `instanceId` names one. The member must be there. */
  addTask(input: TaskInput): ApiTask
  setTask(taskId: string, status: number, finishAction?: string): void
  /** Ends a flow: what is open of it is over with it. */
  endInstance(instanceId: string, status: 1 | 2, result: number | null): void
  /** The record was deleted. */
  removeInstance(instanceId: string): void
}

/** A company with nobody in it. `now` is its clock. */
export function createWorld(options: {
  seed?: number
  now?: () => number
  taskUrl?: TaskUrl
  origin: string
}): World {
  const random = createRandom(options.seed ?? 1)
  const now = () => new Date((options.now ?? Date.now)()).toISOString()
  const members = new Map<string, ApiMember>()
  const departments = new Map([[1, { deptNo: 1, name: '公司', parentNo: null } as ApiDepartment]])
  const instances = new Map<string, ApiInstance>()
  const tasks = new Map<string, ApiTask>()

  function addMember(input: MemberInput): ApiMember {
    const known = members.get(input.username) ?? {
      name: input.username,
      departments: [1],
      type: 0,
      status: 1,
      integrateId: null,
    }
    const member = { ...known, ...input }
    members.set(member.username, member)
    return member
  }

  function addTask(input: TaskInput): ApiTask {
    if (!members.has(input.username)) throw new Error(`no member ${input.username}`)
    const ids = { taskId: random.hex(24), instanceId: random.hex(24) }
    const flow = instances.get(input.instanceId ?? '')
    const task: ApiTask = {
      ...ids,
      ...newForm(random, flow),
      title: '节点1',
      flowId: 1,
      flowName: '节点1',
      url: '',
      creator: flow?.creator ?? input.username,
      createTime: now(),
      createAction: 'forward',
      finishAction: null,
      ...input,
      finishTime: null,
      status: 0,
    }
    if (input.url === undefined) task.url = urlOf(task, options.taskUrl ?? 'empty', options.origin)
    if (!flow) instances.set(task.instanceId, instanceOf(task))
    tasks.set(task.taskId, task)
    return task
  }

  function setTask(taskId: string, status: number, finishAction = 'forward'): void {
    const task = tasks.get(taskId)
    if (!task) throw new Error(`no task ${taskId}`)
    const over = status === 1 || status === 2
    Object.assign(task, {
      status,
      finishTime: over ? now() : null,
      finishAction: over ? finishAction : null,
    })
  }

  function endInstance(instanceId: string, status: 1 | 2, result: number | null): void {
    const flow = instances.get(instanceId)
    if (!flow) throw new Error(`no instance ${instanceId}`)
    Object.assign(flow, { status, result, finishTime: now(), updateTime: now() })
    for (const task of tasks.values())
      if (task.instanceId === instanceId && task.status === 0)
        setTask(task.taskId, status, status === 2 ? 'close' : 'forward')
  }

  function removeInstance(instanceId: string): void {
    instances.delete(instanceId)
    for (const task of tasks.values()) if (task.instanceId === instanceId) tasks.delete(task.taskId)
  }

  const addDepartment = (input: ApiDepartment) => void departments.set(input.deptNo, input)
  return {
    members,
    departments,
    instances,
    tasks,
    addMember,
    addDepartment,
    addTask,
    setTask,
    endInstance,
    removeInstance,
  }
}

/** What `url` of a task is; the vendor's sample of the list has none, its sample of an instance has one. */
export type TaskUrl = 'empty' | 'instance'

function urlOf(task: ApiTask, form: TaskUrl, origin: string): string {
  if (form === 'empty') return ''
  return `${origin}/workflow/process_instance/${task.instanceId}/task/${task.taskId}`
}

function newForm(random: Random, flow: ApiInstance | undefined) {
  const { appId, formId, formTitle } = flow ?? {
    appId: random.hex(24),
    formId: random.hex(24),
    formTitle: '请假审批',
  }
  return { appId, formId, formTitle }
}

function instanceOf(task: ApiTask): ApiInstance {
  const { instanceId, appId, formId, formTitle, creator, createTime } = task
  return {
    instanceId,
    appId,
    formId,
    formTitle,
    creator,
    createTime,
    updateTime: createTime,
    finishTime: null,
    status: 0,
    result: null,
  }
}
