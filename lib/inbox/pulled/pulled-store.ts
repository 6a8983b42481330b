import { execute, rows, type Tx } from '@/lib/platform/db'
import type { Known } from './reconcile'

/** The vendor's side of polled messages: ids seen, and the read state as last told. */

export type LeasedPerson = { connectionId: string; userId: string; epoch: number }
/** Whose items they are: the person there, and the user whose messages follow. */
export type ItemsOwner = { personId: string; userId: string }

/**
 * Locks the person of a lease; null if the lease is no longer held (it ran out, or the mapping changed): what was
 * read under it is then too old to be believed.
 */
export async function lockLeased(tx: Tx, personId: string, token: string): Promise<LeasedPerson | null> {
  const [row] = await rows<LeasedPerson>(
    tx,
    `select connection_id as "connectionId", user_id as "userId", epoch from persons
     where id = $1::bigint and lease_token = $2::uuid and user_id is not null for update`,
    personId,
    token,
  )
  return row ?? null
}

/** What is known of these ids, and of every id the vendor has unread. */
export function knownItems(tx: Tx, personId: string, listed: string[]): Promise<Known[]> {
  return rows<Known>(
    tx,
    `select external_id as "externalId", vendor_read as "vendorRead", missed from pulled_items
     where person_id = $1::bigint and (not vendor_read or external_id = any($2::text[]))`,
    personId,
    listed,
  )
}

export async function insertItems(
  tx: Tx,
  connectionId: string,
  personId: string,
  items: { externalId: string; read: boolean; messageId: string }[],
): Promise<void> {
  if (items.length === 0) return
  await execute(
    tx,
    `insert into pulled_items (connection_id, person_id, external_id, vendor_read, message_id)
     select $1::uuid, $2::bigint, external_id, vendor_read, message_id
     from unnest($3::text[], $4::bool[], $5::bigint[]) t(external_id, vendor_read, message_id)`,
    connectionId,
    personId,
    items.map((item) => item.externalId),
    items.map((item) => item.read),
    items.map((item) => item.messageId),
  )
}

/** How often these have been missing from complete scans in a row. */
export async function setMissed(tx: Tx, personId: string, ids: string[], missed: number): Promise<void> {
  if (ids.length === 0) return
  await execute(
    tx,
    `update pulled_items set missed = $3::int where person_id = $1::bigint and external_id = any($2::text[])`,
    personId,
    ids,
    missed,
  )
}

/**
 * The vendor has these read now. Unread messages follow, but for those the employee keeps unread; reads that were
 * still to be told are told. A copy of a forwarded message moves that message. What an earlier holder had, or has by
 * now, is not touched. Gives the ids of messages that changed.
 */
export async function moveToRead(tx: Tx, { personId, userId }: ItemsOwner, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const found = await rows<{ id: string }>(
    tx,
    `with item as (
       update pulled_items set vendor_read = true, missed = 0
       where person_id = $1::bigint and external_id = any($2::text[]) returning message_id
     ), told as (
       update outbox o set state = 'sent', sent_at = now(), last_error = null, lease_until = null
       from item where o.message_id = item.message_id and o.op = 'read' and o.person_id = $1::bigint
         and o.state in ('pending', 'sending', 'failed'))
     update messages m set
       read_at = case when m.read_at is null and not m.kept_unread then now() else m.read_at end,
       read_by = case when m.read_at is null and not m.kept_unread then 'source' else m.read_by end,
       sync = case when m.person_id = $1::bigint and m.sync in ('pending', 'failed') then 'synced' else m.sync end
     from item where m.id = item.message_id and m.user_id = $3::uuid
       and ((m.read_at is null and not m.kept_unread)
         or (m.person_id = $1::bigint and m.sync in ('pending', 'failed')))
     returning m.id::text`,
    personId,
    ids,
    userId,
  )
  return found.map((row) => row.id)
}

/**
 * The vendor has these unread again: what only the vendor had read (nor the employee done) is unread again here, under
 * this number.
 */
export async function moveToUnread(
  tx: Tx,
  { personId, userId }: ItemsOwner,
  ids: string[],
  number: bigint,
): Promise<string[]> {
  if (ids.length === 0) return []
  const found = await rows<{ id: string }>(
    tx,
    `with item as (
       update pulled_items set vendor_read = false, missed = 0
       where person_id = $1::bigint and external_id = any($2::text[]) returning message_id)
     update messages m set read_at = null, read_by = null, seq = $3::bigint
     from item where m.id = item.message_id and m.user_id = $4::uuid and m.read_by = 'source'
       and m.done_by is distinct from 'user'
     returning m.id::text`,
    personId,
    ids,
    number.toString(),
    userId,
  )
  return found.map((row) => row.id)
}
