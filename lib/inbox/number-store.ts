import { execute, rows, type Tx } from '@/lib/platform/db'

/**
 * The inbox row of a user is the lock and the number: who makes a message visible, raises or changes it holds the
 * row first (several: in user id order), so that numbers come out in commit order. See docs/decisions/0004.
 */

/** The channel that wakes the processes with open pages; the payload is user ids joined by commas. */
export const INBOX_CHANNEL = 'huixin_inbox'

export type InboxEvent = {
  userId: string
  kind: 'new' | 'changed' | 'delivered'
  /** Message ids; more than `MAX_NAMED` are not named: pages read anew. */
  ids: string[]
  count: number
}

export const MAX_NAMED = 200
// A NOTIFY payload must stay under 8,000 bytes; a user id is 36.
const USERS_PER_NOTIFY = 200

/**
 * Locks the inboxes of these users and gives each the number that what follows will carry. Users without an inbox
 * or disabled are left out: what is theirs waits.
 */
export async function lockInboxes(tx: Tx, userIds: string[]): Promise<Map<string, bigint>> {
  if (userIds.length === 0) return new Map()
  const found = await rows<{ user_id: string; next: bigint }>(
    tx,
    `select i.user_id, i.seq + 1 as next from inboxes i join users u on u.id = i.user_id
     where i.user_id = any($1::uuid[]) and u.disabled_at is null order by i.user_id for update of i`,
    userIds,
  )
  return new Map(found.map((row) => [row.user_id, row.next]))
}

/** Writes the events under the numbers `lockInboxes` gave, one per user, and wakes the open pages on commit. */
export async function publish(tx: Tx, events: InboxEvent[], numbers: Map<string, bigint>): Promise<void> {
  if (events.length === 0) return
  const users = events.map((event) => event.userId)
  await execute(
    tx,
    `with e as (
       select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::int[], $5::text[]) t(user_id, seq, kind, count, ids)
     ), moved as (update inboxes i set seq = e.seq from e where i.user_id = e.user_id)
     insert into events (user_id, seq, kind, count, ids)
     select user_id, seq, kind, count, coalesce(string_to_array(nullif(ids, ''), ',')::bigint[], '{}') from e`,
    users,
    users.map((user) => numbers.get(user)!.toString()),
    events.map((event) => event.kind),
    events.map((event) => event.count),
    events.map((event) => (event.ids.length > MAX_NAMED ? '' : event.ids.join(','))),
  )
  for (let from = 0; from < users.length; from += USERS_PER_NOTIFY) {
    const payload = users.slice(from, from + USERS_PER_NOTIFY).join(',')
    await execute(tx, 'select pg_notify($1, $2)', INBOX_CHANNEL, payload)
  }
}
