'use client'

import { Plus, UserCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { Mapping } from '@/lib/contracts/mappings'
import { useConnectionList, useConnectors } from '../connections/use-connections'
import { itemsOf, PageList } from '../page-list'
import { PeopleTable } from '../people-table'
import { SettingsPage } from '../settings-page'
import { useDebounced } from '../use-debounced'
import { AddMappingDialog } from './add-mapping-dialog'
import { ImportedMembers, ImportMembers } from './import-members'
import { MapPersonDialog } from './map-person-dialog'
import { MappingFilters, useMappingFilter } from './mapping-filters'
import { MappingRow } from './mapping-row'
import { TransferMenu } from './transfer-menu'
import { UnmapDialog } from './unmap-dialog'
import { useImportMembers } from './use-import-members'
import { useMappingList } from './use-mappings'

type Asking = { what: 'map' | 'unmap'; mapping: Mapping } | { what: 'add' } | null

/** Who is who: persons of the connected systems, and the employee each of them is. */
export function MappingList() {
  const t = useTranslations('settings.mappings')
  const [filter, setFilter] = useMappingFilter()
  const q = useDebounced(filter.q)
  const list = useMappingList({ connection: filter.connection || undefined, q, unmapped: filter.unmapped })
  const connections = useConnectionList().data?.items.filter(({ state }) => state !== 'archived') ?? []
  const importing = useImportMembers()
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const filtered = Boolean(filter.q || filter.connection || filter.unmapped)

  return (
    <SettingsPage
      wide
      title={t('title')}
      text={t('text')}
      action={
        connections.length > 0 && (
          <div className="flex flex-wrap gap-2">
            <ImportMembers connections={connections} chosen={filter.connection} importing={importing} />
            <TransferMenu />
            <Button onClick={() => setAsking({ what: 'add' })}>
              <Plus aria-hidden />
              {t('add')}
            </Button>
          </div>
        )
      }
    >
      <ImportedMembers importing={importing} />
      {(filtered || Boolean(itemsOf(list.data)?.length)) && (
        <MappingFilters filter={filter} onChange={setFilter} connections={connections} />
      )}
      <PageList query={list} failed={t('loadFailed')} more={t('more')}>
        {(shown) =>
          shown.length > 0 ? (
            <Rows items={shown} stale={list.isPlaceholderData} onAsk={setAsking} />
          ) : (
            <Nothing
              filtered={filtered}
              connected={connections.length > 0}
              onClear={() => void setFilter(null)}
            />
          )
        }
      </PageList>
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
    <PeopleTable first={t('person')} others={[t('waiting'), t('user')]} actions={t('actions')} stale={stale}>
      {items.map((mapping) => (
        <MappingRow
          key={mapping.personId}
          mapping={mapping}
          cards={cards}
          onMap={() => onAsk({ what: 'map', mapping })}
          onUnmap={() => onAsk({ what: 'unmap', mapping })}
        />
      ))}
    </PeopleTable>
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
