'use client'

import { Check, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cn } from '@/components/ui/class-names'
import type { ConnectionHealth } from '@/lib/contracts/activity'

const PARTS = ['delivered', 'waiting', 'duplicates', 'dead'] as const

/** That all that was received has gone somewhere, as one sum. */
export function BalanceLine({ balance }: { balance: ConnectionHealth['balance'] }) {
  const t = useTranslations('activity.balance')
  const even = balance.difference === 0
  const parts = PARTS.map((part) => t(part, { count: balance[part] })).join(' + ')
  return (
    <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-border pt-3 text-sm text-text-muted">
      <span className="tabular-nums">
        {t('received', { count: balance.received })} = {parts}
      </span>
      <span className={cn('flex items-center gap-1 tabular-nums', even ? 'text-success' : 'text-danger')}>
        {t('difference', { count: balance.difference })}
        {even ? (
          <Check className="size-4" aria-label={t('even')} role="img" />
        ) : (
          <TriangleAlert className="size-4" aria-label={t('uneven')} role="img" />
        )}
      </span>
    </p>
  )
}
