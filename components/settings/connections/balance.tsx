'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { useErrorText } from '@/components/ui/error-text'
import { Skeleton } from '@/components/ui/skeleton'
import { call } from '@/lib/client/call'
import { getBalance } from '@/lib/contracts/connections'
import { settingsKeys } from '../settings-keys'

const PARTS = ['delivered', 'waiting', 'duplicates', 'dead'] as const

/** Whether everything that came is accounted for, in plain words. */
export function Balance({ connectionId }: { connectionId: string }) {
  const t = useTranslations('settings.balance')
  const common = useTranslations('common.action')
  const errorText = useErrorText()
  const format = useFormatter()
  const query = useQuery({
    queryKey: settingsKeys.balance(connectionId),
    queryFn: ({ signal }) => call(getBalance, { params: { id: connectionId }, signal }),
    refetchInterval: 30_000,
  })
  const balance = query.data
  if (!balance) {
    return query.error ? (
      <div className="flex flex-wrap items-center gap-3 text-text-muted">
        <p className="flex-1">{errorText(query.error)}</p>
        <Button size="sm" onClick={() => void query.refetch()} loading={query.isFetching}>
          {common('retry')}
        </Button>
      </div>
    ) : (
      <Skeleton className="h-40 rounded-md" />
    )
  }
  return (
    <>
      <dl>
        <Line label={t('received')} help={t('receivedHelp')} value={format.number(balance.received)} strong />
        {PARTS.map((part) => (
          <Line key={part} label={t(part)} help={t(`${part}Help`)} value={format.number(balance[part])} />
        ))}
      </dl>
      {balance.difference === 0 ? (
        <p className="mt-3 flex items-center gap-2 text-success">
          <CircleCheck className="size-4 shrink-0" aria-hidden />
          {t('even')}
        </p>
      ) : (
        <p className="mt-3 flex gap-2 text-warning">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {t('uneven', { count: balance.difference })}
        </p>
      )}
    </>
  )
}

function Line({
  label,
  help,
  value,
  strong,
}: {
  label: string
  help: string
  value: string
  strong?: boolean
}) {
  return (
    <div className="flex items-baseline gap-3 border-b border-border py-2 last:border-b-0">
      <dt className="min-w-0 flex-1">
        <span className={strong ? 'font-medium' : undefined}>{label}</span>
        <span className="ml-2 text-sm text-text-muted">{help}</span>
      </dt>
      <dd className={strong ? 'font-medium tabular-nums' : 'tabular-nums'}>{value}</dd>
    </div>
  )
}
