import { shownEmail } from '@/lib/auth/users'
import { execute, rows, type Tx } from '@/lib/platform/db'
import type { Known, KnownPerson, KnownUser } from './plan-import'

/** The connections in use of these connectors, in the order in which they were made. */
export function selectConnections(
  connectors: string[],
): Promise<{ id: string; name: string; connector: string }[]> {
  return rows(
    null,
    `select id::text, name, connector from connections
     where archived_at is null and connector = any($1::text[]) order by created_at, connections.id`,
    connectors,
  )
}

/** One import at a time: two of the same file would otherwise create the same users. Until the transaction ends. */
export async function lockImports(tx: Tx): Promise<void> {
  await execute(tx, `select pg_advisory_xact_lock(hashtext('import'), 0)`)
}

export type Asked = {
  usernames: string[]
  /** Lower case. */
  emails: string[]
  ids: { connectionId: string; word: string }[]
  loginNames: { connectionId: string; word: string }[]
  connectionIds: string[]
}

/** All that is here of the users and persons that a file names, in three statements. */
export async function readKnown(tx: Tx | null, asked: Asked): Promise<Known> {
  const users = await readUsers(tx, asked.usernames)
  const emails = await rows<{ email: string }>(
    tx,
    'select email from users where email = any($1::text[])',
    asked.emails,
  )
  const persons = await readPersons(
    tx,
    asked,
    [...users.values()].map(({ id }) => id),
  )
  return { users, emails: new Set(emails.map(({ email }) => email)), persons }
}

async function readUsers(tx: Tx | null, usernames: string[]): Promise<Map<string, KnownUser>> {
  const found = await rows<KnownUser & { key: string; email: string }>(
    tx,
    `select id::text, username as key, display_username as username, name, email,
       disabled_at is not null as disabled
     from users where username = any($1::text[])`,
    usernames,
  )
  return new Map(found.map(({ key, ...user }) => [key, { ...user, email: shownEmail(user.email) }]))
}

type PersonRow = Omit<KnownPerson, 'user'> & { userId: string | null; username: string | null }

async function readPersons(tx: Tx | null, asked: Asked, userIds: string[]): Promise<KnownPerson[]> {
  const found = await rows<PersonRow>(
    tx,
    `with named as (
       select p.id from unnest($1::uuid[], $2::text[]) t(connection_id, word)
         join persons p on p.connection_id = t.connection_id and p.external_id = t.word
       union
       select p.id from unnest($3::uuid[], $4::text[]) t(connection_id, word)
         join persons p on p.connection_id = t.connection_id and p.login_name = t.word
       union
       select p.id from persons p where p.user_id = any($5::uuid[]) and p.connection_id = any($6::uuid[])
     )
     select p.id::text, p.connection_id::text as "connectionId", p.external_id as "externalId",
       p.login_name as "loginName", p.name, l.login_name as "askedFor", p.user_id::text as "userId",
       u.display_username as username
     from named join persons p on p.id = named.id
       left join users u on u.id = p.user_id
       left join import_lookups l
         on l.connection_id = p.connection_id and l.user_id = p.user_id and l.at = p.mapped_at`,
    asked.ids.map((one) => one.connectionId),
    asked.ids.map((one) => one.word),
    asked.loginNames.map((one) => one.connectionId),
    asked.loginNames.map((one) => one.word),
    userIds,
    asked.connectionIds,
  )
  return found.map(({ userId, username, ...person }) => ({
    ...person,
    user: userId === null ? null : { id: userId, username: username! },
  }))
}

export type Lookup = { connectionId: string; userId: string; loginName: string }

/** Notes the sign-in names that are still to be looked up, at the time of their mappings. */
export async function insertLookups(tx: Tx, importId: string, lookups: Lookup[]): Promise<void> {
  if (lookups.length === 0) return
  await execute(
    tx,
    `insert into import_lookups (import_id, connection_id, user_id, login_name, at)
     select $1::uuid, t.*, now() from unnest($2::uuid[], $3::uuid[], $4::text[]) t`,
    importId,
    lookups.map((one) => one.connectionId),
    lookups.map((one) => one.userId),
    lookups.map((one) => one.loginName),
  )
}

export type LookupRow = {
  loginName: string
  username: string
  /** `gone`: the mapping was taken back since. */
  state: 'resolved' | 'open' | 'failed' | 'gone'
  error: string | null
  /** Why the whole connection is at a halt. */
  pausedBy: string | null
}

/** How the look-ups of an import stand; those of a system that is away are open, whatever their last try said. */
export function selectLookups(importId: string): Promise<LookupRow[]> {
  return rows<LookupRow>(
    null,
    `select l.login_name as "loginName", u.display_username as username, p.poll_error as error,
       case when p.id is null then 'gone' when p.external_id is not null then 'resolved'
         when p.poll_error is null or k.failures > 0 then 'open' else 'failed' end as state,
       case when k.failures > 0 then k.last_error end as "pausedBy"
     from import_lookups l join users u on u.id = l.user_id join connections k on k.id = l.connection_id
       left join persons p on p.connection_id = l.connection_id and p.user_id = l.user_id
     where l.import_id = $1::uuid order by u.username`,
    importId,
  )
}

export type ExportRow = { username: string; name: string; email: string | null; persons: ExportPerson[] }
export type ExportPerson = { connectionId: string; externalId: string | null; loginName: string | null }

/** Everybody who can sign in, with whom they are mapped to in these connections; by username. */
export async function selectPeople(connectionIds: string[]): Promise<ExportRow[]> {
  const found = await rows<ExportRow & { email: string }>(
    null,
    `select u.display_username as username, u.name, u.email, coalesce(m.persons, '[]') as persons
     from users u left join (
       select user_id, json_agg(json_build_object('connectionId', connection_id, 'externalId', external_id,
         'loginName', login_name)) as persons
       from persons where connection_id = any($1::uuid[]) and user_id is not null group by user_id
     ) m on m.user_id = u.id
     order by u.username`,
    connectionIds,
  )
  return found.map((row) => ({ ...row, email: shownEmail(row.email) }))
}
