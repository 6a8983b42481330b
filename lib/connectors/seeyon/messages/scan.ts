import type { AreKnown, Context, Scan, ScanBounds, ScanPlan } from '../../contract'
import { readRows } from '../rest/answers'
import { callSeeyon, memberIdOf } from '../rest/client'
import { normalizeRow } from './normalize'
import { readPages, type IdentifiedRow, type PagedRows, type ReadPage } from './pages'
import type { SeeyonSettings } from '../settings'

type SeeyonContext = Context<SeeyonSettings>

/** A page of 200 long messages; `ispage=false` lists everything in one answer. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024
const MAX_LIST_BYTES = 16 * 1024 * 1024

/** Larger pages for long lists that are read whole only now and then. */
const LARGE = 5
/** The largest page that the settings allow as well. */
const LARGEST = 200

/**
 * What is unread of one member, as deep as `plan` says. Throws `ConnectorError` if not even the first page could be
 * read. A scan for news ends after a page that holds none, and is not complete then; since Seeyon documents no order,
 * it does so only while the list runs from new to old.
 */
export async function scanUnread(context: SeeyonContext, externalId: string, plan: ScanPlan): Promise<Scan> {
  const now = new Date()
  const { settings } = context
  let cutShort = false
  const paged = await readPages(pageReader(context, 'message/unread', externalId), settings, {
    ...(plan.depth === 'all_large' && { pageSize: largePage(settings.pageSize) }),
    ...(plan.depth === 'news' && {
      enough: async ({ page, newestFirst }) =>
        (cutShort = newestFirst && (await holdsNothingNew(page, plan.areKnown))),
    }),
  })
  return toScan(paged, cutShort, now)
}

/**
 * The messages of one member, read or not, newest first: at most `limit`, none older than `since`, and nothing behind
 * a page of which every id is known. Seeyon documents no order, so reading stops early only while the list runs from
 * new to old. Complete means that everything within the bounds is there.
 */
export async function scanAll(
  context: SeeyonContext,
  externalId: string,
  { limit, since, areKnown }: ScanBounds,
): Promise<Scan> {
  const now = new Date()
  const oldest = since.getTime()
  let cutShort = false
  const paged = await readPages(pageReader(context, 'message/all', externalId), context.settings, {
    enough: async ({ rows, page, newestFirst }) => {
      if (!newestFirst) return false
      if (rows.length >= limit || Number(rows.at(-1)?.creationDate ?? oldest) < oldest) return true
      return (cutShort = areKnown !== undefined && (await holdsNothingNew(page, areKnown)))
    },
  })
  const scan = toScan(paged, cutShort, now)
  const items = scan.items
    .filter(({ content }) => content.sentAt.getTime() >= oldest)
    .sort((a, b) => b.content.sentAt.getTime() - a.content.sentAt.getTime())
    .slice(0, limit)
  return { ...scan, items }
}

function largePage(pageSize: number): number {
  return Math.max(pageSize, Math.min(LARGEST, LARGE * pageSize))
}

async function holdsNothingNew(page: IdentifiedRow[], areKnown: AreKnown): Promise<boolean> {
  // A page of which no row could be read says nothing of what comes after it.
  if (page.length === 0) return false
  const known = await areKnown(page.map(({ id }) => id))
  return page.every(({ id }) => known.has(id))
}

function pageReader(context: SeeyonContext, endpoint: string, externalId: string): ReadPage {
  const memberId = memberIdOf(externalId)
  const maxBytes = context.settings.paging === 'legacy' ? MAX_LIST_BYTES : MAX_PAGE_BYTES
  return async (query) =>
    readRows(await callSeeyon(context, { endpoint, segments: [memberId], query, memberId, maxBytes }))
}

/** @param cutShort reading ended where nothing new came: what is not listed may be there all the same */
function toScan(paged: PagedRows, cutShort: boolean, now: Date): Scan {
  const { rows, complete, pages, newestFirst, error } = paged
  const items = rows.map((row) => normalizeRow(row, now))
  const scan = { complete: complete && !cutShort, items, pages, newestFirst }
  return error ? { ...scan, error } : scan
}
