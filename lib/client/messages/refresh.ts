import type { QueryClient } from '@tanstack/react-query'
import type { Message, MessageFilter } from '@/lib/contracts/messages'
import { countMessages, getMessage, listMessages } from '@/lib/contracts/messages'
import { call } from '../call'
import { findMessages, putChanges } from './cache'
import { itemsOf, mergeTop, type CachedList, type ListPage } from './list'
import { listQuery, PAGE_SIZE } from '../queries'
import { queryKeys } from '../query-keys'

const LARGEST_PAGE = 200
/** More changed messages than this further down are read by reading their list anew. */
const MOST_ONE_BY_ONE = 20

export type MessageRefresh = {
  /** Reads lists on screen and counts anew, `ids` also where they stand further down. Calls are folded together. */
  refresh: (ids?: Iterable<string>) => void
  /**
   * Does an act: nothing is read anew while it is on its way, what was being read is dropped, and afterwards
   * everything is read anew.
   */
  during: <T>(act: () => Promise<T>) => Promise<T>
}

/** Keeps what is shown equal to what the server knows, one reading at a time. */
export function createMessageRefresh(client: QueryClient): MessageRefresh {
  let wanted: Set<string> | null = null
  let reading = false
  let acts = 0
  // Grows with every act: what was asked for before it must not overwrite what it shows.
  let epoch = 0

  async function read() {
    if (reading) return
    reading = true
    try {
      while (wanted && acts === 0) {
        const ids = wanted
        wanted = null
        const began = epoch
        const apply = await readAnew(client, ids).catch(() => null)
        if (!apply) continue
        if (began === epoch) apply()
        else wanted = new Set([...ids, ...(wanted ?? [])])
      }
    } finally {
      reading = false
    }
  }

  const refresh = (ids: Iterable<string> = []) => {
    wanted = new Set([...(wanted ?? []), ...ids])
    void read()
  }
  const during = async <T>(act: () => Promise<T>) => {
    acts += 1
    epoch += 1
    try {
      return await act()
    } finally {
      acts -= 1
      refresh()
    }
  }
  return { refresh, during }
}

/** Asks for all that is on screen and gives back how to show it, so that it can still be dropped. */
async function readAnew(client: QueryClient, ids: Set<string>): Promise<() => void> {
  const lists = activeLists(client)
  const [counts, ...tops] = await Promise.all([
    call(countMessages),
    ...lists.map(({ filter, list }) => readTop(filter, itemsOf(list).length)),
  ])
  const merged = lists.map((entry, index) => ({ ...entry, top: tops[index] }))
  const deep = await readDeep(merged, ids)
  return () => {
    for (const { key, top } of merged) {
      if (top) client.setQueryData<CachedList>(key, (list) => list && mergeTop(list, top))
    }
    showDeep(client, deep)
    // The counts know of all of this already.
    client.setQueryData(queryKeys.messages.counts, counts)
    // What is not on screen is read when it is looked at again.
    const inactive = { queryKey: queryKeys.messages.lists, type: 'inactive', refetchType: 'none' } as const
    void client.invalidateQueries(inactive)
  }
}

/** The lists on screen; one that could not be read so far is tried again as a whole. */
function activeLists(client: QueryClient) {
  const queries = client.getQueryCache().findAll({ queryKey: queryKeys.messages.lists, type: 'active' })
  return queries.flatMap(({ queryKey, state }) => {
    const list = state.data as CachedList | undefined
    if (list) return [{ key: queryKey, filter: queryKey[2] as MessageFilter, list }]
    if (state.fetchStatus === 'idle') void client.refetchQueries({ queryKey, exact: true })
    return []
  })
}

/** One request, however many pages are loaded, as far as the API's largest page reaches. */
function readTop(filter: MessageFilter, loaded: number): Promise<ListPage> {
  const limit = Math.min(LARGEST_PAGE, Math.max(PAGE_SIZE, loaded))
  return call(listMessages, { query: { ...listQuery(filter), limit } })
}

/** Changed messages that stand below what was just read; null: too many. */
async function readDeep(
  lists: { list: CachedList; top?: ListPage }[],
  ids: Set<string>,
): Promise<Message[] | null> {
  const below = lists.flatMap(({ list, top }) => {
    const covered = new Set(top?.items.map(({ id }) => id))
    const after = top ? itemsOf(mergeTop(list, top)) : itemsOf(list)
    return after.flatMap(({ id }) => (ids.has(id) && !covered.has(id) ? [id] : []))
  })
  const deep = [...new Set(below)]
  if (deep.length > MOST_ONE_BY_ONE) return null
  const answers = await Promise.all(deep.map((id) => call(getMessage, { params: { id } }).catch(() => null)))
  return answers.flatMap((answer) => (answer ? [answer] : []))
}

function showDeep(client: QueryClient, deep: Message[] | null): void {
  if (deep === null) {
    void client.invalidateQueries({ queryKey: queryKeys.messages.lists, type: 'active' })
    return
  }
  const known = findMessages(
    client,
    deep.map(({ id }) => id),
  )
  const before = new Map(known.map((message) => [message.id, message]))
  const changes = deep.map((after) => ({ before: before.get(after.id) ?? after, after }))
  putChanges(client, changes, new Date())
}
