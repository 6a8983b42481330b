'use client'

import { useTranslations } from 'next-intl'
import { Disclosure } from '@/components/ui/disclosure'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { isApiError } from '@/lib/client/call'
import { LoadFailed } from '../../load-failed'
import { useImportProgress } from './use-import'

/** How far the look-up of sign-in names is; it goes on without this page. */
export function LookupProgress({ job }: { job: string }) {
  const t = useTranslations('import.lookup')
  const progress = useImportProgress(job)
  if (!progress.data) {
    if (!progress.error) return <Skeleton className="h-12 rounded-md" />
    return isApiError(progress.error) && progress.error.status < 500 && progress.error.status > 0 ? (
      <p className="text-text-muted">{t('gone')}</p>
    ) : (
      <LoadFailed query={progress} title={t('loadFailed')} />
    )
  }
  const { total, resolved, failed, failedCount, done, paused } = progress.data
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p role="status">{done ? t('done', { count: resolved }) : t('running')}</p>
        <p className="tabular-nums text-text-muted">
          {t('figures', { resolved: resolved + failedCount, total })}
        </p>
      </div>
      <Bar label={t('title')} now={resolved + failedCount} total={total} />
      {paused && !done && <Notice tone="warning">{t('paused', { reason: paused })}</Notice>}
      {failedCount > 0 && (
        <Disclosure label={t('failed', { count: failedCount })} className="text-base">
          <ul className="mt-1">
            {failed.map(({ loginName, username, error }) => (
              <li
                key={`${loginName} ${username}`}
                className="flex flex-wrap gap-x-3 border-b border-border py-1.5 last:border-b-0"
              >
                <span className="wrap-anywhere">{t('who', { loginName, username })}</span>
                <span className="wrap-anywhere text-text-muted">{error}</span>
              </li>
            ))}
          </ul>
          <p className="mt-2 text-sm text-text-muted">{t('failedText')}</p>
        </Disclosure>
      )}
    </div>
  )
}

function Bar({ label, now, total }: { label: string; now: number; total: number }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={now}
      className="h-1.5 overflow-hidden rounded-full bg-hover"
    >
      <div
        className="h-full rounded-full bg-accent transition-[width]"
        style={{ width: `${total === 0 ? 100 : (now / total) * 100}%` }}
      />
    </div>
  )
}
