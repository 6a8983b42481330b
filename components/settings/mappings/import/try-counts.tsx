'use client'

import { useTranslations } from 'next-intl'
import { cn } from '@/components/ui/class-names'
import { Notice } from '@/components/ui/notice'
import type { ImportResult } from '@/lib/contracts/import'

const STATES = ['error', 'new', 'changed', 'unchanged'] as const

/** The file at a glance: how many rows of each kind, how it was read, and which columns mean nothing. */
export function TryCounts({ file, result }: { file: File; result: ImportResult }) {
  const t = useTranslations('import')
  const { counts, encoding, unknownColumns, delivered } = result
  return (
    <>
      <div>
        <p className="text-text-muted">
          <span className="font-medium wrap-anywhere text-text">{file.name}</span>
          {' · '}
          {t(`encoding.${encoding}`)}
        </p>
        <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2">
          {STATES.filter((state) => state !== 'error' || counts.error > 0).map((state) => (
            <div key={state} className="flex flex-col-reverse">
              <dt className="text-sm text-text-muted">{t(`state.${state}`)}</dt>
              <dd
                className={cn('text-xl font-semibold tabular-nums', state === 'error' && 'text-danger')}
                data-state={state}
              >
                {t('number', { count: counts[state] })}
              </dd>
            </div>
          ))}
        </dl>
        {delivered > 0 && <p className="mt-3 text-text-muted">{t('check.delivers', { count: delivered })}</p>}
      </div>
      {unknownColumns.length > 0 && (
        <Notice tone="warning">
          {t('check.unknownColumns', { columns: unknownColumns.join(t('check.separator')) })}
        </Notice>
      )}
    </>
  )
}
