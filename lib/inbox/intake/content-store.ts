import { rows, type Tx } from '@/lib/platform/db'
import type { Category, Content, Reminder } from '../message'
import { searchTextOf } from '../list/search-text'

/** What goes into `contents`: once per push or polled item. */
export type NewContent = { content: Content; hash: string; hasLink: boolean }

/** Writes contents and gives their ids in the same order. */
export async function insertContents(
  tx: Tx,
  connectionId: string,
  deliveryId: string | null,
  contents: NewContent[],
): Promise<string[]> {
  if (contents.length === 0) return []
  const found = await rows<{ id: string }>(
    tx,
    `with source as materialized (
       select nextval(pg_get_serial_sequence('contents', 'id')) as id, c.*
       from jsonb_to_recordset($3::jsonb) as c(position int, hash text, sent_at timestamptz, category text, type text,
         action text, title text, plain_title boolean, subtitle text, "text" text, fields jsonb, changes jsonb,
         sender text, link text, link_ref jsonb, has_link boolean, open_type text, count int, important boolean,
         thread_key text, slot text, generation text, reminder text, search text)
     ), written as (
       insert into contents (id, connection_id, delivery_id, hash, sent_at, category, type, action, title,
         plain_title, subtitle, text, fields, changes, sender, link, link_ref, has_link, open_type, count, important,
         thread_key, slot, generation, reminder, search)
       select id, $1::uuid, $2::bigint, hash, sent_at, category, type, action, title, plain_title, subtitle, "text",
         fields, changes, sender, link, nullif(link_ref, 'null'::jsonb), has_link, open_type, count, important,
         thread_key, slot, generation, reminder, search
       from source)
     select id::text from source order by position`,
    connectionId,
    deliveryId,
    JSON.stringify(contents.map(toRow), storable),
  )
  return found.map((row) => row.id)
}

// jsonb refuses NUL and lone surrogates: one bad character must not lose a push.
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value
}

function toRow({ content, hash, hasLink }: NewContent, position: number) {
  return {
    position,
    hash,
    sent_at: content.sentAt,
    category: content.category,
    type: content.type,
    action: content.action,
    title: content.title,
    plain_title: content.plainTitle,
    subtitle: content.subtitle,
    text: content.text,
    fields: content.fields,
    changes: content.changes,
    sender: content.sender,
    link: content.link,
    link_ref: content.linkRef,
    has_link: hasLink,
    open_type: content.openType,
    count: content.count,
    important: content.important,
    thread_key: content.threadKey,
    slot: content.folding?.slot ?? null,
    generation: content.folding?.generation ?? null,
    reminder: content.folding?.reminder ?? null,
    search: searchTextOf(content),
  }
}

/** What messages take from a content. */
export type ContentKind = {
  id: string
  hash: string
  sentAt: Date
  category: Category
  type: string
  important: boolean
  threadKey: string | null
  slot: string | null
  reminder: Reminder | null
}

/** The content of that id, which must be there. */
export async function contentOf(tx: Tx, id: string): Promise<ContentKind> {
  const [row] = await rows<{
    hash: string
    sent_at: Date
    category: Category
    type: string
    important: boolean
    thread_key: string | null
    slot: string | null
    reminder: Reminder | null
  }>(
    tx,
    `select hash, sent_at, category, type, important, thread_key, slot, reminder from contents where id = $1::bigint`,
    id,
  )
  if (!row) throw new Error(`content ${id} is not there`)
  return {
    id,
    hash: row.hash,
    sentAt: row.sent_at,
    category: row.category,
    type: row.type,
    important: row.important,
    threadKey: row.thread_key,
    slot: row.slot,
    reminder: row.reminder,
  }
}
