'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'
import { addressOf } from '@/lib/client/call'
import type { ConnectionHealth } from '@/lib/contracts/activity'
import type { ConnectorCard } from '@/lib/contracts/connections'
import { TimeText } from '../time-text'
import { useDuration } from './duration'

/** A connection's figures; what it cannot have is left out, what asks for a hand leads to where it is done. */
export function HealthFigures({ health, card }: { health: ConnectionHealth; card?: ConnectorCard }) {
  const t = useTranslations('activity.figure')
  const duration = useDuration()
  const { id, outbox, forwards, lagSeconds } = health
  const polls = card?.pulls ?? health.polled > 0
  const tells = (card?.tellsRead ?? false) || outbox.pending + outbox.failed > 0
  const mappings = addressOf('/settings/mappings', {}, { connection: id, unmapped: true })
  return (
    <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
      <Figure label={t('lastSuccess')}>
        {health.lastSuccessAt ? <TimeText value={health.lastSuccessAt} /> : t('never')}
      </Figure>
      {polls && (
        <>
          <Figure label={t('lag')}>
            {lagSeconds === null ? '–' : lagSeconds < 2 ? t('noLag') : duration(lagSeconds)}
          </Figure>
          <Figure label={t('polled')}>
            {t('people', { count: health.polled })}
            {health.due > 0 && <Small>{t('due', { count: health.due })}</Small>}
          </Figure>
        </>
      )}
      {tells && (
        <Figure label={t('outbox')}>
          {t('messages', { count: outbox.pending })}
          {outbox.failed > 0 && (
            <Small className="text-danger">{t('outboxFailed', { count: outbox.failed })}</Small>
          )}
        </Figure>
      )}
      {forwards && forwards.pending + forwards.refused + forwards.unclear > 0 && (
        <Figure label={t('forwards')}>
          {t('messages', { count: forwards.pending })}
          {forwards.refused > 0 && (
            <Small className="text-danger">{t('forwardsRefused', { count: forwards.refused })}</Small>
          )}
          {forwards.unclear > 0 && <Small>{t('forwardsUnclear', { count: forwards.unclear })}</Small>}
        </Figure>
      )}
      <Figure label={t('waiting')} href={health.unmapped > 0 ? mappings : undefined}>
        {t('people', { count: health.unmapped })}
        {health.waiting > 0 && <Small>{t('waitingMessages', { count: health.waiting })}</Small>}
      </Figure>
      <Figure
        label={t('dead')}
        href={
          health.dead > 0 && card?.pushes
            ? addressOf('/settings/deliveries', {}, { connection: id, verdict: 'dead' })
            : undefined
        }
      >
        {t('messages', { count: health.dead })}
      </Figure>
      {(card?.pushes || health.refused > 0) && (
        <Figure label={t('refused')} href={health.refused > 0 ? `/settings/connections/${id}` : undefined}>
          {t('times', { count: health.refused })}
        </Figure>
      )}
    </dl>
  )
}

function Figure({ label, href, children }: { label: string; href?: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-text-muted">{label}</dt>
      <dd className="tabular-nums">
        {href ? (
          <Link href={href} className="text-accent underline-offset-4 hover:underline">
            {children}
          </Link>
        ) : (
          children
        )}
      </dd>
    </div>
  )
}

function Small({ className, children }: { className?: string; children: ReactNode }) {
  return <span className={cn('ml-1.5 text-sm whitespace-nowrap text-text-muted', className)}>{children}</span>
}
