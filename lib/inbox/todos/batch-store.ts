import { rows, type Tx } from '@/lib/platform/db'
import type { BatchNotice } from './batches'

/** What the deliveries of to-dos are called that a comparison has brought in. */
export const BROUGHT_IN = 'todo:'

/** Batch notices of the person's present user since then, done ones included. */
export function batchNoticesOf(
  tx: Tx,
  person: { personId: string; userId: string },
  since: Date,
): Promise<BatchNotice[]> {
  return rows<BatchNotice>(
    tx,
    `select m.id::text as "messageId", c.count, m.sent_at as "sentAt", m.done_at is null as open
     from messages m join contents c on c.id = m.content_id
     where m.user_id = $2::uuid and m.person_id = $1::bigint and m.category = 'todo' and c.count is not null
       and m.sent_at >= $3::timestamptz`,
    person.personId,
    person.userId,
    since,
  )
}

/** When the oldest batch notice was sent that is still open; null without one. */
export async function oldestOpenBatch(
  tx: Tx,
  person: { personId: string; userId: string },
): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(
    tx,
    `select min(m.sent_at) as at from messages m join contents c on c.id = m.content_id
     where m.user_id = $2::uuid and m.person_id = $1::bigint and m.category = 'todo' and m.done_at is null
       and (m.over_at is null or m.over_at < m.sent_at) and c.count is not null`,
    person.personId,
    person.userId,
  )
  return row?.at ?? null
}

/** When the to-dos began that comparisons have brought in since then. */
export async function broughtInSince(tx: Tx, personId: string, since: Date): Promise<Date[]> {
  const found = await rows<{ at: Date }>(
    tx,
    `select c.sent_at as at from messages m join recipients r on r.message_id = m.id
       join deliveries d on d.id = r.delivery_id join contents c on c.id = r.content_id
     where m.person_id = $1::bigint and m.sent_at >= $2::timestamptz and starts_with(d.deliver_id, $3)
       and c.sent_at >= $2::timestamptz`,
    personId,
    since,
    BROUGHT_IN,
  )
  return found.map((row) => row.at)
}
