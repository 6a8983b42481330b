'use client'

import { useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import { Tile } from '@/components/ui/tile'
import { isApiError } from '@/lib/client/call'
import type { DeliveryDetail } from '@/lib/contracts/deliveries'
import { BackLink } from '../back-link'
import { tileOf, useConnectors } from '../connections/use-connections'
import { LoadFailed, Stale } from '../load-failed'
import { Section } from '../section'
import { SettingsPage } from '../settings-page'
import { DeliveryBody } from './delivery-body'
import { DeliveryEnvelope } from './delivery-envelope'
import { DeliveryFacts } from './delivery-facts'
import { useDeliveryFilter, withDeliveryFilter } from './delivery-filter'
import { DeliveryLedger } from './delivery-ledger'
import { opName } from './op-name'
import { Replay } from './replay'
import { useDelivery } from './use-deliveries'
import { VerdictBadge } from './verdict-badge'

/** One push: why it is what it is, who got it, and its every byte. */
export function DeliveryPage({ id }: { id: string }) {
  const t = useTranslations('deliveries')
  const [filter] = useDeliveryFilter()
  const delivery = useDelivery(id)
  const cards = useConnectors().data
  const back = <BackLink href={withDeliveryFilter('/settings/deliveries', filter)}>{t('title')}</BackLink>

  if (!delivery.data) {
    const gone = isApiError(delivery.error) && ['not_found', 'invalid_input'].includes(delivery.error.code)
    return (
      <SettingsPage title={delivery.error ? t('title') : <Skeleton className="h-7 w-48" />} back={back}>
        {gone ? (
          <EmptyState title={t('gone.title')} text={t('gone.text')} />
        ) : delivery.error ? (
          <LoadFailed query={delivery} title={t('loadOneFailed')} />
        ) : (
          <div className="flex flex-col gap-4" aria-busy>
            <Skeleton className="h-40 rounded-md" />
            <Skeleton className="h-64 rounded-md" />
          </div>
        )}
      </SettingsPage>
    )
  }
  const { data } = delivery
  return (
    <SettingsPage
      back={back}
      title={
        <span className="flex items-start gap-2.5">
          <Tile {...tileOf(cards, data.connector)} size="md" className="-mt-0.5" />
          <span className="min-w-0">{data.title ?? opName(data, cards) ?? t('noTitle')}</span>
        </span>
      }
      text={<VerdictBadge verdict={data.verdict} />}
      action={<Replay delivery={data} />}
    >
      <Stale query={delivery} />
      <DeliveryFacts delivery={data} cards={cards} />
      <Parts delivery={data} />
    </SettingsPage>
  )
}

function Parts({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations('deliveries.section')
  return (
    <div className="mt-6">
      {delivery.ledger.length > 0 && (
        <Section title={t('ledger', { count: delivery.recipients })} text={t('ledgerText')}>
          <DeliveryLedger delivery={delivery} />
        </Section>
      )}
      <Section title={t('body')}>
        <DeliveryBody delivery={delivery} />
      </Section>
      <Section title={t('envelope')}>
        <DeliveryEnvelope delivery={delivery} />
      </Section>
    </div>
  )
}
