import { execute, rows, type Tx } from '@/lib/platform/db'
import type { Category } from '../message'

/**
 * Messages passed on to another system. A row is written before anything is sent, with the token that the link bears:
 * by it the copy is known when it comes back. See docs/decisions/0010.
 */

/** What is passed on: to which connection, and of which types and categories (null: all). */
export type ForwardRule = { connectionId: string; types: string[] | null; categories: Category[] | null }

/** Passes these messages on, as far as the rule says so and their user is somebody over there. Gives how many. */
export function insertForwards(
  tx: Tx,
  rule: ForwardRule,
  messages: { id: string; token: string }[],
): Promise<number> {
  return execute(
    tx,
    `insert into forwards (message_id, connection_id, person_id, user_id, token)
     select m.id, k.id, p.id, m.user_id, t.token
     from unnest($2::bigint[], $3::text[]) t(message_id, token)
       join messages m on m.id = t.message_id
       join connections k on k.id = $1::uuid and k.archived_at is null
       join persons p on p.connection_id = k.id and p.user_id = m.user_id and p.external_id is not null
     where m.done_at is null and m.read_at is null
       and ($4::text[] is null or m.type = any($4)) and ($5::text[] is null or m.category = any($5))
     order by m.id
     on conflict do nothing`,
    rule.connectionId,
    messages.map((message) => message.id),
    messages.map((message) => message.token),
    rule.types,
    rule.categories,
  )
}

/** A forward to send, with what it says. */
export type ClaimedForward = {
  id: string
  tries: number
  token: string
  messageId: string
  /** Where the message came from. */
  sourceId: string
  sourceName: string
  title: string
  subtitle: string | null
  /** The receiver's id over there. */
  externalId: string
}

// Only while the message is still this user's, and news to them, and they are still that person.
const WANTED = `m.user_id = f.user_id and m.read_at is null and m.done_at is null
  and p.user_id = f.user_id and p.external_id is not null`

/** Takes due ones of a connection to send them, at most `limit`, for at most `leaseSeconds`. */
export function claimForwards(
  connectionId: string,
  limit: number,
  leaseSeconds: number,
): Promise<ClaimedForward[]> {
  return rows<ClaimedForward>(
    null,
    `with due as (
       select f.id from forwards f join messages m on m.id = f.message_id join persons p on p.id = f.person_id
       where f.connection_id = $1::uuid and f.state = 'pending' and f.due_at <= now() and ${WANTED}
       order by f.due_at, f.id limit $2 for update of f skip locked)
     update forwards f set state = 'sending', tries = tries + 1, lease_until = now() + make_interval(secs => $3)
     from due, messages m, contents c, connections k, persons p
     where f.id = due.id and m.id = f.message_id and c.id = m.content_id and k.id = m.connection_id
       and p.id = f.person_id
     returning f.id::text, f.tries, f.token, m.id::text as "messageId", k.id::text as "sourceId",
       k.name as "sourceName", c.title, c.subtitle, p.external_id as "externalId"`,
    connectionId,
    limit,
    leaseSeconds,
  )
}

/** What is written of one that was claimed. `pending`: again after so many seconds. */
export type Settlement =
  | { state: 'sent' | 'cancelled' }
  | { state: 'refused' | 'unclear'; error: string }
  | { state: 'pending'; error: string; afterSeconds: number }

/**
 * Writes down what became of a claim. One whose lease ran out meanwhile counts as unclear; whoever sent it knows
 * better. One whose copy has arrived is sent, whatever the answer was.
 */
export async function settleForward(
  claim: Pick<ClaimedForward, 'id' | 'tries'>,
  settlement: Settlement,
): Promise<void> {
  const { state, error, afterSeconds } = { error: null, afterSeconds: 0, ...settlement }
  await execute(
    null,
    `update forwards set state = $3, last_error = left($4, 1000), lease_until = null,
       due_at = now() + make_interval(secs => $5), sent_at = case when $3 = 'pending' then null else now() end
     where id = $1::bigint and tries = $2 and state in ('sending', 'unclear')`,
    claim.id,
    claim.tries,
    state,
    error,
    afterSeconds,
  )
}

/**
 * Ends what must not be sent, or not any more: a process died while sending (nobody knows whether it arrived), it
 * could not be sent for `hours`, or it is no news to its user by now.
 */
export async function endForwards(
  connectionId: string,
  { hours, died, tooLate }: { hours: number; died: string; tooLate: string },
): Promise<void> {
  await execute(
    null,
    `update forwards set state = 'unclear', lease_until = null, last_error = $2, sent_at = now()
     where connection_id = $1::uuid and state = 'sending' and lease_until < now()`,
    connectionId,
    died,
  )
  await execute(
    null,
    `update forwards set state = 'refused', last_error = coalesce(last_error, $3), sent_at = now()
     where connection_id = $1::uuid and state = 'pending' and created_at < now() - make_interval(hours => $2)`,
    connectionId,
    hours,
    tooLate,
  )
  await execute(
    null,
    `update forwards f set state = 'cancelled'
     where f.connection_id = $1::uuid and f.state = 'pending' and not exists (
       select 1 from messages m join persons p on p.id = f.person_id where m.id = f.message_id and ${WANTED})`,
    connectionId,
  )
}

/** Nothing goes to that connection any more. */
export async function cancelForwards(connectionId: string): Promise<void> {
  await execute(
    null,
    `update forwards set state = 'cancelled' where connection_id = $1::uuid and state = 'pending'`,
    connectionId,
  )
}

/** When the next one of a connection is due, or is to be given up as unclear; null: none is open. */
export async function nextForward(connectionId: string): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(
    null,
    `select min(case when state = 'sending' then lease_until else due_at end) as at
     from forwards where connection_id = $1::uuid and state in ('pending', 'sending')`,
    connectionId,
  )
  return row?.at ?? null
}

/** Connections to which something should have been sent: a job was lost. */
export async function overdueForwards(): Promise<string[]> {
  const found = await rows<{ id: string }>(
    null,
    `select distinct connection_id::text as id from forwards
     where state in ('pending', 'sending') and due_at < now() - interval '10 seconds'
       and coalesce(lease_until, '-infinity') < now() limit 1000`,
  )
  return found.map((row) => row.id)
}

/**
 * Lets those who take messages over have their forwards and their copies as well, before they go. A message has one
 * forward: of two, one that may have arrived goes before one that certainly did not.
 */
export async function handOverForwards(tx: Tx, pairs: { from: string; into: string }[]): Promise<void> {
  const params = [pairs.map((pair) => pair.from), pairs.map((pair) => pair.into)] as const
  await execute(
    tx,
    `delete from forwards h using unnest($1::bigint[], $2::bigint[]) t(old, new), forwards f
     where h.message_id = t.new and f.message_id = t.old
       and h.state in ('pending', 'refused', 'cancelled') and f.state in ('sending', 'sent', 'unclear')`,
    ...params,
  )
  await execute(
    tx,
    `update forwards f set message_id = one.new
     from (select distinct on (t.new) o.id, t.new
       from unnest($1::bigint[], $2::bigint[]) t(old, new) join forwards o on o.message_id = t.old
       where not exists (select 1 from forwards h where h.message_id = t.new)
       order by t.new, o.state in ('sending', 'sent', 'unclear') desc, o.id) one
     where f.id = one.id`,
    ...params,
  )
  await execute(
    tx,
    `update pulled_items i set message_id = t.new from unnest($1::bigint[], $2::bigint[]) t(old, new)
     where i.message_id = t.old`,
    ...params,
  )
}
