import { execute, rows, type Tx } from '@/lib/platform/db'

/** What a vendor still has to be told, and how far that is. `messages.sync` shows it to the employee. */

/** A person with reads to tell, and when the next of them is due. */
export type Due = { personId: string; dueAt: Date }

/**
 * Writes a read into the outbox for each of these messages that a vendor has unread, and gives the persons to be told
 * for: the message's own, or that of its copy in a system it was forwarded to. Only persons mapped to the acting user
 * are told of. `sync` speaks of the message's own system and is silent about copies.
 */
export async function writeReads(
  tx: Tx,
  userId: string,
  messageIds: string[],
  delaySeconds: number,
): Promise<Due[]> {
  if (messageIds.length === 0) return []
  const found = await rows<{ person_id: string; due_at: Date }>(
    tx,
    `with told as (
       insert into outbox (connection_id, person_id, user_id, message_id, external_id, op, due_at)
       select distinct on (m.id) i.connection_id, i.person_id, m.user_id, m.id, i.external_id, 'read',
         now() + make_interval(secs => $3)
       from messages m join pulled_items i on i.message_id = m.id join persons p on p.id = i.person_id
       where m.id = any($2::bigint[]) and m.user_id = $1::uuid and p.user_id = $1::uuid and not i.vendor_read
       order by m.id, i.person_id = m.person_id desc
       on conflict (message_id, op) do update set state = 'pending', due_at = excluded.due_at, tries = 0, refusals = 0,
         last_error = null, lease_until = null, user_id = excluded.user_id, connection_id = excluded.connection_id,
         person_id = excluded.person_id, external_id = excluded.external_id
         where outbox.state not in ('pending', 'sending')
       returning message_id, person_id, due_at
     ), shown as (
       update messages m set sync = 'pending' from told
       where m.id = told.message_id and m.person_id = told.person_id)
     select person_id::text, min(due_at) as due_at from told group by 1`,
    userId,
    messageIds,
    delaySeconds,
  )
  return found.map((row) => ({ personId: row.person_id, dueAt: row.due_at }))
}

/** Takes back what is not being sent yet. */
export async function cancelReads(tx: Tx, messageIds: string[]): Promise<void> {
  if (messageIds.length === 0) return
  await execute(
    tx,
    `with gone as (
       delete from outbox where message_id = any($1::bigint[]) and op = 'read' and state in ('pending', 'failed')
       returning message_id)
     update messages m set sync = 'none' from gone where m.id = gone.message_id`,
    messageIds,
  )
}

/**
 * Takes back all reads of a person, who is unmapped: they are nobody's to tell any more, and those of copies of their
 * messages are not either. One that is just being sent may still arrive, but is not tried again.
 */
export async function cancelReadsOfPerson(tx: Tx, personId: string): Promise<void> {
  await execute(
    tx,
    `with gone as (
       update outbox set state = 'cancelled', lease_until = null
       where state in ('pending', 'sending', 'failed') and id in (
         select id from outbox where person_id = $1::bigint
         union all
         select o.id from messages m join forwards f on f.message_id = m.id
           join outbox o on o.message_id = m.id where m.person_id = $1::bigint)
       returning message_id)
     update messages m set sync = 'none' from gone where m.id = gone.message_id`,
    personId,
  )
}

/** Failed ones of the user among these messages are due again at once. */
export async function retryReads(
  tx: Tx,
  userId: string,
  messageIds: string[],
): Promise<{ ids: string[]; due: Due[] }> {
  const found = await rows<{ person_id: string; message_id: string; due_at: Date }>(
    tx,
    `with again as (
       update outbox o set state = 'pending', due_at = now(), refusals = 0, tries = 0, lease_until = null
       from messages m, persons p
       where o.message_id = m.id and p.id = o.person_id and m.user_id = $1::uuid and p.user_id = $1::uuid
         and m.id = any($2::bigint[]) and o.state = 'failed'
       returning o.message_id, o.person_id, o.due_at
     ), shown as (
       update messages m set sync = 'pending' from again
       where m.id = again.message_id and m.person_id = again.person_id)
     select person_id::text, message_id::text, due_at from again`,
    userId,
    messageIds,
  )
  return {
    ids: found.map((row) => row.message_id),
    due: found.map((row) => ({ personId: row.person_id, dueAt: row.due_at })),
  }
}

// ── The worker's side ───────────────────────────────────────────────────────────────────────────────────────────

export type Told = { id: string; externalId: string; messageId: string }
export type Claim = {
  connectionId: string
  personId: string
  personExternalId: string
  userId: string
  reads: Told[]
}

/**
 * Takes the due reads of a person to send them, at most `limit`, for at most `leaseSeconds`. What another worker
 * took and did not finish in that time is taken again. Reads of somebody no longer mapped are not taken.
 */
