import { execute, rows, type Tx } from '@/lib/platform/db'

/** Where a to-do that was read at its vendor's counts as done there: what follows from a change of the read state. */

/** What the vendor has read closes its to-dos; what it has unread anew opens those that were closed by that. */
export async function settleReads(
  tx: Tx,
  personId: string,
  { read, unread }: { read: string[]; unread: string[] },
): Promise<void> {
  await settle(tx, personId, read)
  await reopen(tx, personId, unread)
}

/**
 * Closes those of these messages, just read by their vendor, that are to-dos of this person. Not those that the vendor
 * read because we told it to, or may have told it, and not what the employee has taken back from done.
 */
async function settle(tx: Tx, personId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const found = await rows<{ id: string }>(
    tx,
    `update messages m set over_at = greatest(date_trunc('milliseconds', now()), m.sent_at),
       done_at = greatest(date_trunc('milliseconds', now()), m.sent_at), done_by = 'source'
     where m.id = any($2::bigint[]) and m.person_id = $1::bigint and m.category = 'todo' and m.read_by = 'source'
       and m.done_at is null and m.reopened_at is null
       and not exists (
         select 1 from outbox o where o.message_id = m.id and o.op = 'read' and o.state <> 'cancelled')
     returning m.id::text`,
    personId,
    ids,
  )
  const settled = found.map((row) => row.id)
  await execute(tx, 'delete from todo_misses where message_id = any($1::bigint[])', settled)
}

/**
 * Opens those of these messages again, unread anew at their vendor's, that are done only because it had read them: what
 * a list had left out by mistake was not done.
 */
async function reopen(tx: Tx, personId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await execute(
    tx,
    `update messages set over_at = null, done_at = null, done_by = null
     where id = any($2::bigint[]) and person_id = $1::bigint and done_by = 'source' and done_at = over_at`,
    personId,
    ids,
  )
}
