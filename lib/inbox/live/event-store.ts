import { execute, rows } from '@/lib/platform/db'

export type StoredEvent = { seq: string; kind: 'new' | 'changed' | 'delivered'; ids: string[]; count: number }

/** The user's events after this number, oldest first. */
export function eventsAfter(userId: string, seq: string, limit: number): Promise<StoredEvent[]> {
  return rows<StoredEvent>(
    null,
    // Plain "seq" would be the text that is selected, and 10 would come before 9.
    `select seq::text, kind, ids::text[] as ids, count from events
     where user_id = $1::uuid and seq > $2::bigint order by events.seq limit $3`,
    userId,
    seq,
    limit,
  )
}

/**
 * Whether a page that has seen everything up to `seq` can go on from there: the number is not from the future, and
 * no event after it has been swept.
 */
export async function canResume(userId: string, seq: string): Promise<boolean> {
  const [row] = await rows<{ ok: boolean }>(
    null,
    `select i.seq = $2::bigint or (i.seq > $2::bigint and exists (
         select 1 from events e where e.user_id = i.user_id and e.seq = least($2::bigint, i.seq) + 1)) as ok
     from inboxes i where i.user_id = $1::uuid`,
    userId,
    seq,
  )
  return row?.ok ?? false
}

/** Removes events older than `hours`, in steps; gives how many went. */
export function sweepEvents(hours: number, limit: number): Promise<number> {
  return execute(
    null,
    `delete from events where (user_id, seq) in (
       select user_id, seq from events where at < now() - make_interval(hours => $1) limit $2)`,
    hours,
    limit,
  )
}
