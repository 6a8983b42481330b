import { execute, rows, type Tx } from '@/lib/platform/db'
import { MAX_NAMED } from '../number-store'

/** Mapping persons in masses: each function is one or two statements, however many persons there are. */

export type Claimed = { personId: string; userId: string; poll: boolean }

/**
 * The locks of `lockForMapping`: the connection stays as it is, and one maps in it at a time.
 * @returns whether the connection is in use
 */
export async function lockMappings(tx: Tx, connectionId: string): Promise<boolean> {
  const [row] = await rows<{ open: boolean }>(
    tx,
    'select archived_at is null as open from connections where id = $1::uuid for key share',
    connectionId,
  )
  await execute(tx, `select pg_advisory_xact_lock(hashtext('mapping'), hashtext($1))`, connectionId)
  return row?.open ?? false
}

/** Finds or creates the persons of these ids and locks them in the order all writers keep; vendor id → person id. */
export async function claimIds(
  tx: Tx,
  connectionId: string,
  externalIds: string[],
): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map()
  const found = await rows<{ id: string; key: string }>(
    tx,
    `insert into persons (connection_id, external_id)
     select $1::uuid, external_id from unnest($2::text[]) t(external_id) order by external_id collate "C"
     on conflict (connection_id, external_id) do update set external_id = excluded.external_id
     returning id::text, external_id as key`,
    connectionId,
    externalIds,
  )
  return new Map(found.map((row) => [row.key, row.id]))
}

/**
 * Finds or creates persons whose id is still to be looked up; sign-in name → person id. One who was unmapped before
 * that had happened is taken up again.
 */
export async function claimLoginNames(
  tx: Tx,
  connectionId: string,
  loginNames: string[],
): Promise<Map<string, string>> {
  if (loginNames.length === 0) return new Map()
  const known = await rows<{ id: string; key: string }>(
    tx,
    `select id::text, login_name as key from persons
     where connection_id = $1::uuid and login_name = any($2::text[]) and external_id is null and user_id is null
     order by id for update`,
    connectionId,
    loginNames,
  )
  const found = new Map(known.map((row) => [row.key, row.id]))
  const made = await rows<{ id: string; key: string }>(
    tx,
    `insert into persons (connection_id, login_name)
     select $1::uuid, login_name from unnest($2::text[]) t(login_name) returning id::text, login_name as key`,
    connectionId,
    loginNames.filter((name) => !found.has(name)),
  )
  for (const row of made) found.set(row.key, row.id)
  return found
}

/**
 * Says of each person that it is that user, and has polled ones polled at once (unless the user is disabled). Whoever
 * is mapped already stays.
 * @returns how many were mapped
 */
export function setUsers(tx: Tx, claimed: Claimed[]): Promise<number> {
  return execute(
    tx,
    `update persons p set user_id = u.id, mapped_at = now(), poll_error = null, compared_at = null,
       next_poll_at = case when t.poll and u.disabled_at is null then now() end, lease_until = null, lease_token = null
     from unnest($1::bigint[], $2::uuid[], $3::boolean[]) t(person_id, user_id, poll) join users u on u.id = t.user_id
     where p.id = t.person_id and p.user_id is null`,
    claimed.map((one) => one.personId),
    claimed.map((one) => one.userId),
    claimed.map((one) => one.poll),
  )
}

/** Those of these users for whom something waits. */
export async function usersAwaited(tx: Tx, claimed: Claimed[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select distinct t.user_id::text as id
     from unnest($1::bigint[], $2::uuid[]) t(person_id, user_id)
       join messages m on m.person_id = t.person_id and m.user_id is null and not m.held`,
    claimed.map((one) => one.personId),
    claimed.map((one) => one.userId),
  )
  return found.map((row) => row.id)
}

/** Gives what waited to the users who have a number, under it. `ids` are cut off where they are too many to be told. */
export function deliverAll(
  tx: Tx,
  claimed: Claimed[],
  numbers: Map<string, bigint>,
): Promise<{ userId: string; count: number; ids: string[] }[]> {
  const reached = claimed.filter((one) => numbers.has(one.userId))
  return rows(
    tx,
    `with given as (
       update messages m set user_id = t.user_id, seq = t.seq
       from unnest($1::bigint[], $2::uuid[], $3::bigint[]) t(person_id, user_id, seq)
       where m.person_id = t.person_id and m.user_id is null and not m.held
       returning m.id, m.user_id)
     select user_id::text as "userId", count(*)::int as count, (array_agg(id::text))[1:${MAX_NAMED + 1}] as ids
     from given group by 1`,
    reached.map((one) => one.personId),
    reached.map((one) => one.userId),
    reached.map((one) => numbers.get(one.userId)!.toString()),
  )
}

/** How many messages wait for persons who have these ids. */
export async function countWaiting(persons: { connectionId: string; externalId: string }[]): Promise<number> {
  if (persons.length === 0) return 0
  const [row] = await rows<{ n: number }>(
    null,
    `select count(*)::int as n from unnest($1::uuid[], $2::text[]) t(connection_id, external_id)
       join persons p on p.connection_id = t.connection_id and p.external_id = t.external_id
       join messages m on m.person_id = p.id and m.user_id is null and not m.held`,
    persons.map((one) => one.connectionId),
    persons.map((one) => one.externalId),
  )
  return row?.n ?? 0
}
