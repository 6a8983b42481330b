'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useErrorText } from '@/components/ui/error-text'
import { changePreferences, type Preferences, type SessionUser } from '@/lib/contracts/auth'
import { call } from '@/lib/client/call'
import { queryKeys } from '@/lib/client/query-keys'
import { useSession } from '../session-provider'

/** The reader's preferences and how to change them: at once, and back again if the server would not have it. */
export function usePreferences() {
  const client = useQueryClient()
  const errorText = useErrorText()
  const { preferences } = useSession()
  const show = (next: Partial<Preferences>) =>
    client.setQueryData<SessionUser>(
      queryKeys.session,
      (user) => user && { ...user, preferences: { ...user.preferences, ...next } },
    )
  const { mutate } = useMutation({
    mutationFn: (body: Partial<Preferences>) => call(changePreferences, { body }),
    onMutate: async (next) => {
      await client.cancelQueries({ queryKey: queryKeys.session })
      const old = client.getQueryData<SessionUser>(queryKeys.session)?.preferences
      show(next)
      return old
    },
    onSuccess: ({ user }) => client.setQueryData(queryKeys.session, user),
    onError: (error, _, old) => {
      if (old) show(old)
      toast.error(errorText(error))
    },
  })
  return { preferences, change: mutate }
}
