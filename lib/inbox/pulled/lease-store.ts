import { execute, rows, type Tx } from '@/lib/platform/db'

/** Who is polled when, and by which process: due times and leases on the person's row. */

export type Lease = {
  personId: string
  connectionId: string
  /** Null while the sign-in name is still to be looked up. */
  externalId: string | null
  loginName: string | null
  token: string
  /** Never polled to the end before: everything there is comes silently. */
  backfilled: boolean
}

/**
 * Takes up to `concurrency` (over all processes) due persons of a connection for `leaseSeconds`. While the
 * connection is failing only one at a time is let through, as a probe.
 */
export async function claimDue(
  tx: Tx,
  connectionId: string,
  concurrency: number,
  leaseSeconds: number,
): Promise<Lease[]> {
  await execute(tx, `select pg_advisory_xact_lock(hashtext('poll'), hashtext($1))`, connectionId)
  return rows<Lease>(
    tx,
    `with k as (
       select case when retry_at > now() then 0 when failures > 0 then 1 else $2::int end
         - (select count(*) from persons where connection_id = $1::uuid and lease_until > now())::int as room
       from connections where id = $1::uuid and archived_at is null
     ), due as (
       select id from persons where connection_id = $1::uuid and next_poll_at <= now()
         and (lease_until is null or lease_until <= now())
         and exists (select 1 from users u where u.id = persons.user_id and u.disabled_at is null)
       order by next_poll_at limit coalesce((select greatest(room, 0) from k), 0) for update skip locked)
     update persons p set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => $3)
     from due where p.id = due.id
     returning p.id::text as "personId", p.connection_id as "connectionId", p.external_id as "externalId",
       p.login_name as "loginName", p.lease_token as token, p.backfilled_at is not null as backfilled`,
    connectionId,
    concurrency,
    leaseSeconds,
  )
}

/** Holds a lease for another `leaseSeconds`; false if it is lost. */
export async function extendLease(lease: Lease, leaseSeconds: number): Promise<boolean> {
  const changed = await execute(
    null,
    `update persons set lease_until = now() + make_interval(secs => $3) where id = $1::bigint and lease_token = $2::uuid`,
    lease.personId,
    lease.token,
    leaseSeconds,
  )
  return changed === 1
}

/**
 * Ends a lease that is still held: the next poll is due in `seconds`, unless polling was turned off meanwhile.
 */
export async function release(
  lease: Lease,
  outcome: { seconds: number; error: string | null; backfilled: boolean },
): Promise<void> {
  await execute(
    null,
    `update persons set lease_until = null, lease_token = null, poll_error = $4,
       next_poll_at = case when next_poll_at is not null then now() + make_interval(secs => $3) end,
       polled_at = case when $4::text is null then now() else polled_at end,
       backfilled_at = case when $5 then coalesce(backfilled_at, now()) else backfilled_at end
     where id = $1::bigint and lease_token = $2::uuid`,
    lease.personId,
    lease.token,
    outcome.seconds,
    outcome.error,
    outcome.backfilled,
  )
}

/** Makes a person due at once, if somebody is mapped to them. */
export async function pollSoon(personId: string): Promise<void> {
  await execute(
    null,
    `update persons set next_poll_at = least(next_poll_at, now())
     where id = $1::bigint and user_id is not null and next_poll_at is not null`,
    personId,
  )
}

/** When the next person of these connections is due; null: nobody. */
export async function nextDueAt(connectionIds: string[]): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(
    null,
    `select min(greatest(p.next_poll_at, p.lease_until, k.retry_at)) as at
     from persons p join connections k on k.id = p.connection_id
     where k.id = any($1::uuid[]) and p.next_poll_at is not null and p.user_id is not null`,
    connectionIds,
  )
  return row?.at ?? null
}
