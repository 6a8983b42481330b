import { db, execute, rows, uniqueViolation, type Tx } from '@/lib/platform/db'
import type { Connection as ConnectionRow } from '@/prisma/generated/client'

/** Connections as they are stored: plain settings as JSON, secret ones encrypted. */
export type { Connection as ConnectionRow } from '@/prisma/generated/client'

export function findConnection(id: string, tx: Tx | null = null): Promise<ConnectionRow | null> {
  return db(tx).connection.findUnique({ where: { id } })
}

/** What every push asks for. */
export type PushedTo = Pick<
  ConnectionRow,
  'id' | 'connector' | 'settings' | 'secrets' | 'setupUntil' | 'archivedAt' | 'retryAt' | 'lastError'
>

/** As `findConnection`, for the paths that ask often: without the ORM's cost. */
export async function findConnectionFast(id: string): Promise<PushedTo | null> {
  const [row] = await rows<PushedTo>(
    null,
    `select id::text, connector, settings, secrets, setup_until as "setupUntil", archived_at as "archivedAt",
       retry_at as "retryAt", last_error as "lastError"
     from connections where id = $1::uuid`,
    id,
  )
  return row ?? null
}

/** Locks a connection for a change of its settings. */
export async function lockConnection(tx: Tx, id: string): Promise<ConnectionRow | null> {
  await execute(tx, 'select 1 from connections where id = $1::uuid for update', id)
  return findConnection(id, tx)
}

export function allConnections(): Promise<ConnectionRow[]> {
  return db().connection.findMany({
    orderBy: [{ archivedAt: { sort: 'asc', nulls: 'first' } }, { createdAt: 'asc' }],
  })
}

/** Those that are not archived and of these connectors. */
export function activeConnections(connectors: string[]): Promise<ConnectionRow[]> {
  return db().connection.findMany({ where: { archivedAt: null, connector: { in: connectors } } })
}

export type Stored = { settings: object; secrets: string | null; setupUntil: Date | null }

export async function insertConnection(
  tx: Tx,
  row: Stored & { id: string; connector: string; name: string },
): Promise<void> {
  await db(tx).connection.create({ data: row })
}

/** True for the error of a name that another connection has. */
export function isNameTaken(error: unknown): boolean {
  return uniqueViolation(error)?.includes('connections_name_key') ?? false
}

export async function updateConnection(tx: Tx, id: string, row: Stored & { name: string }): Promise<void> {
  // Other settings may mean that it works now: the circuit is closed, and everybody is tried.
  const circuit = { failures: 0, failingSince: null, retryAt: null, lastError: null }
  await db(tx).connection.update({ where: { id }, data: { ...row, ...circuit } })
}

/** Archives: nobody is polled for it any more, and nothing unsent is sent. */
export async function archiveConnection(tx: Tx, id: string): Promise<void> {
  await execute(
    tx,
    `update persons set next_poll_at = null, lease_token = null where connection_id = $1::uuid`,
    id,
  )
  await execute(
    tx,
    `with gone as (
       update outbox set state = 'cancelled' where connection_id = $1::uuid and state in ('pending', 'failed')
       returning message_id)
     update messages m set sync = 'none' from gone where m.id = gone.message_id`,
    id,
  )
  await execute(
    tx,
    `update connections set archived_at = now(), setup_until = null where id = $1::uuid and archived_at is null`,
    id,
  )
}

/** Removes a connection and everything that came from it. */
export async function purgeConnection(tx: Tx, id: string): Promise<void> {
  await execute(
    tx,
    `delete from action_items where message_id in (select id from messages where connection_id = $1::uuid)`,
    id,
  )
  // A copy of what goes here is no longer that of anything: if it is still there it comes as a message of its own.
  await execute(
    tx,
    `delete from pulled_items where message_id in (select id from messages where connection_id = $1::uuid)`,
    id,
  )
  for (const table of [
    'outbox',
    'forwards',
    'pulled_items',
    'recipients',
    'messages',
    'contents',
    'refusals',
    'refusal_counts',
  ]) {
    await execute(tx, `delete from ${table} where connection_id = $1::uuid`, id)
  }
  await execute(tx, 'delete from connections where id = $1::uuid', id)
}

export type PersonCounts = { connectionId: string; mapped: number; unmapped: number; waiting: number }

/** Persons and waiting messages of these connections. */
export function countPersons(ids: string[]): Promise<PersonCounts[]> {
  return rows<PersonCounts>(
    null,
    `select k.id::text as "connectionId",
       (select count(*)::int from persons p where p.connection_id = k.id and p.user_id is not null) as mapped,
       (select count(*)::int from persons p where p.connection_id = k.id and p.user_id is null) as unmapped,
       (select count(*)::int from messages m join persons p on p.id = m.person_id
        where p.connection_id = k.id and m.user_id is null and not m.held) as waiting
     from unnest($1::uuid[]) k(id)`,
    ids,
  )
}
