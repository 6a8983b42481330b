import { execute, rows, type Tx } from '@/lib/platform/db'

/** The to-dos of one person as their vendor is asked about them, and what becomes of them then. */

/** The lease of the person whose to-dos are compared. */
export type Compared = { personId: string; connectionId: string; token: string }

export type ComparedPerson = {
  personId: string
  connectionId: string
  userId: string
  epoch: number
  /** Nothing was compared since the person was mapped. */
  first: boolean
}

/**
 * Locks the person of a lease; null if the lease is no longer held (it ran out, or the mapping changed): what the vendor
 * said under it is then too old to be believed.
 */
export async function lockCompared(
  tx: Tx,
  { personId, connectionId, token }: Compared,
): Promise<ComparedPerson | null> {
  // First the connection, like pushes, whose row deliveries refer to: a change of it takes the persons after it.
  await execute(tx, 'select 1 from connections where id = $1::uuid for key share', connectionId)
  const [row] = await rows<ComparedPerson>(
    tx,
    `select id::text as "personId", connection_id::text as "connectionId", user_id::text as "userId", epoch,
       compared_at is null as first
     from persons where id = $1::bigint and lease_token = $2::uuid and user_id is not null for update`,
    personId,
    token,
  )
  return row ?? null
}

export async function setCompared(tx: Tx, personId: string): Promise<void> {
  await execute(tx, 'update persons set compared_at = now() where id = $1::bigint', personId)
}

/** A to-do of a person. `generation` is what its pushes were folded by. */
export type TodoRow = {
  messageId: string
  generation: string | null
  type: string
  link: string | null
  linkRef: Record<string, string> | null
  sentAt: Date
}

// The key of a folded message is its slot, `#`, and `t:<generation>` or `p:<hash>`.
const GENERATION = `case when starts_with(substr(m.key, length(m.slot) + 1), '#t:')
  then substr(m.key, length(m.slot) + 4) end`

const selectTodos = (
  state: string,
) => `select m.id::text as "messageId", ${GENERATION} as generation, m.type, c.link,
    c.link_ref as "linkRef", m.sent_at as "sentAt"
  from persons p join messages m on m.person_id = p.id and m.epoch = p.epoch and m.user_id = p.user_id
    join contents c on c.id = m.content_id
  where p.id = $1::bigint and m.category = 'todo' and ${state}`

/** Open to-dos of the person's present user. Those taken back after they were said to be over are left alone. */
export function selectOpen(personId: string): Promise<TodoRow[]> {
  return rows<TodoRow>(
    null,
    selectTodos('m.done_at is null and (m.over_at is null or m.over_at < m.sent_at)'),
    personId,
  )
}

/** The last to-dos that are over only because the vendor said so, or that the user has taken back from that. */
export function selectOver(personId: string, limit: number): Promise<TodoRow[]> {
  return rows<TodoRow>(
    null,
    `${selectTodos(`m.over_at >= m.sent_at and (m.done_at is null or m.done_by = 'source')`)}
     order by m.over_at desc limit $2`,
    personId,
    limit,
  )
}

/** The database's time: what acts are stamped with. */
export async function currentTime(): Promise<Date> {
  const [row] = await rows<{ now: Date }>(null, 'select now() as now')
  return row!.now
}

/**
 * Closes these to-dos unless they have changed since `asOf`: a newer push came, or the user did something about them.
 * The time is not before their newest push, so that a vendor's clock that is ahead opens nothing again.
 */
export async function markOver(
  tx: Tx,
  person: ComparedPerson,
  todos: { messageId: string; sentAt: Date }[],
  asOf: Date,
): Promise<string[]> {
  if (todos.length === 0) return []
  const found = await rows<{ id: string }>(
    tx,
    `update messages m set over_at = greatest(date_trunc('milliseconds', now()), m.sent_at),
       done_at = greatest(date_trunc('milliseconds', now()), m.sent_at), done_by = 'source', reopened_at = null
     from unnest($4::bigint[], $5::timestamptz[]) t(id, sent_at)
     where m.id = t.id and m.sent_at = t.sent_at and m.person_id = $1::bigint and m.epoch = $2::int
       and m.user_id = $3::uuid and m.done_at is null and (m.over_at is null or m.over_at < m.sent_at)
       and (m.reopened_at is null or m.reopened_at < $6::timestamptz)
     returning m.id::text`,
    person.personId,
    person.epoch,
    person.userId,
    todos.map((todo) => todo.messageId),
    todos.map((todo) => todo.sentAt.toISOString()),
    asOf,
  )
  await forgetMisses(
    tx,
    found.map((row) => row.id),
  )
  return found.map((row) => row.id)
}

