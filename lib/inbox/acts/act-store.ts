import { execute, rows, type Tx } from '@/lib/platform/db'
import type { ActionKind, MessageFilter } from '@/lib/contracts/messages'
import { bigintText } from '../bigint-text'
import { conditions, tablesOf, whereOf } from '../list/filter-sql'
import type { View } from '../message'

/** The user's acts: each is one statement over all its messages, with what was before and after kept for undo. */

export type Target = { ids: string[] } | { filter: MessageFilter; through: string }

/** What an act writes, and which messages it changes anything in. `$until` stands for its parameter. */
const ACTS: Record<Exclude<ActionKind, 'retry'>, { set: string; where: string }> = {
  read: {
    set: `read_at = coalesce(m.read_at, now()), read_by = coalesce(m.read_by, 'user'), kept_unread = false`,
    where: 'm.read_at is null',
  },
  unread: { set: 'read_at = null, read_by = null, kept_unread = true', where: 'm.read_at is not null' },
  done: {
    set: `done_at = now(), done_by = 'user', reopened_at = null, read_at = coalesce(m.read_at, now()),
      read_by = coalesce(m.read_by, 'user'), kept_unread = false`,
    where: 'm.done_at is null',
  },
  undone: { set: 'done_at = null, done_by = null, reopened_at = now()', where: 'm.done_at is not null' },
  star: { set: 'starred_at = now()', where: 'm.starred_at is null' },
  unstar: { set: 'starred_at = null', where: 'm.starred_at is not null' },
  snooze: {
    set: 'snoozed_until = $until::timestamptz',
    where: 'm.done_at is null and m.snoozed_until is distinct from $until::timestamptz',
  },
  unsnooze: { set: 'snoozed_until = null', where: 'm.snoozed_until is not null' },
}

/** What undo can bring back; kept as JSON before and after. */
const KEPT = `jsonb_build_object('readAt', x.read_at, 'readBy', x.read_by, 'keptUnread', x.kept_unread,
  'doneAt', x.done_at, 'doneBy', x.done_by, 'reopenedAt', x.reopened_at, 'starredAt', x.starred_at,
  'snoozedUntil', x.snoozed_until)`
const kept = (alias: string) => KEPT.replaceAll('x.', `${alias}.`)

/** `read`: those of `ids` that were unread until now. */
export type ActResult = { action: string | null; ids: string[]; read: string[] }

/** Locks the user's inbox and gives the number the act's event will carry; null: no such user. */
export async function lockInbox(tx: Tx, userId: string): Promise<bigint | null> {
  const [row] = await rows<{ next: bigint }>(
    tx,
    'select seq + 1 as next from inboxes where user_id = $1::uuid for update',
    userId,
  )
  return row?.next ?? null
}

/** Does the act and gives the ids of what it changed. The inbox must be locked. */
export async function writeAct(
  tx: Tx,
  userId: string,
  kind: Exclude<ActionKind, 'retry'>,
  target: Target,
  until: string | null,
): Promise<ActResult> {
  const where = targetOf(userId, target)
  const untilParam = kind === 'snooze' ? where.param(until) : ''
  const kindParam = where.param(kind)
  const { set, where: changes } = ACTS[kind]
  const filled = (sql: string) => sql.replaceAll('$until', untilParam)
  const [row] = await rows<{ action: string | null; ids: string[] | null; read: string[] | null }>(
    tx,
    `with target as materialized (
       select m.id, m.read_at, m.read_by, m.kept_unread, m.done_at, m.done_by, m.reopened_at, m.starred_at,
         m.snoozed_until
       from ${tablesOf(where)}
       where ${where.sql()} and ${filled(changes)} order by m.id for update of m
     ), changed as (
       update messages m set ${filled(set)} from target t where m.id = t.id returning m.*
     ), act as (
       insert into actions (user_id, kind) select $1::uuid, ${kindParam} where exists (select 1 from changed)
       returning id
     ), items as (
       insert into action_items (action_id, message_id, before, after)
       select act.id, t.id, ${kept('t')}, ${kept('u')} from act, target t join changed u on u.id = t.id
     )
     select (select id::text from act) as action, array_agg(u.id::text) as ids,
       array_agg(u.id::text) filter (where t.read_at is null and u.read_at is not null) as read
     from changed u join target t on t.id = u.id`,
    ...where.params,
  )
  return { action: row?.action ?? null, ids: row?.ids ?? [], read: row?.read ?? [] }
}

