import { rows, type Tx } from '@/lib/platform/db'

export type MappingRow = {
  personId: string
  connectionId: string
  connectionName: string
  connector: string
  externalId: string | null
  loginName: string | null
  name: string | null
  userId: string | null
  username: string | null
  userName: string | null
  error: string | null
  waiting: number
  held: number
  firstSeenAt: Date
  lastSeenAt: Date
}

export type MappingQuery = { connection?: string; q?: string; unmapped?: boolean }
export type Position = { waiting: number; personId: string }

/**
 * Persons of connections in use, those with the most waiting messages first, then in order of appearance.
 * @param after the last one of the page before
 */
export function selectMappings(
  query: MappingQuery,
  page: { limit: number; after: Position | null },
): Promise<MappingRow[]> {
  const pattern = query.q ? `%${query.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` : null
  return rows<MappingRow>(
    null,
    `with waits as materialized (
       select person_id, count(*) filter (where not held)::int as waiting, count(*) filter (where held)::int as held
       from messages where user_id is null group by 1
     )
     select p.id::text as "personId", k.id::text as "connectionId", k.name as "connectionName", k.connector,
       p.external_id as "externalId", p.login_name as "loginName", p.name, u.id::text as "userId",
       u.display_username as username, u.name as "userName", p.poll_error as error,
       coalesce(w.waiting, 0) as waiting, coalesce(w.held, 0) as held, p.first_seen_at as "firstSeenAt",
       p.last_seen_at as "lastSeenAt"
     from persons p join connections k on k.id = p.connection_id
       left join users u on u.id = p.user_id left join waits w on w.person_id = p.id
     where ($1::uuid is null or k.id = $1::uuid) and ($1::uuid is not null or k.archived_at is null)
       and (not $2::boolean or p.user_id is null)
       and ($3::text is null or lower(concat_ws(' ', p.external_id, p.login_name, p.name, u.username, u.name)) like $3)
       and ($4::int is null or (coalesce(w.waiting, 0), -p.id) < ($4::int, -$5::bigint))
     order by coalesce(w.waiting, 0) desc, p.id limit $6`,
    query.connection ?? null,
    query.unmapped ?? false,
    pattern,
    page.after?.waiting ?? null,
    page.after?.personId ?? '0',
    page.limit,
  )
}

/** The user of that name, compared without case; null if there is none. */
export async function findUserByName(
  username: string,
): Promise<{ id: string; username: string; name: string } | null> {
  const [row] = await rows<{ id: string; username: string; name: string }>(
    null,
    `select id::text, display_username as username, name from users where username = $1`,
    username,
  )
  return row ?? null
}

/** Usernames of these users, for sentences. */
export async function usernamesOf(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; username: string }>(
    tx,
    `select id::text, display_username as username from users where id = any($1::uuid[])`,
    ids,
  )
  return new Map(found.map((row) => [row.id, row.username]))
}
