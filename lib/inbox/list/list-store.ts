import { rows } from '@/lib/platform/db'
import type { MessageFilter } from '@/lib/contracts/messages'
import type { Category, View } from '../message'
import { tablesOf, VIEW_SQL, whereOf } from './filter-sql'

/** A message with what its content says: what lists, counts and details are made of. */
export type ListRow = {
  id: string
  connector: string
  connection_id: string
  connection_name: string
  category: Category
  type: string
  action: string | null
  title: string
  plain_title: boolean
  fields: { label: string; value: string }[]
  subtitle: string | null
  preview: string | null
  sender: string | null
  sent_at: Date
  received_at: Date
  read_at: Date | null
  done_at: Date | null
  done_by: 'user' | 'source' | null
  starred_at: Date | null
  snoozed_until: Date | null
  sync: 'none' | 'pending' | 'synced' | 'failed'
  urgent: boolean
  marks: ('urge' | 'timeout')[]
  count: number | null
  thread_id: string
  thread_count: number
  has_link: boolean
  open_type: 'window' | 'workarea' | null
  seq: string
}

const COLUMNS = `m.id::text, k.connector, m.connection_id, k.name as connection_name, m.category, m.type, c.action,
  c.title, c.plain_title, c.fields, c.subtitle, left(c.text, 200) as preview, c.sender, m.sent_at, m.received_at,
  m.read_at, m.done_at, m.done_by, m.starred_at, m.snoozed_until, m.sync, m.urgent, m.marks, c.count, m.thread_id,
  c.has_link, c.open_type, m.seq::text`

/** Messages by `sentAt` and id descending; `after` is the last one of the page before. */
export function selectMessages(
  userId: string,
  filter: MessageFilter,
  page: { limit: number; after: { sentAt: string; id: string } | null },
): Promise<ListRow[]> {
  const where = whereOf(userId, filter)
  const [sentAt, id] = where.searched ? ['t.sent_at', 't.message_id'] : ['m.sent_at', 'm.id']
  if (page.after) {
    const after = [where.param(page.after.sentAt), where.param(page.after.id)]
    where.add(`(${sentAt}, ${id}) < (${after[0]}::timestamptz, ${after[1]}::bigint)`)
  }
  const limit = where.param(page.limit)
  return rows<ListRow>(
    null,
    `with page as (
       select ${COLUMNS} from ${tablesOf(where)}
       where ${where.sql()} order by ${sentAt} desc, ${id} desc limit ${limit}::int)
     select page.*, (select count(*)::int from messages t where t.user_id = $1::uuid and t.thread_id = page.thread_id)
       as thread_count
     from page order by sent_at desc, id::bigint desc`,
    ...where.params,
  )
}

/** The messages of these ids that are the user's. */
export function selectByIds(userId: string, ids: string[]): Promise<ListRow[]> {
  return rows<ListRow>(
    null,
    `select ${COLUMNS}, (select count(*)::int from messages t where t.user_id = $1::uuid and t.thread_id = m.thread_id)
       as thread_count
     from messages m join contents c on c.id = m.content_id join connections k on k.id = m.connection_id
     where m.user_id = $1::uuid and m.id = any($2::bigint[])`,
    userId,
    ids,
  )
}

/** The inbox's number: everything up to it is visible to a query that starts later. */
export async function currentNumber(userId: string): Promise<string> {
  const [row] = await rows<{ seq: string }>(
    null,
    'select seq::text from inboxes where user_id = $1::uuid',
    userId,
  )
  return row?.seq ?? '0'
}

export type CountRow = {
  connector: string
  connection_id: string
  todo: number
  unread: number
  cc: number
  starred: number
  snoozed: number
  done: number
}

/** How many of each view, per connection. Counted, not kept: a count can then not drift (docs/decisions/0005). */
export function countByConnection(userId: string): Promise<CountRow[]> {
  const count = (view: View) => `count(*) filter (where ${VIEW_SQL[view]})::int as ${view}`
  return rows<CountRow>(
    null,
    `select k.connector, m.connection_id, ${(['todo', 'unread', 'cc', 'starred', 'snoozed', 'done'] as const)
      .map(count)
      .join(', ')}
     from messages m join connections k on k.id = m.connection_id
     where m.user_id = $1::uuid group by 1, 2`,
    userId,
  )
}

export type SourceRow = { id: string; connector: string; name: string; failing_since: Date | null }

/** The connections a user is mapped in or has messages of, by name, and since when one in use is out of reach. */
export function selectSources(userId: string): Promise<SourceRow[]> {
  return rows<SourceRow>(
    null,
    `select k.id::text, k.connector, k.name,
       case when k.failures > 0 and k.archived_at is null then k.failing_since end as failing_since
     from connections k
     where exists (select 1 from persons p where p.connection_id = k.id and p.user_id = $1::uuid)
       or exists (select 1 from messages m where m.connection_id = k.id and m.user_id = $1::uuid)
     order by k.name, k.id`,
    userId,
  )
}
