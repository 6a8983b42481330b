import type { Context, Scan } from '../../contract'
import { readRows } from '../rest/answers'
import { callSeeyon, memberIdOf } from '../rest/client'
import { normalizeRow } from './normalize'
import { readPages, type PagedRows, type ReadPage } from './pages'
import type { SeeyonSettings } from '../settings'

type SeeyonContext = Context<SeeyonSettings>

/** A page of 200 long messages; `ispage=false` lists everything in one answer. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024
const MAX_LIST_BYTES = 16 * 1024 * 1024

/** Everything unread of one member. Throws `ConnectorError` if not even the first page could be read. */
export async function scanUnread(context: SeeyonContext, externalId: string): Promise<Scan> {
  const now = new Date()
  return toScan(await readPages(pageReader(context, 'message/unread', externalId), context.settings), now)
}

/**
 * The messages of one member, read or not, newest first: at most `limit`, none older than `since`. Seeyon
 * documents no order, so reading stops early only while the list runs from new to old. Complete means that
 * everything within the bounds is there.
 */
export async function scanAll(
  context: SeeyonContext,
  externalId: string,
  bounds: { limit: number; since: Date },
): Promise<Scan> {
  const now = new Date()
  const since = bounds.since.getTime()
  const paged = await readPages(pageReader(context, 'message/all', externalId), context.settings, (rows) => {
    const times = rows.map((row) => Number(row.creationDate))
    const newestFirst = times.every((time, index) => index === 0 || time <= (times[index - 1] as number))
    return newestFirst && (rows.length >= bounds.limit || (times.at(-1) ?? since) < since)
  })
  const scan = toScan(paged, now)
  const items = scan.items
    .filter(({ content }) => content.sentAt.getTime() >= since)
    .sort((a, b) => b.content.sentAt.getTime() - a.content.sentAt.getTime())
    .slice(0, bounds.limit)
  return { ...scan, items }
}

function pageReader(context: SeeyonContext, endpoint: string, externalId: string): ReadPage {
  const memberId = memberIdOf(externalId)
  const maxBytes = context.settings.paging === 'legacy' ? MAX_LIST_BYTES : MAX_PAGE_BYTES
  return async (query) =>
    readRows(await callSeeyon(context, { endpoint, segments: [memberId], query, memberId, maxBytes }))
}

function toScan({ rows, complete, error }: PagedRows, now: Date): Scan {
  const items = rows.map((row) => normalizeRow(row, now))
  return error ? { complete, items, error } : { complete, items }
}
