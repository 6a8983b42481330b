'use client'

import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ConnectionHealth } from '@/lib/contracts/activity'
import { troublesOf } from './troubles'

/** One sentence: whether all is well. */
export function HealthSummary({ connections }: { connections: ConnectionHealth[] }) {
  const t = useTranslations('activity.summary')
  const troubled = connections.filter((one) => troublesOf(one).length > 0)
  const inSetUp = connections.filter(({ state }) => state === 'setup').length
  return (
    <div role="status" className="mb-4">
      {troubled.length > 0 ? (
        <p className="flex items-start gap-2 text-lg font-medium">
          <TriangleAlert className="mt-0.5 size-5 shrink-0 text-danger" aria-hidden />
          {t('troubled', { count: troubled.length })}
        </p>
      ) : (
        <p className="flex items-start gap-2 text-lg font-medium">
          <CircleCheck className="mt-0.5 size-5 shrink-0 text-success" aria-hidden />
          {t('well')}
        </p>
      )}
      {inSetUp > 0 && <p className="mt-0.5 pl-7 text-text-muted">{t('inSetUp', { count: inSetUp })}</p>}
    </div>
  )
}
