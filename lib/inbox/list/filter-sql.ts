import type { MessageFilter } from '@/lib/contracts/messages'
import { environment } from '@/lib/platform/env'
import { normalizeSearch } from '@/lib/shared/normalize-search'
import { parseSearch, type SearchQuery, type SearchState } from '@/lib/shared/search-query'
import type { View } from '../message'
import { PARTS } from './search-text'

/** The list's words as SQL: the same for lists, counts and acts, so that they can never disagree. */

/** Conditions with their parameters, put together piece by piece. */
export function conditions() {
  const params: unknown[] = []
  const parts: string[] = []
  return {
    params,
    /** Adds a parameter and gives its `$n`. */
    param: (value: unknown) => `$${params.push(value)}`,
    add: (sql: string) => void parts.push(sql),
    sql: () => parts.join(' and '),
  }
}

const OPEN = 'm.done_at is null and (m.snoozed_until is null or m.snoozed_until <= now())'

/** What a view holds, as a condition on `messages m`. */
export const VIEW_SQL: Record<View, string> = {
  all: 'true',
  inbox: OPEN,
  todo: `m.category = 'todo' and ${OPEN}`,
  unread: `m.read_at is null and ${OPEN}`,
  cc: `m.category = 'cc' and ${OPEN}`,
  starred: `m.starred_at is not null and ${OPEN}`,
  snoozed: 'm.done_at is null and m.snoozed_until > now()',
  done: 'm.done_at is not null',
}

/**
 * The conditions of a filter, bound to the user first, on `messages m`, `contents c`, `connections k`; where words were
 * `searched` for also on `message_text t`. `tablesOf` gives the joins.
 */
export function whereOf(userId: string, filter: MessageFilter) {
  const where = { ...conditions(), searched: false }
  const equals = (column: string, value: unknown, cast = '') => {
    if (value !== undefined) where.add(`${column} = ${where.param(value)}${cast}`)
  }
  equals('m.user_id', userId, '::uuid')
  // Who searches looks everywhere, unless told where.
  where.add(VIEW_SQL[filter.view ?? (filter.q ? 'all' : 'inbox')])
  equals('k.connector', filter.connector)
  equals('m.connection_id', filter.connection, '::uuid')
  equals('m.type', filter.type)
  equals('m.category', filter.category)
  equals('c.subtitle', filter.form)
  equals('c.sender', filter.sender)
  equals('m.thread_id', filter.thread, '::uuid')
  equals('m.urgent', filter.urgent)
  if (filter.after) where.add(`m.sent_at >= ${where.param(filter.after)}::timestamptz`)
  if (filter.before) where.add(`m.sent_at < ${where.param(filter.before)}::timestamptz`)
  if (filter.q) where.searched = addSearch(where, parseSearch(filter.q))
  return where
}

/** The tables that the conditions speak of. Searched rows come by the search index, in the list's order. */
export function tablesOf({ searched }: { searched: boolean }): string {
  const messages = searched ? 'message_text t join messages m on m.id = t.message_id' : 'messages m'
  return `${messages} join contents c on c.id = m.content_id join connections k on k.id = m.connection_id`
}

const STATE_SQL: Record<SearchState, string> = {
  unread: 'm.read_at is null',
  read: 'm.read_at is not null',
  todo: "m.category = 'todo'",
  cc: "m.category = 'cc'",
  starred: 'm.starred_at is not null',
  snoozed: 'm.snoozed_until > now()',
  done: 'm.done_at is not null',
  urgent: 'm.urgent',
}

/** Adds what was searched for and says whether words were; the first parameter of `where` is the user. */
function addSearch(where: ReturnType<typeof conditions>, query: SearchQuery): boolean {
  const { form, sender, text } = PARTS
  const patterns = [
    ...query.words.map((word) => `%${pattern(word)}%`),
    ...query.from.map((name) => `%${sender}%${pattern(name)}%${text}%`),
    ...query.form.map((name) => `%${form}%${pattern(name)}%${sender}%`),
  ]
  if (patterns.length > 0) where.add('t.user_id = $1::uuid')
  for (const like of patterns) where.add(`t.search like ${where.param(like)}`)
  // A day begins at midnight of the installation's time zone, wherever the reader is.
  const midnight = (day: string) =>
    `(${where.param(day)}::date::timestamp at time zone ${where.param(environment().timeZone)})`
  if (query.after) where.add(`m.sent_at >= ${midnight(query.after)}`)
  if (query.before) where.add(`m.sent_at < ${midnight(query.before)}`)
  for (const state of query.is) where.add(STATE_SQL[state])
  return patterns.length > 0
}

function pattern(text: string): string {
  return normalizeSearch(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\%_]/g, '\\$&')
}
