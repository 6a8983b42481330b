import { rows } from '@/lib/platform/db'
import type { Reminder } from '../message'

export type DetailRow = {
  text: string | null
  changes: { label: string; from: string; to: string }[]
  read_at: Date | null
  read_by: string | null
  done_at: Date | null
  done_by: string | null
  sync_error: string | null
  sync_state: string | null
  sync_at: Date | null
  /** The connection that was told of the read, and the one that has a copy, where that is not the message's own. */
  told_to: string | null
  copy_in: string | null
}

/** What a detail shows beyond its list row. */
export async function selectDetail(userId: string, id: string): Promise<DetailRow | null> {
  const [row] = await rows<DetailRow>(
    null,
    `select c.text, c.changes, m.read_at, m.read_by, m.done_at, m.done_by,
       o.last_error as sync_error, o.state as sync_state, o.sent_at as sync_at, k.name as told_to,
       (select there.name from pulled_items i join connections there on there.id = i.connection_id
        where i.message_id = m.id and i.connection_id <> m.connection_id limit 1) as copy_in
     from messages m join contents c on c.id = m.content_id
       left join outbox o on o.message_id = m.id and o.op = 'read'
       left join connections k on k.id = o.connection_id and k.id <> m.connection_id
     where m.user_id = $1::uuid and m.id = $2::bigint`,
    userId,
    id,
  )
  return row ?? null
}

export type ForwardRow = {
  connection: string
  state: 'pending' | 'sending' | 'sent' | 'refused' | 'unclear' | 'cancelled'
  at: Date
  error: string | null
}

/** Where a message was passed on to, and what became of that; null: nowhere. */
export async function selectForward(userId: string, id: string): Promise<ForwardRow | null> {
  const [row] = await rows<ForwardRow>(
    null,
    `select k.name as connection, f.state, coalesce(f.sent_at, f.created_at) as at, f.last_error as error
     from forwards f join messages m on m.id = f.message_id join connections k on k.id = f.connection_id
     where m.user_id = $1::uuid and m.id = $2::bigint`,
    userId,
    id,
  )
  return row ?? null
}

/** The pushes a message is made of, oldest first; a polled one has its content only. */
export function selectPushes(
  userId: string,
  id: string,
): Promise<{ sent_at: Date; title: string; action: string | null; reminder: Reminder | null }[]> {
  return rows(
    null,
    `select c.sent_at, c.title, c.action, c.reminder
     from messages m
       join lateral (
         select r.content_id from recipients r where r.message_id = m.id
         union select m.content_id
       ) p on true
       join contents c on c.id = p.content_id
     where m.user_id = $1::uuid and m.id = $2::bigint
     order by c.sent_at, c.hash limit 500`,
    userId,
    id,
  )
}

/** The user's own acts on a message, oldest first. */
export function selectActs(
  userId: string,
  id: string,
): Promise<{ at: Date; kind: string; undone_at: Date | null }[]> {
  return rows(
    null,
    `select a.at, a.kind, a.undone_at from action_items i join actions a on a.id = i.action_id
     where i.message_id = $2::bigint and a.user_id = $1::uuid order by a.at limit 500`,
    userId,
    id,
  )
}
