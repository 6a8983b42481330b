'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { toast } from 'sonner'
import { isApiError } from '@/lib/client/call'
import type { History } from './history-choice'
import { usePutMapping } from './use-mappings'

export type Whom = { connectionId: string; externalId?: string; loginName?: string }

/**
 * Mapping somebody, with the second question where they are mapped already. `conflict` holds the server's
 * sentence; submitting again then replaces.
 */
export function useMap(onDone: () => void) {
  const t = useTranslations('settings.mappings')
  const putting = usePutMapping()
  const [history, setHistory] = useState<History>('none')
  const error = putting.error
  const conflict = isApiError(error) && error.code === 'already_mapped' ? error.message : null

  const submit = (whom: Whom, user: { username: string; name: string }, withHistory: boolean) => {
    putting.mutate(
      {
        ...whom,
        username: user.username,
        ...(conflict !== null && { replace: true }),
        ...((withHistory || conflict !== null) && { history }),
      },
      {
        onSuccess: ({ state, delivered }) => {
          toast.success(
            state === 'resolving'
              ? t('done.resolving')
              : delivered > 0
                ? t('done.delivered', { name: user.name, count: delivered })
                : t('done.mapped', { name: user.name }),
          )
          onDone()
        },
      },
    )
  }
  return {
    submit,
    conflict,
    /** Anything that went wrong other than the conflict. */
    error: conflict === null ? error : null,
    pending: putting.isPending,
    /** Takes the question back: another user or person was chosen. */
    forget: () => putting.reset(),
    history,
    setHistory,
  }
}
