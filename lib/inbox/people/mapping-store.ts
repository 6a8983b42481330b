import { execute, rows, type Tx } from '@/lib/platform/db'

/** Persons, whom they are mapped to, and what that does to their messages. */

export type PersonRow = {
  id: string
  connectionId: string
  externalId: string | null
  loginName: string | null
  name: string | null
  userId: string | null
}

const COLUMNS = `id::text, connection_id as "connectionId", external_id as "externalId", login_name as "loginName",
  name, user_id as "userId"`

/** How a person is named by an administrator: by the vendor's id, or by a sign-in name still to be looked up. */
export type PersonKey =
  { externalId: string; loginName?: string | null; name?: string | null } | { loginName: string }

/**
 * Locks the person a mapping is about (creating it if it is new) and whoever the user is mapped to in that
 * connection now, in the order all writers keep.
 */
export async function lockForMapping(
  tx: Tx,
  connectionId: string,
  key: PersonKey,
  userId: string,
): Promise<{ person: PersonRow; present: PersonRow | null }> {
  // First the connection, like pushes: it may be just going away. Then one mapping of it at a time: two that cross
  // would wait for each other.
  await execute(tx, 'select 1 from connections where id = $1::uuid for key share', connectionId)
  await execute(tx, `select pg_advisory_xact_lock(hashtext('mapping'), hashtext($1))`, connectionId)
  // A push to both takes them in the order of their ids, so whoever the user is mapped to may have to be locked first.
  if ('externalId' in key) {
    await execute(
      tx,
      `select 1 from persons where connection_id = $1::uuid and user_id = $2::uuid and external_id < $3::text collate "C"
       for update`,
      connectionId,
      userId,
      key.externalId,
    )
  }
  const id =
    'externalId' in key ? await byExternalId(tx, connectionId, key) : await byLoginName(tx, connectionId, key)
  const locked = await rows<PersonRow>(
    tx,
    `select ${COLUMNS} from persons where connection_id = $1::uuid and (id = $2::bigint or user_id = $3::uuid)
     order by external_id collate "C" for update`,
    connectionId,
    id,
    userId,
  )
  return {
    person: locked.find((row) => row.id === id)!,
    present: locked.find((row) => row.userId === userId && row.id !== id) ?? null,
  }
}

async function byExternalId(
  tx: Tx,
  connectionId: string,
  key: Extract<PersonKey, { externalId: string }>,
): Promise<string> {
  const [row] = await rows<{ id: string }>(
    tx,
    `insert into persons (connection_id, external_id, login_name, name) values ($1::uuid, $2, $3, $4)
     on conflict (connection_id, external_id) do update set
       login_name = coalesce(excluded.login_name, persons.login_name), name = coalesce(excluded.name, persons.name)
     returning id::text`,
    connectionId,
    key.externalId,
    key.loginName ?? null,
    key.name ?? null,
  )
  return row!.id
}

/** A person whose id is not known yet; the poll looks it up. */
async function byLoginName(tx: Tx, connectionId: string, key: { loginName: string }): Promise<string> {
  const [known] = await rows<{ id: string }>(
    tx,
    `select id::text from persons where connection_id = $1::uuid and login_name = $2
     order by external_id nulls last limit 1`,
    connectionId,
    key.loginName,
  )
  if (known) return known.id
  const [made] = await rows<{ id: string }>(
    tx,
    `insert into persons (connection_id, login_name) values ($1::uuid, $2) returning id::text`,
    connectionId,
    key.loginName,
  )
  return made!.id
}

export async function lockPerson(tx: Tx, personId: string): Promise<PersonRow | null> {
  const [row] = await rows<PersonRow>(
    tx,
    `select ${COLUMNS} from persons where id = $1::bigint for update`,
    personId,
  )
  return row ?? null
}

/** Says that the person is the user; `poll`: somebody to be polled, at once (unless the user is disabled). */
export async function setUser(tx: Tx, personId: string, userId: string, poll: boolean): Promise<void> {
  await execute(
    tx,
    `update persons set user_id = $2::uuid, mapped_at = now(), poll_error = null, compared_at = null,
       next_poll_at = (select now() from users where id = $2::uuid and disabled_at is null and $3::boolean),
       lease_until = null, lease_token = null
     where id = $1::bigint`,
    personId,
    userId,
    poll,
  )
}

/** Takes the user from the person. What comes next belongs to a new epoch: it folds with nothing of before. */
export async function clearUser(tx: Tx, personId: string): Promise<void> {
  await execute(
    tx,
    `update persons set user_id = null, mapped_at = null, epoch = epoch + 1, next_poll_at = null, lease_until = null,
       lease_token = null, poll_error = null where id = $1::bigint`,
    personId,
  )
}

