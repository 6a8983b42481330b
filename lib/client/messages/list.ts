import type { InfiniteData } from '@tanstack/react-query'
import type { z } from 'zod'
import type { listMessages, Message, MessageFilter } from '@/lib/contracts/messages'
import { compareMessages, filterHolds, viewHolds } from './filter'

export type ListPage = z.infer<typeof listMessages.answer>
/** A list as far as it was scrolled: pages, and the cursor each began at (null: the top). */
export type CachedList = InfiniteData<ListPage>

/** All messages of a list, in order. */
export function itemsOf(list: CachedList | undefined): Message[] {
  return list?.pages.flatMap((page) => page.items) ?? []
}

/** The number up to which the reader has seen the list: its top's. Later pages know more, but show nothing of it. */
export function watermarkOf(list: CachedList | undefined): string | null {
  return list?.pages[0]?.watermark ?? null
}

/**
 * The list once these messages look as given: those it no longer holds leave, those it holds stand where they
 * belong, as far down as it is loaded. Of a message that is there already only the view is asked again, because
 * nothing else changes by an act; the same list if nothing changes.
 */
export function placeMessages(
  list: CachedList,
  filter: MessageFilter,
  messages: Message[],
  now: Date,
): CachedList {
  const fresh = new Map(messages.map((message) => [message.id, message]))
  const here = new Set(itemsOf(list).flatMap(({ id }) => (fresh.has(id) ? [id] : [])))
  const view = filter.view ?? 'inbox'
  const wanted = messages.filter((message) =>
    here.has(message.id) ? viewHolds(view, message, now) : filterHolds(filter, message, now),
  )
  if (here.size === 0 && wanted.length === 0) return list

  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.filter(({ id }) => !fresh.has(id)),
  }))
  for (const message of wanted) insert(pages, message, here.has(message.id))
  return { ...list, pages }
}

/** Puts a message where it belongs; below the last loaded one only if it was here before or there is no more. */
function insert(pages: ListPage[], message: Message, wasHere: boolean): void {
  for (const page of pages) {
    const index = page.items.findIndex((item) => compareMessages(message, item) < 0)
    if (index >= 0) {
      page.items.splice(index, 0, message)
      return
    }
  }
  const last = pages.at(-1)
  if (last && (wasHere || last.nextCursor === null)) last.items.push(message)
}

/**
 * The list with its top read anew. What the answer covers is as the answer says; what lies below stays, unless the
 * answer does not reach down to it: then there is a gap and the list begins again.
 */
export function mergeTop(list: CachedList, top: ListPage): CachedList {
  const alone: CachedList = { pages: [top], pageParams: [null] }
  const edge = top.items.at(-1)
  const old = itemsOf(list)
  if (top.nextCursor === null || !edge || !old[0]) return alone
  if (compareMessages(edge, old[0]) < 0) return alone

  const inTop = new Set(top.items.map(({ id }) => id))
  const below = old.filter((item) => compareMessages(edge, item) < 0 && !inTop.has(item.id))
  const end = list.pages.at(-1)
  if (below.length === 0 || !end) return alone
  const rest: ListPage = { items: below, nextCursor: end.nextCursor, watermark: end.watermark }
  return { pages: [top, rest], pageParams: [null, top.nextCursor] }
}
