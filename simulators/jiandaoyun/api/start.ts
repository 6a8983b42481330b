import { listenOnLoopback } from '../../loopback-server'
import { JIANDAOYUN_ORIGIN } from '../links'
import type { FlowAction, MessagePush } from '../message-push'
import { createPushBuilders, type FlowInput } from '../push-builders'
import type { AnswerOptions, ApiEndpoint } from './answers'
import { createApiFaults, type ApiFaultInput } from './faults'
import { pushOfTask } from './push-of'
import { createRateGuard, RATE_LIMITS, type RateLimits } from './rate-limits'
import { serveApi, type ApiCall, type ApiService } from './serve'
import {
  createWorld,
  type ApiDepartment,
  type ApiMember,
  type ApiTask,
  type MemberInput,
  type TaskInput,
  type TaskUrl,
} from './world'

/** What `startJiandaoyunApi` takes; everything has a default. */
export interface JiandaoyunApiStart extends Partial<AnswerOptions> {
  /** Default 0: any free port. */
  port?: number
  host?: string
  /** The key that callers must have. */
  apiKey?: string
  members?: MemberInput[]
  /** null takes any number of calls. */
  rates?: RateLimits | null
  /** `url` of tasks that are given none. */
  taskUrl?: TaskUrl
  seed?: number
  /** Epoch milliseconds, default `Date.now`: the times of tasks, and of the rates. */
  now?: () => number
}

/** A running Open API. All methods act at once. */
export interface JiandaoyunApi {
  /** For the setting `apiUrl`. */
  url: string
  port: number
  apiKey: string
  addMember(input: MemberInput): ApiMember
  addDepartment(input: ApiDepartment): void
  /** An open to-do of one member; gives its ids. */
  addTask(input: TaskInput): ApiTask
  /** The push that the vendor would have sent of a task, for the sender. */
  pushOf(task: ApiTask, input?: FlowInput, action?: FlowAction): MessagePush
  /** Handled in Jiandaoyun. */
  finishTask(taskId: string, action?: string): void
  /** Any state: 0 open, 1 done, 2 closed, 4 activated, 5 paused. */
  setTask(taskId: string, status: number): void
  /** Ran to its end, `rejected` or not; what was open is done. */
  finishInstance(instanceId: string, rejected?: boolean): void
  /** Closed by an administrator. */
  closeInstance(instanceId: string): void
  /** The record was deleted. */
  removeInstance(instanceId: string): void
  /** Ids of what is open for a member, in the list's order. */
  openTasks(username: string): string[]
  fault(input: ApiFaultInput): void
  clearFaults(): void
  configure(change: Partial<AnswerOptions>): void
  /** All calls since the start or the last reset, oldest first. */
  calls(endpoint?: ApiEndpoint): ApiCall[]
  resetCalls(): void
  close(): Promise<void>
}

/** Serves the Open API of an invented company on loopback. It keeps nothing and ends with `close()`. */
export async function startJiandaoyunApi(start: JiandaoyunApiStart = {}): Promise<JiandaoyunApi> {
  const { apiKey = 'jiandaoyun-api-key', now = Date.now, seed = 1, taskUrl = 'empty', port, host } = start
  const options: AnswerOptions = {
    origin: start.origin ?? JIANDAOYUN_ORIGIN,
    errors: start.errors ?? 'status400',
    order: start.order ?? 'newest',
    repeatMembers: start.repeatMembers ?? false,
    sayMore: start.sayMore ?? true,
  }
  const service: ApiService = {
    world: createWorld({ seed, now, taskUrl, origin: options.origin }),
    options,
    apiKey,
    faults: createApiFaults(),
    tooFast: start.rates === null ? () => false : createRateGuard(start.rates ?? RATE_LIMITS),
    now,
    calls: [],
  }
  for (const member of start.members ?? []) service.world.addMember(member)
  const server = await listenOnLoopback((request, response) => serveApi(service, request, response), {
    port,
    host,
  })
  return {
    url: server.origin,
    port: server.port,
    apiKey,
    ...controls(service, seed),
    close: server.close,
  }
}

function controls(
  service: ApiService,
  seed: number,
): Omit<JiandaoyunApi, 'url' | 'port' | 'apiKey' | 'close'> {
  const { world, options, faults, now } = service
  const build = createPushBuilders({ seed: seed + 1, origin: options.origin, now })
  return {
    addMember: world.addMember,
    addDepartment: world.addDepartment,
    addTask: world.addTask,
    pushOf: (task, input, action) => pushOfTask(build, world, task, input, action),
    finishTask: (taskId, action) => world.setTask(taskId, 1, action),
    setTask: (taskId, status) => world.setTask(taskId, status),
    finishInstance: (id, rejected = false) => world.endInstance(id, 1, rejected ? 0 : 1),
    closeInstance: (id) => world.endInstance(id, 2, null),
    removeInstance: world.removeInstance,
    openTasks(username) {
      const open = [...world.tasks.values()].filter((task) => task.username === username && task.status === 0)
      if (options.order === 'newest') open.reverse()
      return open.map(({ taskId }) => taskId)
    },
    fault: faults.add,
    clearFaults: faults.clear,
    configure: (change) => void Object.assign(options, change),
    calls: (endpoint) => service.calls.filter((call) => endpoint === undefined || call.endpoint === endpoint),
    resetCalls: () => void (service.calls = []),
  }
}
