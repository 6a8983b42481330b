import { db, execute } from '@/lib/platform/db'
import type { ConnectionDetail } from '@/lib/contracts/connections'

/** What reached a webhook's address and became no delivery: calls during set-up, and refused ones. */

const KEPT_SETUP_CALLS = 20
const KEPT_REFUSALS = 200
const SHOWN_REFUSALS = 20
/** Stands for "no such connection" in the counters. */
export const NO_CONNECTION = '00000000-0000-0000-0000-000000000000'

export type SetupCall = { headers: Record<string, string>; query: string; body: Uint8Array<ArrayBuffer> }

/** Keeps a call made during set-up; the last 20 stay. */
export async function insertSetupCall(connectionId: string, call: SetupCall): Promise<void> {
  await execute(
    null,
    'insert into setup_calls (connection_id, headers, query, body) values ($1::uuid, $2::jsonb, $3, $4)',
    connectionId,
    JSON.stringify(call.headers),
    call.query,
    call.body,
  )
  await execute(
    null,
    `delete from setup_calls where connection_id = $1::uuid and id <= (
       select id from setup_calls where connection_id = $1::uuid order by id desc offset $2 limit 1)`,
    connectionId,
    KEPT_SETUP_CALLS,
  )
}

export async function recentSetupCalls(connectionId: string): Promise<ConnectionDetail['setupCalls']> {
  const found = await db().setupCall.findMany({ where: { connectionId }, orderBy: { id: 'desc' } })
  return found.map((call) => ({
    at: call.at.toISOString(),
    bytes: call.body.byteLength,
    headers: call.headers as Record<string, string>,
    query: call.query,
    body: new TextDecoder().decode(call.body.subarray(0, 4096)),
  }))
}

export type Refusal = {
  connectionId: string
  reason: string
  address: string
  at: Date
  /** The first KiB of the body. */
  sample: Uint8Array
}

/** Counts refusals and keeps the last 200 of each connection. */
export async function insertRefusals(refusals: Refusal[], counts: Map<string, number>): Promise<void> {
  await db().refusal.createMany({
    data: refusals.map((one) => ({ ...one, sample: new Uint8Array(one.sample) })),
  })
  const keys = [...counts.keys()].map((key) => key.split(' '))
  await execute(
    null,
    `insert into refusal_counts (connection_id, reason, count)
     select * from unnest($1::uuid[], $2::text[], $3::bigint[])
     on conflict (connection_id, reason) do update
       set count = refusal_counts.count + excluded.count, last_at = now()`,
    keys.map(([connectionId]) => connectionId),
    keys.map(([, reason]) => reason),
    [...counts.values()].map(String),
  )
  for (const connectionId of new Set(refusals.map((one) => one.connectionId))) {
    await execute(
      null,
      `delete from refusals where connection_id = $1::uuid and id <= (
         select id from refusals where connection_id = $1::uuid order by id desc offset $2 limit 1)`,
      connectionId,
      KEPT_REFUSALS,
    )
  }
}

export async function recentRefusals(connectionId: string): Promise<ConnectionDetail['refusals']> {
  const [counts, last] = await Promise.all([
    db().refusalCount.findMany({ where: { connectionId } }),
    db().refusal.findMany({ where: { connectionId }, orderBy: { id: 'desc' }, take: SHOWN_REFUSALS }),
  ])
  return {
    counts: Object.fromEntries(counts.map((row) => [row.reason, Number(row.count)])),
    last: last.map((row) => ({
      at: row.at.toISOString(),
      reason: row.reason,
      address: row.address,
      sample: new TextDecoder().decode(row.sample),
    })),
  }
}

/**
 * Deletes pushes that came to archived connections more than `days` ago, at most `limit`; gives how many. A copy of one
 * that came before has recipients in the ledger, and stays.
 */
export function deleteArchivedPushes(days: number, limit: number): Promise<number> {
  return execute(
    null,
    `delete from deliveries where id in (
       select id from deliveries where reason = 'archived' and recipients = 0
         and received_at < now() - make_interval(days => $1::int) limit $2)`,
    days,
    limit,
  )
}
