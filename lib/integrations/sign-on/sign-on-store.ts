import { execute, rows, type Tx } from '@/lib/platform/db'

/** Somebody in the vendor's system by the name they sign in with there, and by the id that never changes. */
export type NamedPerson = { externalId: string; loginName: string }

/** Whose message it is in the vendor's system; null where no sign-in name is known. */
export async function personOfMessage(userId: string, messageId: string): Promise<NamedPerson | null> {
  const [person] = await rows<NamedPerson>(
    null,
    `select p.external_id as "externalId", p.login_name as "loginName"
       from messages m join persons p on p.id = m.person_id
      where m.id = $2::bigint and m.user_id = $1::uuid and p.user_id = m.user_id
        and p.external_id is not null and p.login_name is not null`,
    userId,
    messageId,
  )
  return person ?? null
}

/** Everybody of the connection who is mapped and signs in there by exactly that name: one, unless names were moved. */
export function mappedByName(
  connectionId: string,
  loginName: string,
): Promise<(NamedPerson & { userId: string; username: string; disabled: boolean })[]> {
  return rows(
    null,
    `select p.external_id as "externalId", p.login_name as "loginName", u.id::text as "userId",
       u.display_username as username, u.disabled_at is not null as disabled
       from persons p join users u on u.id = p.user_id
      where p.connection_id = $1::uuid and p.login_name = $2 and p.external_id is not null limit 2`,
    connectionId,
    loginName,
  )
}

// ── Ours ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Writes a ticket down for somebody who leaves for the vendor's system now. */
export async function keepTicket(ticket: {
  hash: Buffer
  connectionId: string
  userId: string
  loginName: string
}): Promise<void> {
  await execute(
    null,
    `insert into sso_tickets (hash, connection_id, user_id, kind, login_name, expires_at)
     values ($1, $2::uuid, $3::uuid, 'out', $4, now() + interval '60 seconds')`,
    ticket.hash,
    ticket.connectionId,
    ticket.userId,
    ticket.loginName,
  )
}

/**
 * Uses a ticket up and gives the sign-in name it stands for. One statement, so that of several at once one wins; null
 * for the others, and where the user was disabled or unmapped meanwhile.
 */
export async function redeemTicket(connectionId: string, hash: Buffer): Promise<string | null> {
  const [used] = await rows<{ loginName: string }>(
    null,
    `update sso_tickets t set used_at = now()
      where t.hash = $1 and t.connection_id = $2::uuid and t.kind = 'out'
        and t.used_at is null and t.expires_at > now()
        and exists (
          select 1 from persons p join users u on u.id = p.user_id
           where p.connection_id = t.connection_id and p.user_id = t.user_id and p.login_name = t.login_name
             and u.disabled_at is null)
     returning t.login_name as "loginName"`,
    hash,
    connectionId,
  )
  return used?.loginName ?? null
}

// ── The vendor's ────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether a ticket of the vendor has signed somebody in already. */
export async function isSpent(hash: Buffer): Promise<boolean> {
  return (
    (await rows(null, `select 1 as found from sso_tickets where hash = $1 and kind = 'in'`, hash)).length > 0
  )
}

/** Notes that a ticket of the vendor signs somebody in; false if it has done so before. */
export async function spendTicket(
  tx: Tx,
  ticket: { hash: Buffer; connectionId: string; userId: string },
): Promise<boolean> {
  const written = await execute(
    tx,
    // How long the vendor goes on vouching for a ticket is not known; it is remembered well beyond any session there.
    `insert into sso_tickets (hash, connection_id, user_id, kind, used_at, expires_at)
     values ($1, $2::uuid, $3::uuid, 'in', now(), now() + interval '7 days') on conflict (hash) do nothing`,
    ticket.hash,
    ticket.connectionId,
    ticket.userId,
  )
  return written === 1
}

/** Removes tickets that have run out. */
export async function deleteExpiredTickets(): Promise<void> {
  await execute(null, 'delete from sso_tickets where expires_at < now()')
}
