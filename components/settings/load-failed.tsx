'use client'

import { useTranslations } from 'next-intl'
import { ErrorState } from '@/components/ui/error-state'
import { useErrorText } from '@/components/ui/error-text'
import { Notice } from '@/components/ui/notice'
import { useTimeWords } from './time-text'

type Query = {
  error: Error | null
  errorUpdatedAt: number
  isFetching: boolean
  refetch: () => unknown
}

/** A list or a page that could not be loaded: what, why, when it was last tried, what happens now, one button. */
export function LoadFailed({ query, title }: { query: Query; title: string }) {
  const t = useTranslations('settings.loading')
  const errorText = useErrorText()
  const { short } = useTimeWords()
  const time = query.errorUpdatedAt ? short(new Date(query.errorUpdatedAt).toISOString()) : ''
  return (
    <ErrorState
      title={title}
      detail={errorText(query.error)}
      doing={t('tried', { time })}
      onRetry={() => void query.refetch()}
      retrying={query.isFetching}
    />
  )
}

/** Over what is shown from before: the last try to bring it up to date failed. */
export function Stale({ query }: { query: Pick<Query, 'error' | 'errorUpdatedAt'> }) {
  const t = useTranslations('settings.loading')
  const { short } = useTimeWords()
  if (!query.error) return null
  const time = short(new Date(query.errorUpdatedAt).toISOString())
  return (
    <div className="mb-4">
      <Notice tone="warning">{t('stale', { time })}</Notice>
    </div>
  )
}

/** Lists that are asked for once try again by themselves while they fail, milliseconds. */
export const retryWhileFailing = ({ state }: { state: { status: string } }): number | false =>
  state.status === 'error' ? 15_000 : false
