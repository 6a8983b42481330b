'use client'

import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '@/lib/client/call'
import { deleteMapping, listMappings, putMapping, type Mapping } from '@/lib/contracts/mappings'
import { retryWhileFailing } from '../load-failed'
import { settingsKeys } from '../settings-keys'

export type MappingFilter = { connection?: string; q?: string; unmapped?: boolean }

/** Persons page by page, those with the most waiting messages first; asked again while somebody is looked up. */
export function useMappingList({ connection, q, unmapped }: MappingFilter) {
  return useInfiniteQuery({
    queryKey: settingsKeys.mappingList({ connection, q, unmapped }),
    queryFn: ({ pageParam, signal }) =>
      call(listMappings, {
        query: { connection, q: q || undefined, unmapped: unmapped ? 'true' : undefined, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => retryWhileFailing(query) || (someResolving(query.state.data?.pages) && 5_000),
  })
}

const someResolving = (pages: { items: Mapping[] }[] = []) =>
  pages.some(({ items }) => items.some(({ resolving }) => resolving))

/** Says who somebody is. */
export function usePutMapping() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (body: z.input<typeof putMapping.body>) => call(putMapping, { body }),
    onSuccess: refresh,
  })
}

/** Takes a mapping away. */
export function useDeleteMapping() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (personId: string) => call(deleteMapping, { params: { personId } }),
    onSuccess: refresh,
  })
}

// Counts stand at the connections, and users name their connections.
function useRefresh() {
  const queryClient = useQueryClient()
  return () => {
    for (const queryKey of [settingsKeys.mappings, settingsKeys.connections, settingsKeys.users]) {
      void queryClient.invalidateQueries({ queryKey })
    }
  }
}
