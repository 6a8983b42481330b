import { execute, rows, type Tx } from '@/lib/platform/db'
import type { SlotPush } from './fold'
import type { Category, Reminder } from '../message'
import type { SlotRow } from './slot-rows'

/** The pushes of slots and the rows that show them. A person's slot text holds the epoch: see persons. */

/** A push with what its message takes from it. */
export type StoredPush = SlotPush & {
  personId: string
  contentId: string
  category: Category
  type: string
  important: boolean
  threadKey: string | null
  messageId: string | null
}

type PersonSlot = { personId: string; slot: string }

/** All pushes of these slots, whatever their order of arrival. */
export async function pushesOf(tx: Tx, slots: PersonSlot[]): Promise<StoredPush[]> {
  const found = await rows<{
    id: string
    person_id: string
    message_id: string | null
    content_id: string
    sent_at: Date
    hash: string
    generation: string | null
    reminder: Reminder | null
    category: Category
    type: string
    important: boolean
    thread_key: string | null
  }>(
    tx,
    `select r.id::text, r.person_id::text, r.message_id::text, c.id::text as content_id, c.sent_at, c.hash,
       c.generation, c.reminder, c.category, c.type, c.important, c.thread_key
     from unnest($1::bigint[], $2::text[]) s(person_id, slot)
     join recipients r on r.person_id = s.person_id and r.slot = s.slot
     join contents c on c.id = r.content_id`,
    slots.map((slot) => slot.personId),
    slots.map((slot) => slot.slot),
  )
  return found.map((row) => ({
    id: row.id,
    personId: row.person_id,
    messageId: row.message_id,
    contentId: row.content_id,
    sentAt: row.sent_at.getTime(),
    hash: row.hash,
    generation: row.generation,
    reminder: row.reminder,
    category: row.category,
    type: row.type,
    important: row.important,
    threadKey: row.thread_key,
  }))
}

/** The message rows of these slots with their person; push ids are filled in by the caller. */
export async function rowsOf(
  tx: Tx,
  slots: PersonSlot[],
): Promise<(Omit<SlotRow, 'pushIds'> & { personId: string })[]> {
  const found = await rows<{
    id: string
    person_id: string
    key: string
    read_at: Date | null
    read_by: string | null
    done_at: Date | null
    done_by: string | null
    reopened_at: Date | null
    over_at: Date | null
    snoozed_until: Date | null
    sent_at: Date
  }>(
    tx,
    `select m.id::text, m.person_id::text, m.key, m.read_at, m.read_by, m.done_at, m.done_by,
       m.reopened_at, m.over_at, m.snoozed_until, m.sent_at
     from unnest($1::bigint[], $2::text[]) s(person_id, slot)
     join messages m on m.person_id = s.person_id and m.slot = s.slot
     for update of m`,
    slots.map((slot) => slot.personId),
    slots.map((slot) => slot.slot),
  )
  return found.map((row) => ({
    id: row.id,
    personId: row.person_id,
    key: row.key,
    readAt: row.read_at?.getTime() ?? null,
    readBy: row.read_by,
    doneAt: row.done_at?.getTime() ?? null,
    doneBy: row.done_by,
    reopenedAt: row.reopened_at?.getTime() ?? null,
    overAt: row.over_at?.getTime() ?? null,
    snoozedUntil: row.snoozed_until?.getTime() ?? null,
    sentAt: row.sent_at.getTime(),
  }))
}

/** Says which person, slot and message these ledger rows belong to. */
export async function fileRecipients(
  tx: Tx,
  filed: { id: string; personId: string; slot: string | null; messageId: string | null }[],
): Promise<void> {
  if (filed.length === 0) return
  await execute(
    tx,
    `update recipients r set person_id = t.person_id, slot = t.slot, message_id = t.message_id
     from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[]) t(id, person_id, slot, message_id)
     where r.id = t.id`,
    filed.map((row) => row.id),
    filed.map((row) => row.personId),
    filed.map((row) => row.slot),
    filed.map((row) => row.messageId),
  )
}
