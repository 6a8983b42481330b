'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useTimeWords } from '../time-text'
import type { ConnectionDetail } from '@/lib/contracts/connections'

/** How a connection is: when it last worked, what is wrong and since when, who is mapped and who is not. */
export function ConnectionOverview({ connection }: { connection: ConnectionDetail }) {
  const t = useTranslations('settings.overview')
  const { short, exact } = useTimeWords()
  const { state, failingSince, lastError, lastSuccessAt, persons } = connection
  return (
    <div className="flex flex-col gap-4">
      {state === 'failing' && (
        <div role="alert" className="rounded-md bg-danger-soft px-3 py-2.5">
          <p className="font-medium text-danger">
            {failingSince ? t('failingSince', { time: short(failingSince) }) : t('failing')}
          </p>
          {lastError && <p className="mt-0.5 break-words">{lastError}</p>}
          <p className="mt-0.5 text-text-muted">{t('failingDoing')}</p>
        </div>
      )}
      {state === 'archived' && (
        <p className="rounded-md bg-hover px-3 py-2.5 text-text-muted">{t('archived')}</p>
      )}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
        <Figure label={t('lastSuccess')} title={lastSuccessAt ? exact(lastSuccessAt) : undefined}>
          {lastSuccessAt ? short(lastSuccessAt) : t('never')}
        </Figure>
        <Figure label={t('mapped')}>{t('people', { count: persons.mapped })}</Figure>
        <Figure label={t('unmapped')}>{t('people', { count: persons.unmapped })}</Figure>
        <Figure label={t('waiting')}>{t('messages', { count: persons.waiting })}</Figure>
      </dl>
      {persons.unmapped > 0 && state !== 'archived' && (
        <p>
          <Link
            href={`/settings/mappings?connection=${connection.id}&unmapped=true`}
            className="touch-target text-accent underline-offset-4 hover:underline"
          >
            {t('toMappings', { count: persons.unmapped })}
          </Link>
        </p>
      )}
    </div>
  )
}

function Figure({ label, title, children }: { label: string; title?: string; children: string }) {
  return (
    <div>
      <dt className="text-sm text-text-muted">{label}</dt>
      <dd className="mt-0.5 text-lg font-medium tabular-nums" title={title}>
        {children}
      </dd>
    </div>
  )
}
