import { inSqlTransaction, type Tx } from '@/lib/platform/transaction'
import { lockInboxes, publish } from '../number-store'
import { batchNoticesOf, broughtInSince, oldestOpenBatch } from './batch-store'
import { BATCH_MS, takenApart } from './batches'
import {
  addMisses,
  currentTime,
  dueAtOnce,
  forgetMisses,
  lockCompared,
  markOpen,
  markOver,
  selectOpen,
  selectOver,
  setCompared,
  type Compared,
  type ComparedPerson,
  type TodoRow,
} from './todo-store'

export type { Compared, TodoRow } from './todo-store'

/** Comparing a person's to-dos here with those of their vendor: docs/decisions/0011-comparing-to-dos.md. */

const MOST_OVER = 500

/** The person's open to-dos, and since when they are known to be so: to be asked before the vendor is. */
export async function openTodosOf(personId: string): Promise<{ asOf: Date; todos: TodoRow[] }> {
  const asOf = await currentTime()
  return { asOf, todos: await selectOpen(personId) }
}

/** The last to-dos that the vendor has called over. */
export function overTodosOf(personId: string): Promise<TodoRow[]> {
  return selectOver(personId, MOST_OVER)
}

/** What a comparison has found out; `asOf` is the time of `openTodosOf`. */
export type Findings = {
  asOf: Date
  /** The vendor says that these are over. */
  over: Dated[]
  /** Not listed as open, which says that they are over the second time in a row. */
  missing: Dated[]
  /** Listed as open, and open here. */
  listed: string[]
  /** Listed as open, though called over before. */
  openAgain: string[]
}
type Dated = Pick<TodoRow, 'messageId' | 'sentAt'>

/**
 * Brings what a comparison has found out into the inbox, in one transaction; what has changed here meanwhile stays as
 * it is. False if the lease is gone, and nothing was written.
 */
export function applyFindings(lease: Compared, findings: Findings): Promise<boolean> {
  return inSqlTransaction(async (tx) => {
    const person = await lockCompared(tx, lease)
    if (!person) return false
    const numbers = await lockInboxes(tx, [person.userId])
    const number = numbers.get(person.userId)
    if (number === undefined) return false
    const { asOf } = findings
    await forgetMisses(tx, findings.listed)
    const missed = new Set(await addMisses(tx, idsOf(findings.missing)))
    const over = [...findings.over, ...findings.missing.filter((todo) => missed.has(todo.messageId))]
    const closed = await markOver(tx, person, [...over, ...(await batchesTakenApart(tx, person))], asOf)
    const opened = await markOpen(tx, person, findings.openAgain, asOf, number)
    await setCompared(tx, lease.personId)
    const ids = [...closed, ...opened]
    if (ids.length > 0) {
      await publish(tx, [{ userId: person.userId, kind: 'changed', ids, count: ids.length }], numbers)
    }
    return true
  })
}

const idsOf = (todos: Dated[]) => todos.map((todo) => todo.messageId)

async function batchesTakenApart(tx: Tx, person: ComparedPerson): Promise<Dated[]> {
  const oldest = await oldestOpenBatch(tx, person)
  if (!oldest) return []
  const earlier = (by: number) => new Date(oldest.getTime() - by)
  const notices = await batchNoticesOf(tx, person, earlier(2 * BATCH_MS))
  return takenApart(notices, await broughtInSince(tx, person.personId, earlier(3 * BATCH_MS)))
}

/**
 * Has these people of a connection compared at once, for something has come that says that there is more. Only for
 * connections that can be asked.
 */
export function compareSoon(connectionId: string, externalIds: string[]): Promise<void> {
  return dueAtOnce(connectionId, externalIds)
}
