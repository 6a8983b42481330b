'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { call } from '@/lib/client/call'
import { listAudit } from '@/lib/contracts/activity'
import { listUsers } from '@/lib/contracts/users'
import { retryWhileFailing } from '../../load-failed'
import { settingsKeys } from '../../settings-keys'

export type AuditWords = { actor?: string; action?: string }

/** Who changed what, newest first, page by page. */
export function useAudit({ actor, action }: AuditWords) {
  return useInfiniteQuery({
    queryKey: ['admin', 'audit', { actor, action }],
    queryFn: ({ pageParam, signal }) =>
      call(listAudit, { query: { actor, action, cursor: pageParam, limit: 30 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: retryWhileFailing,
  })
}

/** Usernames that go on from what is typed, to choose from. */
export function useUsernames(q: string): string[] {
  const { data } = useQuery({
    queryKey: [...settingsKeys.users, 'names', q],
    queryFn: ({ signal }) => call(listUsers, { query: { q, limit: 8 }, signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  return data?.items.map(({ username }) => username) ?? []
}
