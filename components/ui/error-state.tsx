'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './class-names'

type Props = {
  /** What failed. */
  title?: ReactNode
  /** The server's own words, if there are any. */
  detail?: ReactNode
  /** Since when, as a ready text. */
  since?: string
  /** What we do about it; by itself: it is tried again. */
  doing?: ReactNode
  onRetry?: () => void
  retrying?: boolean
  retryLabel?: string
  className?: string
}

/** What failed, since when, what we do about it, and one button. */
export function ErrorState({ title, detail, since, doing, onRetry, retrying, retryLabel, className }: Props) {
  const t = useTranslations('common')
  return (
    <div
      role="alert"
      className={cn('mx-auto flex max-w-90 flex-col items-center px-6 py-12 text-center', className)}
    >
      <TriangleAlert className="mb-3 size-6 stroke-[1.5] text-danger" aria-hidden />
      <p className="font-medium text-balance">
        {title ?? t('state.failed')}
        {since && <span className="ml-1.5 font-normal text-text-muted">{since}</span>}
      </p>
      {detail && <p className="mt-1 text-text-muted text-balance break-words">{detail}</p>}
      {doing && <p className="mt-1 text-text-muted text-balance">{doing}</p>}
      {onRetry && (
        <Button className="mt-4" onClick={onRetry} loading={retrying}>
          {retryLabel ?? t('action.retry')}
        </Button>
      )}
    </div>
  )
}
