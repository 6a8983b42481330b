'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTimes } from '@/components/shell/session-provider'
import { ErrorState } from '@/components/ui/error-state'
import { useErrorText } from '@/components/ui/error-text'
import { clockOf } from '@/lib/client/message-time'

type Props = { query: { error: Error | null; isFetching: boolean; refetch: () => Promise<unknown> } }

/** The list could not be read: why, since when, and that it is tried again. Stays while it is. */
export function ListFailed({ query }: Props) {
  const t = useTranslations('inbox.list')
  const common = useTranslations('common.state')
  const errorText = useErrorText()
  const times = useTimes()
  const [since] = useState(() => new Date())
  const [error, setError] = useState(query.error)
  // While it is tried again there is no error; the last one is still why.
  if (query.error && query.error !== error) setError(query.error)
  return (
    <ErrorState
      className="my-auto"
      title={t('failed')}
      since={common('since', { time: clockOf(since, times) })}
      detail={errorText(error)}
      doing={common('doing')}
      onRetry={() => void query.refetch()}
      retrying={query.isFetching}
    />
  )
}
