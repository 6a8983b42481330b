'use client'

import { Plug, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Disclosure } from '@/components/ui/disclosure'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { Connection } from '@/lib/contracts/connections'
import { LoadFailed, Stale } from '../load-failed'
import { SettingsPage } from '../settings-page'
import { ConnectionRow } from './connection-row'
import { useConnectionList, useConnectors } from './use-connections'

/** All connected systems and how they are. */
export function ConnectionList() {
  const t = useTranslations('settings.connections')
  const connections = useConnectionList()
  const items = connections.data?.items
  const add = (
    <Button asChild variant="primary">
      <Link href="/settings/connections/new">
        <Plus aria-hidden />
        {t('add')}
      </Link>
    </Button>
  )
  return (
    <SettingsPage title={t('title')} text={t('text')} action={items?.length ? add : undefined}>
      {items ? (
        items.length > 0 ? (
          <>
            <Stale query={connections} />
            <Lists items={items} />
          </>
        ) : (
          <EmptyState icon={<Plug />} title={t('empty.title')} text={t('empty.text')} action={add} />
        )
      ) : connections.error ? (
        <LoadFailed query={connections} title={t('loadFailed')} />
      ) : (
        <RowSkeletons />
      )}
    </SettingsPage>
  )
}

// What needs a look comes first.
const order: Record<Connection['state'], number> = { failing: 0, setup: 1, active: 2, archived: 3 }

function Lists({ items }: { items: Connection[] }) {
  const t = useTranslations('settings.connections')
  const cards = useConnectors().data
  const sorted = [...items].sort((a, b) => order[a.state] - order[b.state])
  const archived = sorted.filter(({ state }) => state === 'archived')
  const rows = (list: Connection[]) =>
    list.map((one) => <ConnectionRow key={one.id} connection={one} cards={cards} />)
  return (
    <>
      <ul className="border-t border-border">{rows(sorted.filter(({ state }) => state !== 'archived'))}</ul>
      {archived.length > 0 && (
        <Disclosure label={t('archivedGroup', { count: archived.length })} className="mt-6">
          <ul>{rows(archived)}</ul>
        </Disclosure>
      )}
    </>
  )
}

function RowSkeletons() {
  return (
    <ul className="border-t border-border" aria-busy>
      {[0, 1].map((row) => (
        <li key={row} className="flex items-center gap-3 border-b border-border py-3 last:border-b-0">
          <Skeleton className="size-8 rounded-md" />
          <span className="flex flex-1 flex-col gap-2 py-1">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-3.5 w-64 max-w-full" />
          </span>
        </li>
      ))}
    </ul>
  )
}
