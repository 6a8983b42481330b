import { JSON_TYPE, type Answer } from '../../loopback-server'
import { departmentToWire, instanceToWire, memberToWire, taskToWire } from './wire'
import type { ApiDepartment, World } from './world'

/** What is served; `other` is any other path. */
export const API_ENDPOINTS = ['members', 'departments', 'tasks', 'instance', 'other'] as const
export type ApiEndpoint = (typeof API_ENDPOINTS)[number]

const PATHS: Readonly<Record<string, ApiEndpoint>> = {
  '/api/v5/corp/department/user/list': 'members',
  '/api/v6/corp/department/list': 'departments',
  '/api/v6/workflow/task/list': 'tasks',
  '/api/v6/workflow/instance/get': 'instance',
}

/** Which endpoint a path is. */
export function apiEndpointOf(pathname: string): ApiEndpoint {
  return PATHS[pathname] ?? 'other'
}

/** What the vendor's pages leave open. */
export interface AnswerOptions {
  /** Where the `url` of instances leads. */
  origin: string
  /** How a "no" is told: HTTP 400 with `{code, msg}`, or HTTP 200 with `{status: "failure", code, message}`. */
  errors: 'status400' | 'failure200'
  /** Which end of a member's to-dos comes first. */
  order: 'newest' | 'oldest'
  /** Whether somebody in several departments is listed once for each. */
  repeatMembers: boolean
  /** Whether pages say if there is one after them. */
  sayMore: boolean
}

/** The honest answer to a call with a good key. */
export function answerApi(
  world: World,
  options: AnswerOptions,
  endpoint: ApiEndpoint,
  body: Record<string, unknown>,
): Answer {
  switch (endpoint) {
    case 'members':
      return listMembers(world, options, body)
    case 'departments':
      return listDepartments(world, options, body)
    case 'tasks':
      return listTasks(world, options, body)
    case 'instance':
      return getInstance(world, options, body)
    case 'other':
      return { status: 404, type: JSON_TYPE, body: '{"code":404,"msg":"Not Found"}' }
  }
}

export function json(value: unknown): Answer {
  return { status: 200, type: JSON_TYPE, body: JSON.stringify(value) }
}

/** A "no" in one of the vendor's two forms. */
export function no(errors: AnswerOptions['errors'], code: number, words: string): Answer {
  if (errors === 'failure200') return json({ status: 'failure', code, message: words })
  return { status: 400, type: JSON_TYPE, body: JSON.stringify({ code, msg: words }) }
}

const INVALID = [1, 'The request is invalid.'] as const

function listMembers(world: World, options: AnswerOptions, body: Record<string, unknown>): Answer {
  const under = departmentsUnder(world, body)
  if (under === null) return no(options.errors, ...INVALID)
  const users = [...world.members.values()].flatMap((member) => {
    const times = member.departments.filter((deptNo) => under.has(deptNo)).length
    const shown = options.repeatMembers ? times : Math.min(times, 1)
    return Array.from({ length: shown }, () => memberToWire(member))
  })
  return json({ users })
}

function listDepartments(world: World, options: AnswerOptions, body: Record<string, unknown>): Answer {
  const under = departmentsUnder(world, body)
  if (under === null) return no(options.errors, ...INVALID)
  return json({ departments: [...under.values()].map(departmentToWire) })
}

/** A department and, with `has_child`, all below it; null if there is none. */
function departmentsUnder(world: World, body: Record<string, unknown>): Map<number, ApiDepartment> | null {
  const root = world.departments.get(Number(body.dept_no))
  if (!root) return null
  const under = new Map([[root.deptNo, root]])
  if (body.has_child !== true) return under
  // A map gives what is added to it while it is gone through.
  for (const deptNo of under.keys())
    for (const department of world.departments.values())
      if (department.parentNo === deptNo) under.set(department.deptNo, department)
  return under
}

/** Pages by cursor: what comes after the task with that id, open or not. */
function listTasks(world: World, options: AnswerOptions, body: Record<string, unknown>): Answer {
  const { username, task_id: cursor, limit = 10 } = body
  if (typeof username !== 'string' || typeof limit !== 'number' || limit < 1 || limit > 100)
    return no(options.errors, ...INVALID)
  if (!world.members.has(username)) return no(options.errors, 1010, '用户不存在')
  const all = [...world.tasks.values()]
  if (options.order === 'newest') all.reverse()
  const at = cursor === undefined ? -1 : all.findIndex((task) => task.taskId === cursor)
  if (cursor !== undefined && at < 0) return no(options.errors, ...INVALID)
  const open = all.slice(at + 1).filter((task) => task.username === username && task.status === 0)
  const tasks = open.slice(0, limit).map((task) => taskToWire(world, task))
  return json({ ...(options.sayMore ? { has_more: open.length > limit } : {}), tasks })
}

function getInstance(world: World, options: AnswerOptions, body: Record<string, unknown>): Answer {
  const instance = world.instances.get(String(body.instance_id))
  if (!instance) return no(options.errors, 50016, '流程实例不存在')
  return json(instanceToWire(world, instance, options.origin, body.tasks_type === 1))
}
