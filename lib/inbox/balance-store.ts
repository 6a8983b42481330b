import { rows } from '@/lib/platform/db'

export type Balance = {
  received: number
  delivered: number
  waiting: number
  duplicates: number
  dead: number
  /** Received less all others: 0, or something was lost. */
  difference: number
}

/**
 * Whether everything received is accounted for, from two sides that are written apart: what was received was fixed
 * when each delivery was stored (for polls: ids seen); what became of it is counted from the ledger and from the
 * messages that are really there. A copy of a message that was forwarded to a polled connection is delivered while the
 * message it stands for is there.
 */
export async function balanceOf(connectionId: string): Promise<Balance> {
  const [row] = await rows<Omit<Balance, 'difference'>>(
    null,
    `with pushed as (
       select coalesce(sum(recipients), 0)::int as received from deliveries where connection_id = $1::uuid
     ), ledger as (
       select count(*) filter (where r.state = 'accepted' and (m.user_id is not null or m.held))::int as delivered,
         count(*) filter (where r.state = 'accepted' and (m.user_id is null and not m.held
           or r.message_id is null))::int as waiting,
         count(*) filter (where r.state = 'duplicate')::int as duplicates,
         count(*) filter (where r.state = 'dead')::int as dead
       from recipients r left join messages m on m.id = r.message_id where r.connection_id = $1::uuid
     ), polled as (
       select count(*)::int as received from pulled_items where connection_id = $1::uuid
     ), shown as (
       select count(*) filter (where user_id is not null or held)::int as delivered,
         count(*) filter (where user_id is null and not held)::int as waiting
       from messages where connection_id = $1::uuid and key like 'i:%'
     ), copies as (
       select count(*)::int as delivered from pulled_items i join messages m on m.id = i.message_id
       where i.connection_id = $1::uuid and m.connection_id <> i.connection_id
         -- Where nothing is passed on there are no copies to look for.
         and exists (select 1 from forwards)
     )
     select pushed.received + polled.received as received,
       ledger.delivered + shown.delivered + copies.delivered as delivered,
       ledger.waiting + shown.waiting as waiting, duplicates, dead
     from pushed, ledger, polled, shown, copies`,
    connectionId,
  )
  const { received, delivered, waiting, duplicates, dead } = row!
  return { ...row!, difference: received - delivered - waiting - duplicates - dead }
}
