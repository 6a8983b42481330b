import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { getSession, listTokens } from '@/lib/contracts/auth'
import { listConnectors } from '@/lib/contracts/connections'
import { countMessages, getMessage, listMessages, type MessageFilter } from '@/lib/contracts/messages'
import { call } from './call'
import { queryKeys } from './query-keys'

// Live events say when messages change; until then what is here is right.
const untilToldOtherwise = { staleTime: Infinity, refetchOnWindowFocus: false } as const

export const PAGE_SIZE = 50
/** Milliseconds. */
const RETRY_EVERY = 30_000

/** The list's words as they stand in an address. */
export function listQuery(filter: MessageFilter) {
  const { urgent, ...words } = filter
  return { ...words, urgent: urgent === undefined ? undefined : (String(urgent) as 'true' | 'false') }
}

/** Who is signed in. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: queryKeys.session,
    queryFn: async ({ signal }) => (await call(getSession, { signal })).user,
    staleTime: 5 * 60_000,
  })

/** The vendors' cards. */
export const connectorsQuery = () =>
  queryOptions({
    queryKey: queryKeys.connectors,
    queryFn: async ({ signal }) => (await call(listConnectors, { signal })).items,
    staleTime: 60 * 60_000,
  })

export const countsQuery = () =>
  queryOptions({
    queryKey: queryKeys.messages.counts,
    queryFn: ({ signal }) => call(countMessages, { signal }),
    ...untilToldOtherwise,
  })

/** A list of messages, page by page. While other words are searched for, what the last ones found stays. */
export const messagesQuery = (filter: MessageFilter) =>
  infiniteQueryOptions({
    queryKey: queryKeys.messages.list(filter),
    queryFn: ({ pageParam, signal }) =>
      call(listMessages, {
        query: { ...listQuery(filter), cursor: pageParam ?? undefined, limit: PAGE_SIZE },
        signal,
      }),
    initialPageParam: null as string | null,
    placeholderData: (last, lastQuery) =>
      filter.q && (lastQuery?.queryKey[2] as MessageFilter | undefined)?.q ? last : undefined,
    getNextPageParam: (page) => page.nextCursor,
    // A list that could not be read is tried again, until it can.
    refetchInterval: ({ state }) =>
      state.data === undefined && state.errorUpdateCount > 0 ? RETRY_EVERY : false,
    ...untilToldOtherwise,
  })

/** One message whole. */
export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.messages.detail(id),
    queryFn: ({ signal }) => call(getMessage, { params: { id }, signal }),
    ...untilToldOtherwise,
  })

export const tokensQuery = () =>
  queryOptions({
    queryKey: queryKeys.tokens,
    queryFn: async ({ signal }) => (await call(listTokens, { signal })).items,
  })
