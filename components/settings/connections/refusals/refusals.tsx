'use client'

import { useTranslations } from 'next-intl'
import { Disclosure } from '@/components/ui/disclosure'
import { TimeText } from '../../time-text'
import type { ConnectionDetail } from '@/lib/contracts/connections'

const SHOWN = 5

/** What knocked at the address and was turned away, counted by reason, and the last few. */
export function Refusals({ refusals }: { refusals: ConnectionDetail['refusals'] }) {
  const t = useTranslations('settings.refusals')
  const counts = Object.entries(refusals.counts).filter(([, count]) => count > 0)
  const reasonText = (reason: string) => (isKnown(reason) ? t(`reason.${reason}`) : reason)
  if (counts.length === 0) return <p className="text-text-muted">{t('none')}</p>
  return (
    <div className="flex flex-col gap-4">
      <ul>
        {counts.map(([reason, count]) => (
          <li key={reason} className="flex items-baseline gap-3 border-b border-border py-2 last:border-b-0">
            <span className="flex-1">{reasonText(reason)}</span>
            <span className="tabular-nums">{t('times', { count })}</span>
          </li>
        ))}
      </ul>
      {refusals.last.length > 0 && (
        <Disclosure label={t('last', { count: Math.min(SHOWN, refusals.last.length) })}>
          <ul className="mt-2 flex flex-col gap-3">
            {refusals.last.slice(0, SHOWN).map((one, index) => (
              <li key={`${one.at}-${index}`} className="text-sm">
                <p className="flex flex-wrap gap-x-2">
                  <TimeText value={one.at} className="text-text-muted" />
                  <span>{reasonText(one.reason)}</span>
                  {one.address && (
                    <span className="text-text-muted">{t('from', { address: one.address })}</span>
                  )}
                </p>
                {one.sample && (
                  <pre className="mt-1 max-h-24 overflow-auto rounded-md bg-hover px-2 py-1.5 text-xs wrap-anywhere whitespace-pre-wrap text-text-muted">
                    {one.sample}
                  </pre>
                )}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  )
}

const KNOWN = [
  'signature_missing',
  'signature_wrong',
  'nonce_malformed',
  'timestamp_malformed',
  'setup_over',
] as const
const isKnown = (reason: string): reason is (typeof KNOWN)[number] =>
  (KNOWN as readonly string[]).includes(reason)