/**
 * The vendor lists these as open, so its word that they were over is taken back. Gives those that are open again, under
 * this number; what a newer round has settled stays so.
 */
export async function markOpen(
  tx: Tx,
  person: ComparedPerson,
  ids: string[],
  asOf: Date,
  number: bigint,
): Promise<string[]> {
  if (ids.length === 0) return []
  const found = await rows<{ id: string; reopened: boolean }>(
    tx,
    `update messages m set over_at = null, done_at = case when old.reopens then null else m.done_at end,
       done_by = case when old.reopens then null else m.done_by end,
       seq = case when old.reopens then $6::bigint else m.seq end
     from (
       select id, coalesce(done_by = 'source' and done_at = over_at, false) as reopens from messages
       where id = any($4::bigint[]) and over_at < $5::timestamptz) old
     where m.id = old.id and m.person_id = $1::bigint and m.epoch = $2::int and m.user_id = $3::uuid
     returning m.id::text, old.reopens as reopened`,
    person.personId,
    person.epoch,
    person.userId,
    ids,
    asOf,
    number.toString(),
  )
  return found.filter((row) => row.reopened).map((row) => row.id)
}

/** Notes that a whole list did not name these; gives those that the whole list before it did not name either. */
export async function addMisses(tx: Tx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const found = await rows<{ id: string }>(
    tx,
    `with missing as (
       select id from messages where id = any($1::bigint[]) order by id for key share
     ), noted as (
       insert into todo_misses (message_id) select id from missing on conflict do nothing returning message_id)
     select id::text from missing where id not in (select message_id from noted)`,
    ids,
  )
  return found.map((row) => row.id)
}

/** These are named again, or need not be. */
export async function forgetMisses(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await execute(tx, 'delete from todo_misses where message_id = any($1::bigint[])', ids)
}

/** Which of these rounds, or of these pushes by their keys, the person has or ever had, whoever was the user then. */
export async function knownOf(
  tx: Tx,
  person: { personId: string; connectionId: string },
  wanted: { generations: string[]; deliverKeys: string[] },
): Promise<{ generations: Set<string>; deliverKeys: Set<string> }> {
  const [messages, deliveries] = [
    await rows<{ generation: string }>(
      tx,
      `select distinct generation from (
         select ${GENERATION} as generation from messages m where m.person_id = $1::bigint and m.slot is not null) t
       where generation = any($2::text[])`,
      person.personId,
      wanted.generations,
    ),
    await rows<{ key: string }>(
      tx,
      `select deliver_key as key from deliveries where connection_id = $1::uuid and deliver_key = any($2::text[])`,
      person.connectionId,
      wanted.deliverKeys,
    ),
  ]
  return {
    generations: new Set(messages.map((row) => row.generation)),
    deliverKeys: new Set(deliveries.map((row) => row.key)),
  }
}

/**
 * Makes these people due for a comparison at once; who is not mapped, or to a disabled user, is left out. One that is
 * under way may have listed them already: it loses its lease, and what it finds is left to the next.
 */
export async function dueAtOnce(connectionId: string, externalIds: string[]): Promise<void> {
  // An old time and not none at all: none says that the person was never compared.
  await execute(
    null,
    `with due as (
       select p.id from persons p join users u on u.id = p.user_id
       where p.connection_id = $1::uuid and p.external_id = any($2::text[]) and u.disabled_at is null
       order by p.external_id collate "C" for update of p)
     update persons p set next_poll_at = least(p.next_poll_at, now()), lease_until = null, lease_token = null,
       compared_at = case when p.compared_at is not null then 'epoch'::timestamptz end
     from due where p.id = due.id`,
    connectionId,
    externalIds,
  )
}
