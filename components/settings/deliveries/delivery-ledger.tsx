'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { addressOf } from '@/lib/client/call'
import type { DeliveryDetail } from '@/lib/contracts/deliveries'

const tones = { delivered: 'success', waiting: 'warning', duplicate: 'neutral', dead: 'danger' } as const

/** What became of each recipient, in the order of the push; who waits can be mapped from here. */
export function DeliveryLedger({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations('deliveries.ledger')
  const { ledger, connectionId, recipients } = delivery
  return (
    <>
      <ul>
        {ledger.map(({ position, externalId, name, state, reason }) => (
          <li
            key={position}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-border py-2 last:border-b-0"
          >
            <span className="min-w-0 flex-1 basis-40">
              <span className="break-words">{name ?? externalId ?? t('nobody')}</span>
              {name && externalId && (
                <span className="ml-2 text-sm wrap-anywhere text-text-muted">{externalId}</span>
              )}
              {reason && <span className="block text-sm text-text-muted">{reason}</span>}
            </span>
            {state === 'waiting' && externalId && (
              <Link
                href={addressOf('/settings/mappings', {}, { connection: connectionId, q: externalId })}
                className="touch-target text-accent underline-offset-4 hover:underline"
                aria-label={t('mapNamed', { name: name ?? externalId })}
              >
                {t('map')}
              </Link>
            )}
            <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
          </li>
        ))}
      </ul>
      {recipients > ledger.length && (
        <p className="mt-2 text-sm text-text-muted">
          {t('cut', { shown: ledger.length, count: recipients })}
        </p>
      )}
    </>
  )
}
