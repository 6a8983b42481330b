import type { OpenTodo, Todos } from '@/lib/connectors/contract'
import type { Lease } from '@/lib/inbox/pulled/leases'
import { bringIn, deliverIdOf } from '@/lib/inbox/todos/bring-in'
import { matchTodos, type NamedTodo } from '@/lib/inbox/todos/match-todos'
import { applyFindings, openTodosOf, overTodosOf, type TodoRow } from '@/lib/inbox/todos/todos'
import type { NewDelivery } from '@/lib/inbox/intake/store-push'
import type { LiveConnection } from '../connections/connection-settings'
import { forwardRuleOf } from '../forwarding/forward-rule'
import { readDelivery } from '../webhooks/receive-webhook'

/** Whose to-dos are compared, and by which lease. */
export type ComparedLease = Pick<Lease, 'personId' | 'connectionId' | 'externalId' | 'token'>

/**
 * Compares one leased person's to-dos with their vendor's: brings in what is missing here, and closes what is over
 * there (docs/decisions/0011). Throws `ConnectorError` if the vendor does not say; what was brought in until then stays,
 * nothing is closed, and the person counts as not compared. Does nothing where the vendor cannot be asked or the lease
 * is gone.
 */
export async function compareTodos(live: LiveConnection, lease: ComparedLease): Promise<void> {
  const { todos } = live.connector
  const person = lease.externalId
  if (!todos?.ready(live.settings) || person === null) return
  const { asOf, todos: open } = await openTodosOf(lease.personId)
  const listed = await todos.listOpen(live.context, person)
  const found = matchTodos(
    named(todos, open),
    listed.map(({ ref }) => ref),
    asOf,
  )
  const openAgain = found.others.size > 0 ? await calledOver(todos, lease, found.others) : []
  const missing = withoutThese(listed, found.others, openAgain)
  const imports = missing.flatMap((todo) => deliveryOf(live, person, todo, asOf) ?? [])
  if (!(await bringIn(lease, imports, forwardRuleOf(live)))) return
  const twice = todos.absence === 'over_twice'
  await applyFindings(lease, {
    asOf,
    over: twice ? [] : await askIfOver(live, todos, person, found.unlisted),
    missing: twice ? found.unlisted : [],
    listed: found.listed.map(({ messageId }) => messageId),
    openAgain: openAgain.map(({ messageId }) => messageId),
  })
}

function named(todos: Todos<unknown>, rows: TodoRow[]): NamedTodo[] {
  return rows.flatMap((row) => {
    const ref = todos.refOf(row)
    return ref === null ? [] : [{ ...row, ref }]
  })
}

/** Those of these names that the vendor had called over. */
async function calledOver(
  todos: Todos<unknown>,
  lease: ComparedLease,
  refs: ReadonlySet<string>,
): Promise<NamedTodo[]> {
  return named(todos, await overTodosOf(lease.personId)).filter(({ ref }) => refs.has(ref))
}

/** Each listed to-do that is not open here once, but for those that only were called over. */
function withoutThese(listed: OpenTodo[], others: ReadonlySet<string>, openAgain: NamedTodo[]): OpenTodo[] {
  const known = new Set(openAgain.map(({ ref }) => ref))
  const missing = listed.filter(({ ref }) => others.has(ref) && !known.has(ref))
  return [...new Map(missing.map((todo) => [todo.ref, todo])).values()]
}

/** A missing to-do as its push is read; null where only polling can bring it. */
function deliveryOf(live: LiveConnection, person: string, todo: OpenTodo, asOf: Date): NewDelivery | null {
  if (!todo.push || !live.connector.webhook) return null
  const { body, headers, query } = todo.push
  const arrival = { query: query.toString(), skewSeconds: null, receivedAt: asOf }
  const read = readDelivery(live, { body, headers, ...arrival })
  const name = read.recipients.find((one) => 'externalId' in one && one.externalId === person)
  // Whose list it is on is who it is for, whatever else the push names.
  const recipients = read.verdict === 'accepted' ? [name ?? { externalId: person, name: null }] : []
  return { ...read, deliverId: deliverIdOf(person, todo.ref), recipients }
}

async function askIfOver(
  live: LiveConnection,
  todos: Todos<unknown>,
  person: string,
  unlisted: NamedTodo[],
): Promise<NamedTodo[]> {
  if (unlisted.length === 0 || !todos.findOver) return []
  const over = new Set(await todos.findOver(live.context, person, unlisted))
  return unlisted.filter(({ messageId }) => over.has(messageId))
}
