'use client'

import { Inbox } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { useConnectionList, useConnectors } from '../connections/use-connections'
import { itemsOf, PageList } from '../page-list'
import { SettingsPage } from '../settings-page'
import { useDebounced } from '../use-debounced'
import { useDeliveryFilter } from './delivery-filter'
import { DeliveryFilters } from './delivery-filters'
import { DeliveryRow } from './delivery-row'
import { useDeliveryList } from './use-deliveries'

/** What the connected systems pushed here, and what became of each push. */
export function DeliveryList() {
  const t = useTranslations('deliveries')
  const [filter, setFilter] = useDeliveryFilter()
  const list = useDeliveryList({
    verdict: filter.verdict ?? undefined,
    connection: filter.connection || undefined,
    q: useDebounced(filter.q.trim()) || undefined,
  })
  const cards = useConnectors().data
  const connections = usePushing()
  const filtered = Boolean(filter.q || filter.connection || filter.verdict)
  return (
    <SettingsPage wide title={t('title')} text={t('text')}>
      {(filtered || Boolean(itemsOf(list.data)?.length)) && (
        <DeliveryFilters filter={filter} onChange={setFilter} connections={connections} />
      )}
      <PageList query={list} failed={t('loadFailed')} more={t('more')}>
        {(items) =>
          items.length > 0 ? (
            <ul className={cn('border-t border-border', list.isPlaceholderData && 'opacity-60')}>
              {items.map((one) => (
                <DeliveryRow key={one.id} delivery={one} cards={cards} filter={filter} />
              ))}
            </ul>
          ) : (
            <Nothing filtered={filtered} onClear={() => void setFilter(null)} />
          )
        }
      </PageList>
    </SettingsPage>
  )
}

/** Only what pushes has deliveries. */
function usePushing() {
  const cards = useConnectors().data
  const connections = useConnectionList().data?.items ?? []
  return connections.filter(
    ({ connector }) => cards?.find((card) => card.connector === connector)?.pushes ?? true,
  )
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations('deliveries.empty')
  if (filtered) {
    return <EmptyState title={t('filtered')} action={<Button onClick={onClear}>{t('clear')}</Button>} />
  }
  return (
    <EmptyState
      icon={<Inbox />}
      title={t('title')}
      text={t('text')}
      action={
        <Button asChild>
          <Link href="/settings/connections">{t('toConnections')}</Link>
        </Button>
      }
    />
  )
}