const SHOWS_SNOOZED: ReadonlySet<View> = new Set(['all', 'snoozed', 'done'])

function targetOf(userId: string, target: Target) {
  if ('filter' in target) {
    const where = whereOf(userId, target.filter)
    where.add(`m.seq <= ${where.param(bigintText(target.through))}::bigint`)
    // What a snooze has just given back was not on the list; its job raises its number in a moment.
    if (!SHOWS_SNOOZED.has(target.filter.view ?? 'inbox')) {
      where.add(`(m.snoozed_until is null or m.snoozed_until < now() - interval '1 minute')`)
    }
    return where
  }
  const where = { ...conditions(), searched: false }
  where.add(`m.user_id = ${where.param(userId)}::uuid`)
  where.add(`m.id = any(${where.param(target.ids.map(bigintText))}::bigint[])`)
  return where
}

/** The act if it is this user's, done within the last `seconds` and not undone; marks it undone. */
export async function claimUndo(tx: Tx, userId: string, action: string, seconds: number): Promise<boolean> {
  const changed = await execute(
    tx,
    `update actions set undone_at = now() where id = $1::uuid and user_id = $2::uuid and undone_at is null
       and at > now() - make_interval(secs => $3)`,
    action,
    userId,
    seconds,
  )
  return changed === 1
}

/**
 * Brings back what was before the act, field by field, where the field still holds what the act wrote: not what a
 * later act has written, even if that is the same ("not starred" twice).
 * @returns ids of the changed messages, and of those that are unread or read again
 */
export async function restore(
  tx: Tx,
  userId: string,
  action: string,
): Promise<{ ids: string[]; unread: string[]; read: string[] }> {
  const moved = (name: string, column: string) =>
    `(i.before->>'${name}' is distinct from i.after->>'${name}'
      and m.${column} is not distinct from (i.after->>'${name}')::timestamptz
      and not exists (
        select 1 from action_items l join actions a on a.id = l.action_id
        where l.message_id = m.id and a.undone_at is null and a.at > (select at from actions where id = $2::uuid)
          and l.before->>'${name}' is distinct from l.after->>'${name}'))`
  const back = (column: string, test: string, name: string, cast = '::timestamptz') =>
    `${column} = case when ${test} then (i.before->>'${name}')${cast} else m.${column} end`
  const read = moved('readAt', 'read_at')
  const done = moved('doneAt', 'done_at')
  const starred = moved('starredAt', 'starred_at')
  const snoozed = moved('snoozedUntil', 'snoozed_until')
  const found = await rows<{ id: string; was_read: boolean; is_read: boolean }>(
    tx,
    `with target as materialized (
       select m.id from messages m join action_items i on i.message_id = m.id and i.action_id = $2::uuid
       where m.user_id = $1::uuid order by m.id for update of m)
     update messages m set
       ${back('read_at', read, 'readAt')},
       ${back('read_by', read, 'readBy', '')},
       ${back('kept_unread', read, 'keptUnread', '::boolean')},
       ${back('done_at', done, 'doneAt')},
       ${back('done_by', done, 'doneBy', '')},
       ${back('reopened_at', done, 'reopenedAt')},
       ${back('starred_at', starred, 'starredAt')},
       ${back('snoozed_until', snoozed, 'snoozedUntil')}
     from target t, action_items i
     where m.id = t.id and i.message_id = m.id and i.action_id = $2::uuid
       and (${read} or ${done} or ${starred} or ${snoozed})
     returning m.id::text, i.after->>'readAt' is not null as was_read, m.read_at is not null as is_read`,
    userId,
    action,
  )
  const those = (test: (row: (typeof found)[number]) => boolean) => found.filter(test).map((row) => row.id)
  return {
    ids: those(() => true),
    unread: those((row) => row.was_read && !row.is_read),
    read: those((row) => !row.was_read && row.is_read),
  }
}
