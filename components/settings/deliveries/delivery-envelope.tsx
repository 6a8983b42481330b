'use client'

import { useTranslations } from 'next-intl'
import type { DeliveryDetail } from '@/lib/contracts/deliveries'

/** What stood around the body: the address's words and the headers. */
export function DeliveryEnvelope({ delivery: { query, headers } }: { delivery: DeliveryDetail }) {
  const t = useTranslations('deliveries.envelope')
  // Headers of one name were joined by the receiver; words of an address may repeat.
  const words = [...new URLSearchParams(query)]
  return (
    <div className="flex flex-col gap-4">
      <Pairs title={t('query')} none={t('none')} pairs={words} />
      <Pairs title={t('headers')} none={t('none')} pairs={Object.entries(headers)} />
    </div>
  )
}

function Pairs({ title, none, pairs }: { title: string; none: string; pairs: [string, string][] }) {
  return (
    <div>
      <h3 className="mb-1 text-sm text-text-muted">{title}</h3>
      {pairs.length === 0 ? (
        <p className="text-text-faint">{none}</p>
      ) : (
        <dl className="font-mono text-sm">
          {pairs.map(([name, value], index) => (
            <div
              key={index}
              className="grid gap-x-4 border-b border-border py-1 last:border-b-0 sm:grid-cols-[14rem_minmax(0,1fr)]"
            >
              <dt className="wrap-anywhere text-text-muted">{name}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
