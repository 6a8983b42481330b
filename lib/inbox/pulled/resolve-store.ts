import { execute, rows, type Tx } from '@/lib/platform/db'
import type { Lease } from './lease-store'

/** Persons who were mapped by a sign-in name, and turn out to be somebody. */

export type FoundPerson = { externalId: string; loginName: string; name: string | null }

/** Locks whoever else of the connection has that id; null: nobody. */
export async function lockOther(
  tx: Tx,
  lease: Lease,
  externalId: string,
): Promise<{ id: string; userId: string | null } | null> {
  const [row] = await rows<{ id: string; userId: string | null }>(
    tx,
    `select id::text, user_id as "userId" from persons
     where connection_id = $1::uuid and external_id = $2 and id <> $3::bigint for update`,
    lease.connectionId,
    externalId,
    lease.personId,
  )
  return row ?? null
}

/** Writes down who the leased person is; false if the lease is lost. */
export async function nameLeased(tx: Tx, lease: Lease, found: FoundPerson): Promise<boolean> {
  const changed = await execute(
    tx,
    `update persons set external_id = $3, login_name = $4, name = coalesce($5, name)
     where id = $1::bigint and lease_token = $2::uuid`,
    lease.personId,
    lease.token,
    found.externalId,
    found.loginName,
    found.name,
  )
  return changed === 1
}

/**
 * The leased person, who has nothing yet but a mapping, was somebody who is here already: the mapping goes to that
 * one, who is due at once. False if the lease is lost.
 */
export async function moveMapping(
  tx: Tx,
  lease: Lease,
  otherId: string,
  found: FoundPerson,
): Promise<boolean> {
  const [gone] = await rows<{ user_id: string }>(
    tx,
    `delete from persons where id = $1::bigint and lease_token = $2::uuid and user_id is not null returning user_id`,
    lease.personId,
    lease.token,
  )
  if (!gone) return false
  await execute(
    tx,
    `update persons set user_id = $2::uuid, mapped_at = now(), login_name = $3, name = coalesce($4, name),
       next_poll_at = now(), poll_error = null where id = $1::bigint`,
    otherId,
    gone.user_id,
    found.loginName,
    found.name,
  )
  return true
}