export async function claimReads(
  personId: string,
  limit: number,
  leaseSeconds: number,
): Promise<Claim | null> {
  const found = await rows<{
    id: string
    external_id: string
    message_id: string
    connection_id: string
    person_external_id: string
    user_id: string
  }>(
    null,
    `with due as (
       select o.id from outbox o join persons p on p.id = o.person_id and p.user_id = o.user_id
       where o.person_id = $1::bigint and p.external_id is not null and o.due_at <= now()
         and (o.state = 'pending' or (o.state = 'sending' and o.lease_until < now()))
       order by o.due_at, o.id limit $2 for update of o skip locked)
     update outbox o set state = 'sending', tries = tries + 1, lease_until = now() + make_interval(secs => $3)
     from due, persons p where o.id = due.id and p.id = o.person_id
     returning o.id::text, o.external_id, o.message_id::text, o.connection_id, p.external_id as person_external_id,
       o.user_id`,
    personId,
    limit,
    leaseSeconds,
  )
  const [first] = found
  if (!first) return null
  return {
    connectionId: first.connection_id,
    personId,
    personExternalId: first.person_external_id,
    userId: first.user_id,
    reads: found.map((row) => ({ id: row.id, externalId: row.external_id, messageId: row.message_id })),
  }
}

/** The vendor accepted these. */
export async function markSent(tx: Tx, claim: Claim): Promise<void> {
  await settle(tx, claim, `state = 'sent', sent_at = now(), last_error = null`, 'synced')
}

/**
 * The vendor refused these definitely; after `attempts` refusals it is given up until the employee retries. The
 * pause before the next attempt doubles, beginning with `pauseSeconds`.
 */
export async function markRefused(
  tx: Tx,
  claim: Claim,
  error: string,
  attempts: number,
  pauseSeconds: number,
): Promise<void> {
  await execute(
    tx,
    `with o as (
       update outbox set refusals = refusals + 1, lease_until = null, last_error = $2,
         due_at = now() + make_interval(secs => $4::float8 * power(2, refusals)),
         state = case when refusals + 1 >= $3::int then 'failed' else 'pending' end
       where id = any($1::bigint[]) and state = 'sending' returning message_id, person_id, state)
     update messages m set sync = case when o.state = 'failed' then 'failed' else 'pending' end
     from o where m.id = o.message_id and m.person_id = o.person_id`,
    claim.reads.map((read) => read.id),
    error,
    attempts,
    pauseSeconds,
  )
}

/** Nothing is known of what is still being sent of the claim: it stays, to be tried again at `dueAt`. */
export async function putOff(tx: Tx, claim: Claim, error: string, dueAt: Date): Promise<void> {
  await execute(
    tx,
    `update outbox set state = 'pending', lease_until = null, last_error = $2, due_at = $3::timestamptz
     where id = any($1::bigint[]) and state = 'sending'`,
    claim.reads.map((read) => read.id),
    error,
    dueAt,
  )
}

/** What the employee has unread while it was being sent is not tried again. Gives the messages. */
export async function dropTakenBack(tx: Tx, claim: Claim): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `with gone as (
       delete from outbox o using messages m
       where o.id = any($1::bigint[]) and o.state in ('pending', 'failed') and m.id = o.message_id and m.read_at is null
       returning o.message_id)
     update messages m set sync = 'none' from gone where m.id = gone.message_id returning m.id::text`,
    claim.reads.map((read) => read.id),
  )
  return found.map((row) => row.id)
}

/** The vendor cannot be told: nothing is pending any more. */
export async function dropReads(tx: Tx, claim: Claim): Promise<void> {
  await settle(tx, claim, `state = 'cancelled'`, 'none')
}

async function settle(tx: Tx, claim: Claim, set: string, sync: string): Promise<void> {
  await execute(
    tx,
    `with o as (
       update outbox set ${set}, lease_until = null where id = any($1::bigint[]) and state = 'sending'
       returning message_id, person_id)
     update messages m set sync = $2 from o where m.id = o.message_id and m.person_id = o.person_id`,
    claim.reads.map((read) => read.id),
    sync,
  )
}

/** When the next read of this person is due; null: none is open that may be told. */
export async function nextDue(personId: string): Promise<Date | null> {
  const [row] = await rows<{ due_at: Date | null }>(
    null,
    `select min(case when o.state = 'sending' then greatest(o.due_at, o.lease_until) else o.due_at end) as due_at
     from outbox o join persons p on p.id = o.person_id and p.user_id = o.user_id
     where o.person_id = $1::bigint and o.state in ('pending', 'sending') and p.external_id is not null`,
    personId,
  )
  return row?.due_at ?? null
}

/** Persons whose reads are overdue: the net under lost jobs. */
export async function overduePersons(): Promise<string[]> {
  const found = await rows<{ person_id: string }>(
    null,
    `select distinct o.person_id::text from outbox o join persons p on p.id = o.person_id and p.user_id = o.user_id
     where o.state in ('pending', 'sending') and p.external_id is not null
       and o.due_at < now() - interval '10 seconds' and coalesce(o.lease_until, '-infinity') < now() limit 1000`,
  )
  return found.map((row) => row.person_id)
}
