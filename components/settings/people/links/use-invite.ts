'use client'

import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { call } from '@/lib/client/call'
import { inviteUsers, listUsers } from '@/lib/contracts/users'
import { retryWhileFailing } from '../../load-failed'
import { settingsKeys } from '../../settings-keys'

/** The most that one call makes links for. */
export const MOST_LINKS = 1000

/** Users to choose from, in large pages. */
export function useUsersToInvite(q: string) {
  return useInfiniteQuery({
    queryKey: [...settingsKeys.users, 'to-invite', q],
    queryFn: ({ pageParam, signal }) =>
      call(listUsers, { query: { q: q || undefined, cursor: pageParam, limit: 200 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: retryWhileFailing,
    // Who was created a moment ago is to be here.
    staleTime: 0,
  })
}

/** Makes links; those that were made before for the same users end. */
export function useInvite() {
  return useMutation({ mutationFn: (ids: string[]) => call(inviteUsers, { body: { ids } }), gcTime: 0 })
}
