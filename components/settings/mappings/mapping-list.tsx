'use client'

import { Plus, UserCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TableHead } from '@/components/ui/table'
import type { Mapping } from '@/lib/contracts/mappings'
import { useConnectionList, useConnectors } from '../connections/use-connections'
import { LoadFailed } from '../load-failed'
import { SettingsPage } from '../settings-page'
import { TableSkeleton } from '../table-skeleton'
import { useDebounced } from '../use-debounced'
import { AddMappingDialog } from './add-mapping-dialog'
import { MapPersonDialog } from './map-person-dialog'
import { MappingFilters, useMappingFilter } from './mapping-filters'
import { MappingRow } from './mapping-row'
import { TransferMenu } from './transfer-menu'
import { UnmapDialog } from './unmap-dialog'
import { useMappingList } from './use-mappings'

type Asking = { what: 'map' | 'unmap'; mapping: Mapping } | { what: 'add' } | null

/** Who is who: persons of the connected systems, and the employee each of them is. */
export function MappingList() {
  const t = useTranslations('settings.mappings')
  const [filter, setFilter] = useMappingFilter()
  const q = useDebounced(filter.q)
  const list = useMappingList({ connection: filter.connection || undefined, q, unmapped: filter.unmapped })
  const connections = useConnectionList().data?.items.filter(({ state }) => state !== 'archived') ?? []
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const items = list.data?.pages.flatMap((page) => page.items)
  const filtered = Boolean(filter.q || filter.connection || filter.unmapped)

  return (
    <SettingsPage
      wide
      title={t('title')}
      text={t('text')}
      action={
        connections.length > 0 && (
          <div className="flex flex-wrap gap-2">
            <TransferMenu />
            <Button onClick={() => setAsking({ what: 'add' })}>
              <Plus aria-hidden />
              {t('add')}
            </Button>
          </div>
        )
      }
    >
      {(filtered || (items && items.length > 0)) && (
        <MappingFilters filter={filter} onChange={setFilter} connections={connections} />
      )}
      {items ? (
        items.length > 0 ? (
          <>
            <Rows items={items} stale={list.isPlaceholderData} onAsk={setAsking} />
            {list.hasNextPage && (
              <Button
                className="mt-4 w-full"
                onClick={() => void list.fetchNextPage()}
                loading={list.isFetchingNextPage}
              >
                {t('more')}
              </Button>
            )}
          </>
        ) : (
          <Nothing
            filtered={filtered}
            connected={connections.length > 0}
            onClear={() => void setFilter(null)}
          />
        )
      ) : list.error ? (
        <LoadFailed query={list} title={t('loadFailed')} />
      ) : (
        <TableSkeleton />
      )}
      <MapPersonDialog mapping={asking?.what === 'map' ? asking.mapping : null} onClose={close} />
      <UnmapDialog mapping={asking?.what === 'unmap' ? asking.mapping : null} onClose={close} />
      <AddMappingDialog open={asking?.what === 'add'} connections={connections} onClose={close} />
    </SettingsPage>
  )
}

function Rows({
  items,
  stale,
  onAsk,
}: {
  items: Mapping[]
  stale: boolean
  onAsk: (asking: Asking) => void
}) {
  const t = useTranslations('settings.mappings')
  const cards = useConnectors().data
  return (
    <Table className={cn('transition-opacity', stale && 'opacity-60')}>
      <thead>
        <tr>
          <TableHead>{t('person')}</TableHead>
          <TableHead className="hidden sm:table-cell">{t('waiting')}</TableHead>
          <TableHead className="hidden sm:table-cell">{t('user')}</TableHead>
          <TableHead>
            <span className="sr-only">{t('actions')}</span>
          </TableHead>
        </tr>
      </thead>
      <tbody>
        {items.map((mapping) => (
          <MappingRow
            key={mapping.personId}
            mapping={mapping}
            cards={cards}
            onMap={() => onAsk({ what: 'map', mapping })}
            onUnmap={() => onAsk({ what: 'unmap', mapping })}
          />
        ))}
      </tbody>
    </Table>
  )
}

function Nothing({
  filtered,
  connected,
  onClear,
}: {
  filtered: boolean
  connected: boolean
  onClear: () => void
}) {
  const t = useTranslations('settings.mappings.empty')
  if (filtered) {
    return <EmptyState title={t('filtered')} action={<Button onClick={onClear}>{t('clear')}</Button>} />
  }
  return (
    <EmptyState
      icon={<UserCheck />}
      title={t('title')}
      text={connected ? t('text') : t('textUnconnected')}
      action={
        connected ? undefined : (
          <Button asChild>
            <Link href="/settings/connections">{t('toConnections')}</Link>
          </Button>
        )
      }
    />
  )
}
