'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Tile } from '@/components/ui/tile'
import type { ConnectorCard } from '@/lib/contracts/connections'
import type { Delivery } from '@/lib/contracts/deliveries'
import { tileOf } from '../connections/use-connections'
import { TimeText } from '../time-text'
import { withDeliveryFilter, type DeliveryFilter } from './delivery-filter'
import { opName } from './op-name'
import { tellableSkew } from './skew'
import { VerdictBadge } from './verdict-badge'

type Props = { delivery: Delivery; cards?: ConnectorCard[]; filter: DeliveryFilter }

/** One push in the list; all of it leads to its page. */
export function DeliveryRow({ delivery, cards, filter }: Props) {
  const t = useTranslations('deliveries')
  const op = opName(delivery, cards)
  const skew = tellableSkew(delivery.skewSeconds)
  const facts = [
    delivery.title ? op : null,
    delivery.recipients > 0 ? t('recipients', { count: delivery.recipients }) : null,
    delivery.verdict === 'accepted' ? null : delivery.reason,
  ].filter(Boolean)
  return (
    <li className="border-b border-border last:border-b-0">
      <Link
        href={withDeliveryFilter(`/settings/deliveries/${delivery.id}`, filter)}
        className="-mx-3 flex items-start gap-3 rounded-md px-3 py-2.5 transition-colors hover:bg-hover"
      >
        <Tile {...tileOf(cards, delivery.connector)} className="mt-0.5" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 truncate font-medium">
              {delivery.title ?? op ?? t('noTitle')}
            </span>
            <TimeText value={delivery.receivedAt} className="text-sm text-text-muted" />
          </span>
          <span className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm text-text-muted">
            <VerdictBadge verdict={delivery.verdict} />
            {skew && <Badge tone="warning">{t(`skew.${skew.unit}`, { amount: skew.amount })}</Badge>}
            <span className="min-w-0 break-words">{[delivery.connectionName, ...facts].join(' · ')}</span>
          </span>
        </span>
      </Link>
    </li>
  )
}
