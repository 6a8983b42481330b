import { isConnectorError, type HeldTodo, type Todos } from '../../contract'
import { FLOW_OP } from '../push/ops'
import { readInstance } from '../push/url'
import type { JiandaoyunSettings } from '../settings'
import { callApi, mayCall, type ApiContext } from './client'
import { instance, type Instance } from './schemas'
import { listOpen } from './tasks'

/** `tasks_type`: 0 gives no tasks, 1 gives all of them, done ones included (the vendor's page of the endpoint, H). */
const ALL_TASKS = 1
/** Of an instance: finished (also by rejection), closed by hand. Of a task: done, closed by hand. */
const OVER: ReadonlySet<string | null> = new Set(['1', '2'])

/** The vendor's open to-dos against those here. */
export const todos: Todos<JiandaoyunSettings> = {
  ready: mayCall,
  everySeconds: 3_600,
  // The list leaves out what the key's scope of apps does not hold, and perhaps more: only a task's own state tells.
  absence: 'nothing',
  refOf,
  listOpen: (context, username) => listOpen(context, username),
  findOver,
}

/**
 * The task id of a to-do of the new flow engine. One of the old engine has none: it stands under its instance, which
 * can be asked about, written so that it is no task id. Null for all that is no to-do of one flow.
 */
export function refOf(todo: HeldTodo): string | null {
  if (todo.type !== FLOW_OP) return null
  if (todo.generation !== null) return todo.generation
  const id = isBatch(todo.link) ? null : instanceOf(todo)
  return id === null ? null : `instance:${id}`
}

/**
 * Which of these are over, each instance asked once and one after the other. A task is over when it is done or
 * closed, a paused or activated one is not; everything of an instance is over with it. What the vendor does not
 * know, or will not say, is no evidence.
 * @returns message ids
 * @throws ConnectorError if the vendor cannot be asked at all
 */
export async function findOver(context: ApiContext, username: string, held: HeldTodo[]): Promise<string[]> {
  const byInstance = new Map<string, HeldTodo[]>()
  for (const todo of held) {
    const id = refOf(todo) === null ? null : instanceOf(todo)
    if (id !== null) byInstance.set(id, [...(byInstance.get(id) ?? []), todo])
  }
  const over: string[] = []
  for (const [id, todosOfIt] of byInstance) {
    const found = await readFlow(context, id)
    if (!found) continue
    over.push(...todosOfIt.filter((todo) => isOver(todo, found, username)).map((todo) => todo.messageId))
  }
  return over
}

/** A flow with all its tasks; null where the vendor does not give it. */
async function readFlow(context: ApiContext, id: string): Promise<Instance | null> {
  try {
    const found = await callApi(context, 'instance', { instance_id: id, tasks_type: ALL_TASKS }, instance)
    return found.instance_id === null || found.instance_id === id ? found : null
  } catch (error) {
    if (isConnectorError(error) && error.kind === 'refused') return null
    throw error
  }
}

function isOver({ generation }: HeldTodo, { status, tasks }: Instance, username: string): boolean {
  if (OVER.has(status)) return true
  if (generation === null) return false
  // The vendor's samples share one task id among assignees, though its text says each has their own.
  const own = tasks.filter((task) => task.task_id === generation && isOf(task.assignee, username))
  return own.length > 0 && own.every((task) => OVER.has(task.status))
}

function isOf(assignees: { username: string | null }[], username: string): boolean {
  const named = assignees.filter((one) => one.username !== null)
  return named.length === 0 || named.some((one) => one.username === username)
}

/** To-dos from the API bring the id along; of pushes it is in the address. */
function instanceOf({ link, linkRef }: HeldTodo): string | null {
  return linkRef?.instanceId ?? readInstance(link)
}

/** A notice about many records is not over with the one that its address may name. */
function isBatch(link: string | null): boolean {
  if (link === null || !URL.canParse(link)) return false
  return new URL(link).searchParams.get('actionType')?.startsWith('flow_batch_') ?? false
}
