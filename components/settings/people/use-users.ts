'use client'

import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '@/lib/client/call'
import { changeUser, createUser, listUsers } from '@/lib/contracts/users'
import { retryWhileFailing } from '../load-failed'
import { settingsKeys } from '../settings-keys'

/** Everyone who can sign in, page by page. */
export function useUserList(q: string) {
  return useInfiniteQuery({
    queryKey: settingsKeys.userList(q),
    queryFn: ({ pageParam, signal }) =>
      call(listUsers, { query: { q: q || undefined, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: retryWhileFailing,
  })
}

/** A new user. */
export function useCreateUser() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (body: z.input<typeof createUser.body>) => call(createUser, { body }),
    onSuccess: refresh,
  })
}

/** Changes a user. */
export function useChangeUser() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string } & z.input<typeof changeUser.body>) =>
      call(changeUser, { params: { id }, body }),
    onSuccess: refresh,
  })
}

// The list of mappings names users too.
function useRefresh() {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: settingsKeys.users })
    void queryClient.invalidateQueries({ queryKey: settingsKeys.mappings })
  }
}
