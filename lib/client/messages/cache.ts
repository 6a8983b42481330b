import type { QueryClient } from '@tanstack/react-query'
import type { Counts, Message, MessageDetail, MessageFilter } from '@/lib/contracts/messages'
import { countsAfter, type Change } from './acts'
import { itemsOf, placeMessages, type CachedList } from './list'
import { queryKeys } from '../query-keys'

type CachedEntry = { key: readonly unknown[]; filter: MessageFilter; list: CachedList }

/** All lists that are kept, with the words they were asked for. */
export function cachedLists(client: QueryClient): CachedEntry[] {
  return client
    .getQueriesData<CachedList>({ queryKey: queryKeys.messages.lists })
    .flatMap(([key, list]) => (list ? [{ key, filter: key[2] as MessageFilter, list }] : []))
}

/** The messages with these ids, as far as any list or opened message knows them. */
export function findMessages(client: QueryClient, ids: Iterable<string>): Message[] {
  const wanted = new Set(ids)
  const found = new Map<string, Message>()
  for (const { list } of cachedLists(client)) {
    for (const item of itemsOf(list)) if (wanted.has(item.id)) found.set(item.id, item)
  }
  for (const id of wanted) {
    if (found.has(id)) continue
    const detail = client.getQueryData<MessageDetail>(queryKeys.messages.detail(id))
    if (detail) found.set(id, detail)
  }
  return [...found.values()]
}

/** Shows changed messages everywhere: lists, opened messages, counts. */
export function putChanges(client: QueryClient, changes: Change[], now: Date): void {
  const after = changes.map((change) => change.after)
  for (const { key, filter, list } of cachedLists(client)) {
    client.setQueryData<CachedList>(key, placeMessages(list, filter, after, now))
  }
  for (const message of after) {
    client.setQueryData<MessageDetail>(queryKeys.messages.detail(message.id), (detail) =>
      detail ? { ...detail, ...message } : detail,
    )
  }
  client.setQueryData<Counts>(queryKeys.messages.counts, (counts) =>
    counts ? countsAfter(counts, changes, now) : counts,
  )
}

/** The same changes the other way round. */
export function reversed(changes: Change[]): Change[] {
  return changes.map(({ before, after }) => ({ before: after, after: before }))
}
