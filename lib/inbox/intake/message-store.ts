import { createHash } from 'node:crypto'
import { execute, rows, type Tx } from '@/lib/platform/db'
import { handOverForwards } from '../forwards/forward-store'
import type { Category } from '../message'

/** The columns of a message that intake writes. Times in ms. */
export type MessageRow = {
  connectionId: string
  personId: string
  epoch: number
  userId: string | null
  key: string
  slot: string | null
  contentId: string
  threadId: string
  category: Category
  type: string
  urgent: boolean
  marks: string[]
  sentAt: number
  readAt: number | null
  readBy: string | null
  doneAt: number | null
  doneBy: string | null
  seq: string
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

/** The messages of one thing share this id: the same for the same thing, whoever asks. */
export function threadIdOf(connectionId: string, key: string): string {
  const hex = createHash('md5').update(`${connectionId}\n${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Writes new messages; gives their ids by `${personId} ${key}`. */
export async function insertMessages(tx: Tx, messages: MessageRow[]): Promise<Map<string, string>> {
  if (messages.length === 0) return new Map()
  const found = await rows<{ id: string; person_id: string; key: string }>(
    tx,
    `insert into messages (connection_id, person_id, epoch, user_id, key, slot, content_id, thread_id, category, type,
       urgent, marks, sent_at, read_at, read_by, done_at, done_by, seq)
     select connection_id::uuid, person_id, epoch, user_id::uuid, key, slot, content_id, thread_id::uuid, category, type,
       urgent, coalesce(string_to_array(nullif(marks, ''), ','), '{}'), sent_at, read_at, read_by, done_at, done_by, seq
     from unnest($1::text[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[],
       $9::text[], $10::text[], $11::bool[], $12::text[], $13::timestamptz[], $14::timestamptz[], $15::text[],
       $16::timestamptz[], $17::text[], $18::bigint[]) with ordinality
       t(connection_id, person_id, epoch, user_id, key, slot, content_id, thread_id, category, type, urgent, marks,
         sent_at, read_at, read_by, done_at, done_by, seq, position)
     order by position
     returning id::text, person_id::text, key`,
    ...columns(messages),
  )
  return new Map(found.map((row) => [`${row.person_id} ${row.key}`, row.id]))
}

function columns(messages: MessageRow[]): unknown[] {
  const of = <T>(pick: (message: MessageRow) => T) => messages.map(pick)
  return [
    of((m) => m.connectionId),
    of((m) => m.personId),
    of((m) => m.epoch),
    of((m) => m.userId),
    of((m) => m.key),
    of((m) => m.slot),
    of((m) => m.contentId),
    of((m) => m.threadId),
    of((m) => m.category),
    of((m) => m.type),
    of((m) => m.urgent),
    of((m) => m.marks.join(',')),
    of((m) => iso(m.sentAt)),
    of((m) => iso(m.readAt)),
    of((m) => m.readBy),
    of((m) => iso(m.doneAt)),
    of((m) => m.doneBy),
    of((m) => m.seq),
  ]
}

export type MessageChange = Omit<
  MessageRow,
  'connectionId' | 'personId' | 'epoch' | 'slot' | 'seq' | 'userId'
> & {
  id: string
  overAt: number | null
  /** Its snooze is over. */
  wakes: boolean
  /** The new number, where it was raised. */
  seq: string | null
}

/** Writes what folding made of messages that were there. */
export async function updateMessages(tx: Tx, changes: MessageChange[]): Promise<void> {
  if (changes.length === 0) return
  const of = <T>(pick: (change: MessageChange) => T) => changes.map(pick)
  await execute(
    tx,
    `update messages m set key = t.key, content_id = t.content_id, thread_id = t.thread_id::uuid,
       category = t.category, type = t.type, urgent = t.urgent,
       marks = coalesce(string_to_array(nullif(t.marks, ''), ','), '{}'), sent_at = t.sent_at,
       read_at = case when t.read_at is null then null else m.read_at end,
       read_by = case when t.read_at is null then null else m.read_by end,
       done_at = case when t.done_by = 'user' then m.done_at else t.done_at end, done_by = t.done_by,
       over_at = t.over_at, snoozed_until = case when t.wakes then null else m.snoozed_until end,
       seq = coalesce(t.seq, m.seq)
     from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::text[],
       $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::timestamptz[], $14::bool[],
       $15::bigint[])
       t(id, key, content_id, thread_id, category, type, urgent, marks, sent_at, read_at, done_at, done_by, over_at,
         wakes, seq)
     where m.id = t.id`,
    of((c) => c.id),
    of((c) => c.key),
    of((c) => c.contentId),
    of((c) => c.threadId),
    of((c) => c.category),
    of((c) => c.type),
    of((c) => c.urgent),
    of((c) => c.marks.join(',')),
    of((c) => iso(c.sentAt)),
    of((c) => iso(c.readAt)),
    of((c) => iso(c.doneAt)),
    of((c) => c.doneBy),
    of((c) => iso(c.overAt)),
    of((c) => c.wakes),
    of((c) => c.seq),
  )
}

/** Removes messages that another one has taken over; what pointed at them has been turned to that one. */
export async function removeAbsorbed(tx: Tx, pairs: { from: string; into: string }[]): Promise<void> {
  if (pairs.length === 0) return
  await handOverForwards(tx, pairs)
  await execute(
    tx,
    `with gone as (
       delete from messages m using unnest($1::bigint[], $2::bigint[]) t(old, new) where m.id = t.old
       returning m.id, t.new, m.starred_at)
     update messages m set starred_at = coalesce(m.starred_at, gone.starred_at) from gone where m.id = gone.new`,
    pairs.map((pair) => pair.from),
    pairs.map((pair) => pair.into),
  )
}
