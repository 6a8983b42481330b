import { createHash } from 'node:crypto'
import { isConnectorError, type OpenTodo, type RawPush } from '../../contract'
import { taskPush } from '../push/task'
import { apiError, codeOf, unexpected, UNKNOWN_MEMBER } from './answers'
import { callApi, type ApiContext } from './client'
import { ENDPOINTS } from './endpoints'
import { taskPage, taskRow } from './schemas'

/** The most that the vendor takes. */
const PAGE_SIZE = 100
/** 20,000 open to-dos of one person. */
const MAX_PAGES = 200

/**
 * Everything that is open for one member, each with the push that brings it in. The cursor of a page is the task id of
 * the last row before it (v6, 2026-05-28; a string in the vendor's sample, though its table says number).
 * @throws ConnectorError unless the list was read to its end; `refused` if there is no such member
 */
export async function listOpen(
  context: ApiContext,
  username: string,
  maxPages = MAX_PAGES,
): Promise<OpenTodo[]> {
  const open = new Map<string, OpenTodo>()
  const cursors = new Set<string>()
  let cursor: string | null = null
  for (let pages = 0; pages < maxPages; pages++) {
    const { tasks, has_more } = await readPage(context, username, cursor)
    for (const task of tasks) {
      const todo = todoOf(task, username)
      open.set(todo.ref, todo)
    }
    if (!(has_more ?? tasks.length > 0)) return [...open.values()]
    const next: string | null = taskRow.safeParse(tasks.at(-1)).data?.task_id || null
    if (next === null) throw unexpected(ENDPOINTS.tasks.path)
    if (cursors.has(next)) throw goesRound()
    cursors.add(next)
    cursor = next
  }
  throw tooMany(username, maxPages * PAGE_SIZE)
}

async function readPage(context: ApiContext, username: string, cursor: string | null) {
  const body = { username, limit: PAGE_SIZE, ...(cursor === null ? {} : { task_id: cursor }) }
  try {
    return await callApi(context, 'tasks', body, taskPage)
  } catch (error) {
    if (isConnectorError(error) && codeOf(error) === UNKNOWN_MEMBER) throw nobody(username)
    throw error
  }
}

/**
 * A row without a usable id is given all the same, under the hash of what it is: as a push it becomes a dead letter,
 * so that an administrator sees what the vendor sent.
 */
function todoOf(task: unknown, username: string): OpenTodo {
  const { task_id: id, assignee } = taskRow.safeParse(task).data ?? {}
  // A list of somebody's to-dos names them as assignee; another name there is not theirs.
  const name = assignee?.username === username ? (assignee.name ?? null) : null
  const push = pushOf(task, username, name)
  return { ref: id || `unreadable:${createHash('sha256').update(push.body).digest('hex')}`, push }
}

function pushOf(task: unknown, username: string, name: string | null): RawPush {
  try {
    return taskPush(task, username, name)
  } catch {
    // Nested so deeply that it can be read but not written.
    throw unexpected(ENDPOINTS.tasks.path)
  }
}

function nobody(username: string) {
  return apiError(
    'refused',
    `简道云没有成员编号为「${username}」的成员（${UNKNOWN_MEMBER}），请检查人员对应`,
    `Jiandaoyun has no member with the number “${username}” (${UNKNOWN_MEMBER}). Check the mapping.`,
    { code: UNKNOWN_MEMBER },
  )
}

function goesRound() {
  return apiError(
    'unavailable',
    '待办列表的下一页回到了前面，没有读完，稍后会再试',
    'The next page of the to-dos leads back to an earlier one, so the list was not read to its end. It will be tried again.',
  )
}

function tooMany(username: string, count: number) {
  return apiError(
    'unavailable',
    `成员「${username}」的待办超过 ${count} 条，没有读完`,
    `Member “${username}” has more than ${count} open to-dos; the list was not read to its end.`,
  )
}
