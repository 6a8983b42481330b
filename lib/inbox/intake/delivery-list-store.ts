import { execute, rows, type Tx } from '@/lib/platform/db'

/** Reading the delivery log. */

export type DeliveryRow = {
  id: string
  connectionId: string
  connectionName: string
  connector: string
  receivedAt: Date
  verdict: 'accepted' | 'duplicate' | 'dead' | 'other'
  reason: string | null
  op: string | null
  title: string | null
  sentAt: Date | null
  skewSeconds: number | null
  bytes: number | null
  recipients: number
  duplicateOf: string | null
}

export type DeliveryQuery = { verdict?: string; connection?: string; q?: string }

const COLUMNS = `d.id::text, d.connection_id::text as "connectionId", k.name as "connectionName", k.connector,
  d.received_at as "receivedAt", d.verdict, d.reason, d.op,
  nullif(concat_ws(' · ', c.subtitle, c.title), '') as title, d.sent_at as "sentAt",
  d.skew_seconds as "skewSeconds", octet_length(d.body) as bytes, d.recipients, d.duplicate_of::text as "duplicateOf"`

const TABLES = `deliveries d join connections k on k.id = d.connection_id
  left join contents c on c.delivery_id = coalesce(d.duplicate_of, d.id)`

/** Deliveries, newest first; `before` is the last id of the page before. `q` is matched without case. */
export function selectDeliveries(
  query: DeliveryQuery,
  page: { limit: number; before: string | null },
): Promise<DeliveryRow[]> {
  const pattern = query.q ? `%${query.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` : null
  return rows<DeliveryRow>(
    null,
    `select ${COLUMNS} from ${TABLES}
     where ($1::uuid is null or d.connection_id = $1::uuid) and ($2::text is null or d.verdict = $2)
       and ($3::bigint is null or d.id < $3)
       and ($4::text is null or lower(concat_ws(' ', d.op, d.deliver_id, c.title, c.subtitle)) like $4
         or exists (select 1 from recipients r where r.delivery_id = d.id
           and lower(concat_ws(' ', r.external_id, r.name)) like $4))
     order by d.id desc limit $5`,
    query.connection ?? null,
    query.verdict ?? null,
    page.before,
    pattern,
    page.limit,
  )
}

export type WholeDelivery = DeliveryRow & {
  deliverId: string | null
  bodyHash: Uint8Array
  query: string
  headers: Record<string, string>
  body: Uint8Array | null
}

export async function selectDelivery(id: string, tx: Tx | null = null): Promise<WholeDelivery | null> {
  const [row] = await rows<WholeDelivery>(
    tx,
    `select ${COLUMNS}, d.deliver_id as "deliverId", d.body_hash as "bodyHash", d.query, d.headers, d.body
     from ${TABLES} where d.id = $1::bigint`,
    id,
  )
  return row ?? null
}

export type LedgerRow = {
  position: number
  externalId: string | null
  name: string | null
  state: 'delivered' | 'waiting' | 'duplicate' | 'dead'
  reason: string | null
}

/** What became of the recipients of a delivery, in the order of the push. */
export function selectLedger(id: string, limit: number): Promise<LedgerRow[]> {
  return rows<LedgerRow>(
    null,
    `select r.position, r.external_id as "externalId", r.name, r.reason,
       case when r.state <> 'accepted' then r.state when m.user_id is not null or m.held then 'delivered'
         else 'waiting' end as state
     from recipients r left join messages m on m.id = r.message_id
     where r.delivery_id = $1::bigint order by r.position limit $2`,
    id,
    limit,
  )
}

/** Locks a delivery for being read again. */
export async function lockDelivery(tx: Tx, id: string): Promise<void> {
  await execute(tx, 'select 1 from deliveries where id = $1::bigint for update', id)
}

/** Takes back what a dead letter had put into the ledger, and says what it is now. */
export async function rewriteDelivery(
  tx: Tx,
  id: string,
  now: { verdict: string; reason: string | null; op: string | null; recipients: number; sentAt: Date | null },
): Promise<void> {
  await execute(tx, 'delete from recipients where delivery_id = $1::bigint', id)
  await execute(
    tx,
    `update deliveries set verdict = $2, reason = $3, op = $4, recipients = $5, sent_at = $6::timestamptz
     where id = $1::bigint`,
    id,
    now.verdict,
    now.reason,
    now.op,
    now.recipients,
    now.sentAt,
  )
}
