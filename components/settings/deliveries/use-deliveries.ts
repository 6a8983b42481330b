'use client'

import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { call } from '@/lib/client/call'
import { getDelivery, listDeliveries, replayDelivery, type Delivery } from '@/lib/contracts/deliveries'

const keys = {
  all: ['admin', 'deliveries'] as const,
  list: (filter: DeliveryWords) => ['admin', 'deliveries', 'list', filter] as const,
  detail: (id: string) => ['admin', 'deliveries', 'detail', id] as const,
}

export type DeliveryWords = { verdict?: Delivery['verdict']; connection?: string; q?: string }

/** Milliseconds. */
const CALM_POLL = 15_000

/** What arrived, newest first, page by page. As long as nobody leafs on, new ones come by themselves. */
export function useDeliveryList({ verdict, connection, q }: DeliveryWords) {
  return useInfiniteQuery({
    queryKey: keys.list({ verdict, connection, q }),
    queryFn: ({ pageParam, signal }) =>
      call(listDeliveries, { query: { verdict, connection, q, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 ? CALM_POLL : false),
  })
}

/** One push whole. */
export function useDelivery(id: string) {
  return useQuery({
    queryKey: keys.detail(id),
    queryFn: ({ signal }) => call(getDelivery, { params: { id }, signal }),
  })
}

/** Reads a push again; what it is afterwards takes the place of what was shown. */
export function useReplay(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(replayDelivery, { params: { id } }),
    onSuccess: async (after) => {
      client.setQueryData(keys.detail(id), after)
      await client.invalidateQueries({ queryKey: ['admin', 'deliveries', 'list'] })
    },
  })
}
