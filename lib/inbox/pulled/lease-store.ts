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
  /** When the user was last here; who never was counts from the mapping. */
  seenAt: Date | null
  /** The last whole scan of the unread list: when, the pages it filled, whether it ran from new to old. */
  scannedAt: Date | null
  pages: number
  newestFirst: boolean
  /** When everything was last listed, first contact included; when the to-dos were last compared. */
  listedAt: Date | null
  comparedAt: Date | null
}

/** What came of a poll. */
export type Outcome = {
  /** When the next one is due; where the user has the inbox open then, `watchedSeconds` if that is sooner. */
  seconds: number
  watchedSeconds?: number
  error: string | null
  backfilled: boolean
  /** The whole unread list was read. */
  scan?: { pages: number; newestFirst: boolean }
  /** So was the list of everything. */
  listed?: boolean
}

/**
 * Takes up to `concurrency` (over all processes) due persons of a connection for `seconds`, at most `most` now, those
 * first who have waited longest: so nobody starves where there are more than can be polled. While the connection is failing only one
 * at a time is let through, as a probe.
 */
export async function claimDue(
  tx: Tx,
  connectionId: string,
  { concurrency, most, seconds }: { concurrency: number; most: number; seconds: number },
): Promise<Lease[]> {
  await execute(tx, `select pg_advisory_xact_lock(hashtext('poll'), hashtext($1))`, connectionId)
  return rows<Lease>(
    tx,
    `with k as (
       select case when retry_at > now() then 0 when failures > 0 then 1 else $2::int end
         - (select count(*) from persons where connection_id = $1::uuid and lease_until > now())::int as room
       from connections where id = $1::uuid and archived_at is null
     ), due as (
       select p.id, coalesce(u.last_seen_at, p.mapped_at) as seen_at
       from persons p join users u on u.id = p.user_id and u.disabled_at is null
       where p.connection_id = $1::uuid and p.next_poll_at <= now()
         and (p.lease_until is null or p.lease_until <= now())
       order by p.next_poll_at
       limit coalesce((select greatest(least(room, $4::int), 0) from k), 0) for update of p skip locked)
     update persons p set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => $3)
     from due where p.id = due.id
     returning p.id::text as "personId", p.connection_id as "connectionId", p.external_id as "externalId",
       p.login_name as "loginName", p.lease_token as token, p.backfilled_at is not null as backfilled,
       due.seen_at as "seenAt", p.scanned_at as "scannedAt", p.pages, p.newest_first as "newestFirst",
       coalesce(p.listed_at, p.backfilled_at) as "listedAt", p.compared_at as "comparedAt"`,
    connectionId,
    concurrency,
    seconds,
    most,
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
 * Ends a lease that is still held: the next poll is due in `seconds`, unless polling was turned off meanwhile. Whether
 * the inbox is open is looked up here and not when the lease began: it may have been opened since.
 */
export async function release(lease: Lease, outcome: Outcome): Promise<void> {
  const { seconds, watchedSeconds = seconds, error, backfilled, scan, listed } = outcome
  await execute(
    null,
    `update persons p set lease_until = null, lease_token = null, poll_error = $5,
       next_poll_at = case when next_poll_at is not null then now() + make_interval(secs => case
         when exists (select 1 from users u where u.id = p.user_id and u.watched_until > now())
         then least($3::float8, $4::float8) else $3::float8 end) end,
       polled_at = case when $5::text is null then now() else polled_at end,
       backfilled_at = case when $6 then coalesce(backfilled_at, now()) else backfilled_at end,
       scanned_at = case when $7::int is null then scanned_at else now() end,
       pages = coalesce($7::int, pages), newest_first = coalesce($8::boolean, newest_first),
       listed_at = case when $9 then now() else listed_at end
     where id = $1::bigint and lease_token = $2::uuid`,
    lease.personId,
    lease.token,
    seconds,
    watchedSeconds,
    error,
    backfilled,
    scan?.pages ?? null,
    scan?.newestFirst ?? null,
    listed ?? false,
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
