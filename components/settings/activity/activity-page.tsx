'use client'

import { Activity } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { ConnectionHealth } from '@/lib/contracts/activity'
import { useConnectors } from '../connections/use-connections'
import { LoadFailed, Stale } from '../load-failed'
import { Section } from '../section'
import { SettingsPage } from '../settings-page'
import { AuditList } from './audit/audit-list'
import { HealthCard } from './health-card'
import { HealthSummary } from './health-summary'
import { troublesOf } from './troubles'
import { useHealth } from './use-health'

/** Whether everything flows, and who changed what. */
export function ActivityPage() {
  const t = useTranslations('activity')
  return (
    <SettingsPage wide title={t('title')} text={t('text')}>
      <Health />
      <Section title={t('audit.title')} text={t('audit.text')} className="mt-8">
        <AuditList />
      </Section>
    </SettingsPage>
  )
}

function Health() {
  const t = useTranslations('activity')
  const health = useHealth()
  if (!health.data) {
    return health.error ? (
      <LoadFailed query={health} title={t('loadFailed')} />
    ) : (
      <div className="flex flex-col gap-4" aria-busy>
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-52 rounded-lg" />
        <Skeleton className="h-52 rounded-lg" />
      </div>
    )
  }
  const { connections, openPages } = health.data
  if (connections.length === 0) {
    return (
      <EmptyState
        icon={<Activity />}
        title={t('empty.title')}
        text={t('empty.text')}
        action={
          <Button asChild>
            <Link href="/settings/connections/new">{t('empty.add')}</Link>
          </Button>
        }
      />
    )
  }
  return (
    <>
      <Stale query={health} />
      {!health.error && <HealthSummary connections={connections} />}
      <Cards connections={connections} />
      <p className="mt-3 text-sm text-text-muted">{t('refreshed', { count: openPages })}</p>
    </>
  )
}

function Cards({ connections }: { connections: ConnectionHealth[] }) {
  const cards = useConnectors().data
  // What needs a look comes first; else they keep their places.
  const sorted = [...connections].sort((a, b) => troublesOf(b).length - troublesOf(a).length)
  return (
    <ul className="flex flex-col gap-3">
      {sorted.map((one) => (
        <HealthCard key={one.id} health={one} cards={cards} />
      ))}
    </ul>
  )
}
