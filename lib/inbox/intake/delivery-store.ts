import { execute, rows, type Tx } from '@/lib/platform/db'
import type { NewDelivery } from './delivery'

/** The delivery log and its ledger of recipients. */

type Stored = { id: string; original: null } | { id: string; original: { id: string; recipients: number } }

/**
 * Stores a push. Whether it is known is decided by the two unique indexes alone, so that copies in parallel make
 * one; a copy is stored too, without keys, under its original's number of recipients.
 */
export async function insertDelivery(tx: Tx, delivery: NewDelivery, recipients: number): Promise<Stored> {
  const first = await write(tx, delivery, { verdict: delivery.verdict, recipients, keys: true })
  if (first) return { id: first, original: null }
  const [original] = await rows<{ id: string; recipients: number }>(
    tx,
    `select id::text, recipients from deliveries
     where connection_id = $1::uuid and (deliver_key = $2 or hash_key = $3) order by deliveries.id limit 1`,
    delivery.connectionId,
    delivery.deliverId,
    hashKey(delivery),
  )
  if (!original) throw new Error('a delivery was neither new nor known')
  const id = await write(tx, delivery, {
    verdict: 'duplicate',
    recipients: original.recipients,
    keys: false,
    duplicateOf: original.id,
  })
  await execute(
    tx,
    `insert into recipients (connection_id, delivery_id, position, state, reason, external_id, name)
     select connection_id, $1::bigint, position, 'duplicate', 'delivery', external_id, name
     from recipients where delivery_id = $2::bigint`,
    id,
    original.id,
  )
  return { id: id!, original }
}

type Written = { verdict: string; recipients: number; keys: boolean; duplicateOf?: string }

function hashKey(delivery: NewDelivery): Uint8Array | null {
  return delivery.hasSendTime ? delivery.bodyHash : null
}

async function write(tx: Tx, delivery: NewDelivery, as: Written): Promise<string | null> {
  const [row] = await rows<{ id: string }>(
    tx,
    `insert into deliveries (connection_id, verdict, reason, recipients, duplicate_of, deliver_id, body_hash,
       deliver_key, hash_key, op, sent_at, skew_seconds, query, headers, body)
     values ($1::uuid, $2, $3, $4, $5::bigint, $6, $7, $8, $9, $10, $11::timestamptz, $12, $13, $14::jsonb, $15)
     on conflict do nothing returning id::text`,
    delivery.connectionId,
    as.verdict,
    delivery.reason,
    as.recipients,
    as.duplicateOf ?? null,
    delivery.deliverId,
    delivery.bodyHash,
    as.keys ? delivery.deliverId : null,
    as.keys ? hashKey(delivery) : null,
    delivery.op,
    delivery.content?.sentAt ?? null,
    delivery.skewSeconds,
    delivery.query,
    JSON.stringify(delivery.headers),
    delivery.body,
  )
  return row?.id ?? null
}

export type LedgerEntry = {
  state: 'accepted' | 'duplicate' | 'dead'
  reason: string | null
  externalId: string | null
  name: string | null
}

/** Writes one ledger row per recipient, in the order of the push. */
export async function insertRecipients(
  tx: Tx,
  delivery: { id: string; connectionId: string; contentId: string | null },
  entries: LedgerEntry[],
): Promise<void> {
  if (entries.length === 0) return
  await execute(
    tx,
    `insert into recipients (connection_id, delivery_id, content_id, position, state, reason, external_id, name)
     select $1::uuid, $2::bigint, case when state = 'accepted' then $3::bigint end, position, state, reason,
       external_id, name
     from unnest($4::text[], $5::text[], $6::text[], $7::text[]) with ordinality
       t(state, reason, external_id, name, position)`,
    delivery.connectionId,
    delivery.id,
    delivery.contentId,
    entries.map((entry) => entry.state),
    entries.map((entry) => entry.reason),
    entries.map((entry) => entry.externalId),
    entries.map((entry) => entry.name),
  )
}

export type ToDistribute = {
  deliveryId: string
  connectionId: string
  contentId: string
  recipients: { id: string; externalId: string; name: string | null }[]
}

/** The next recipients of a delivery that have no message yet; locks the delivery, so one worker at a time. */
export async function undistributed(tx: Tx, deliveryId: string, limit: number): Promise<ToDistribute | null> {
  await execute(tx, 'select 1 from deliveries where id = $1::bigint for update', deliveryId)
  const found = await rows<{
    id: string
    connection_id: string
    content_id: string
    external_id: string
    name: string | null
  }>(
    tx,
    `select id::text, connection_id, content_id::text, external_id, name from recipients
     where delivery_id = $1::bigint and state = 'accepted' and message_id is null
     order by external_id collate "C" limit $2`,
    deliveryId,
    limit,
  )
  const [first] = found
  if (!first) return null
  return {
    deliveryId,
    connectionId: first.connection_id,
    contentId: first.content_id,
    recipients: found.map((row) => ({ id: row.id, externalId: row.external_id, name: row.name })),
  }
}
