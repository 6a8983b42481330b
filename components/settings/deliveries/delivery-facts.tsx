'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'
import type { ConnectorCard } from '@/lib/contracts/connections'
import type { DeliveryDetail } from '@/lib/contracts/deliveries'
import { useTimeWords } from '../time-text'
import { useDeliveryFilter, withDeliveryFilter } from './delivery-filter'
import { opName } from './op-name'
import { tellableSkew } from './skew'

/** Why it is what it is, in words, and when it came. */
export function DeliveryFacts({ delivery, cards }: { delivery: DeliveryDetail; cards?: ConnectorCard[] }) {
  const t = useTranslations('deliveries')
  const { exact } = useTimeWords()
  const skew = tellableSkew(delivery.skewSeconds)
  const { verdict, reason } = delivery
  return (
    <div className="flex flex-col gap-4">
      <Notice tone={verdict === 'dead' ? 'danger' : 'neutral'}>
        {t(`about.${verdict}`)}
        {reason && verdict !== 'duplicate' && ` ${t('reason', { reason })}`}
        {delivery.duplicateOf && <FirstOne id={delivery.duplicateOf} />}
      </Notice>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-5 gap-y-1.5">
        <Fact label={t('fact.connection')}>
          <Link
            href={`/settings/connections/${delivery.connectionId}`}
            className="text-accent underline-offset-4 hover:underline"
          >
            {delivery.connectionName}
          </Link>
        </Fact>
        {delivery.op && (
          <Fact label={t('fact.op')}>
            {opName(delivery, cards)} <code className="text-sm text-text-muted">{delivery.op}</code>
          </Fact>
        )}
        <Fact label={t('fact.receivedAt')}>{exact(delivery.receivedAt)}</Fact>
        {delivery.sentAt && <Fact label={t('fact.sentAt')}>{exact(delivery.sentAt)}</Fact>}
        {skew && (
          <Fact label={t('fact.skew')}>
            {t(`skew.${skew.unit}`, { amount: skew.amount })}
            <span className="mt-0.5 block text-sm text-text-muted">
              {skew.late ? t('skew.late') : t('skew.early')}
            </span>
          </Fact>
        )}
        {delivery.deliverId && (
          <Fact label={t('fact.deliverId')}>
            <code className="text-sm wrap-anywhere">{delivery.deliverId}</code>
          </Fact>
        )}
      </dl>
    </div>
  )
}

function FirstOne({ id }: { id: string }) {
  const t = useTranslations('deliveries')
  const [filter] = useDeliveryFilter()
  return (
    <>
      {' '}
      <Link
        href={withDeliveryFilter(`/settings/deliveries/${id}`, filter)}
        className="text-accent underline-offset-4 hover:underline"
      >
        {t('toFirst')}
      </Link>
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-muted">{label}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </>
  )
}