/** Hides the person's messages from the user: kept for nobody. Gives how many. */
export function holdMessages(tx: Tx, personId: string, userId: string): Promise<number> {
  return execute(
    tx,
    `update messages set user_id = null, held = true where person_id = $1::bigint and user_id = $2::uuid`,
    personId,
    userId,
  )
}

/** Gives what waited to the user, under this number, with its original times. */
export async function deliverWaiting(
  tx: Tx,
  personId: string,
  userId: string,
  number: bigint,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `update messages set user_id = $2::uuid, seq = $3::bigint
     where person_id = $1::bigint and user_id is null and not held returning id::text`,
    personId,
    userId,
    number.toString(),
  )
  return found.map((row) => row.id)
}

/**
 * Gives what an earlier holder had to the user, with all marks of that holder cleared. What became of a copy in another
 * system was that holder's doing, too.
 */
export async function deliverHeld(
  tx: Tx,
  personId: string,
  userId: string,
  number: bigint,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `update messages m set user_id = $2::uuid, held = false, seq = $3::bigint, kept_unread = false, starred_at = null,
       snoozed_until = null, reopened_at = null, sync = 'none',
       read_at = case when i.vendor_read then coalesce(m.read_at, now()) end,
       read_by = case when i.vendor_read then 'source' end,
       done_at = case when m.done_by = 'source' then m.done_at when m.over_at >= m.sent_at then m.over_at end,
       done_by = case when m.done_by = 'source' or m.over_at >= m.sent_at then 'source' end
     from messages old left join pulled_items i on i.message_id = old.id and i.person_id = old.person_id
     where m.id = old.id and m.person_id = $1::bigint and m.held returning m.id::text`,
    personId,
    userId,
    number.toString(),
  )
  return found.map((row) => row.id)
}

/** The users of all persons of a connection, the persons locked in order. */
export async function lockPersonsIn(tx: Tx, connectionId: string): Promise<string[]> {
  const found = await rows<{ user_id: string | null }>(
    tx,
    `select user_id from persons where connection_id = $1::uuid order by external_id collate "C" for update`,
    connectionId,
  )
  return found.flatMap((row) => row.user_id ?? [])
}

/** All persons of a user, locked in order. */
export function lockPersonsOf(tx: Tx, userId: string): Promise<PersonRow[]> {
  return rows<PersonRow>(
    tx,
    `select ${COLUMNS} from persons where user_id = $1::uuid order by connection_id, external_id collate "C" for update`,
    userId,
  )
}

/**
 * Users whom something waits for although they are mapped and not disabled, or who are not polled for in these
 * connections: what should have followed from enabling them was cut off.
 */
export async function usersPassedOver(polledConnectionIds: string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    null,
    `select distinct p.user_id::text as id from persons p join users u on u.id = p.user_id
     where u.disabled_at is null and (
       (p.next_poll_at is null and p.connection_id = any($1::uuid[]))
       or exists (select 1 from messages m where m.person_id = p.id and m.user_id is null and not m.held))
     limit 100`,
    polledConnectionIds,
  )
  return found.map((row) => row.id)
}

/**
 * Turns polling of these persons off, or on and due at once for those of these connections. They are locked already:
 * by their user, others could be met who have just been mapped, out of the order of locks.
 */
export async function setPolling(tx: Tx, personIds: string[], connectionIds: string[] | null): Promise<void> {
  await execute(
    tx,
    `update persons set next_poll_at = case when connection_id = any($2::uuid[]) then now() end
     where id = any($1::bigint[])`,
    personIds,
    connectionIds ?? [],
  )
}

/**
 * Turns polling of everybody mapped in a connection off, or on for those who are not polled: due by and by within so
 * many seconds, since a system that has just been connected must not be asked for all at once. The connection is locked
 * by the caller.
 */
export async function setPollingIn(
  tx: Tx,
  connectionId: string,
  withinSeconds: number | null,
): Promise<void> {
  await execute(
    tx,
    `with everybody as (
       select p.id, $2::float8 is not null and u.disabled_at is null as polled
       from persons p left join users u on u.id = p.user_id
       where p.connection_id = $1::uuid and (p.user_id is not null or p.next_poll_at is not null)
       order by p.external_id collate "C" for update of p)
     update persons p set next_poll_at = case when e.polled
       then least(p.next_poll_at, now() + make_interval(secs => random() * $2::float8)) end
     from everybody e where p.id = e.id`,
    connectionId,
    withinSeconds,
  )
}
