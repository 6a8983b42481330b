'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import type { AuditEntry } from '@/lib/contracts/activity'
import { LoadFailed, Stale } from '../../load-failed'
import { TableSkeleton } from '../../table-skeleton'
import { TimeText } from '../../time-text'
import { useDebounced } from '../../use-debounced'
import { AuditFilters, useAuditFilter } from './audit-filters'
import { useAuditSentence } from './audit-sentence'
import { useAudit } from './use-audit'

/** Who changed what, newest first. */
export function AuditList() {
  const t = useTranslations('activity.audit')
  const [filter, setFilter] = useAuditFilter()
  const list = useAudit({
    actor: useDebounced(filter.who.trim()) || undefined,
    action: filter.kind ? `${filter.kind}.` : undefined,
  })
  const items = list.data?.pages.flatMap((page) => page.items)
  const filtered = Boolean(filter.who || filter.kind)
  return (
    <>
      {(filtered || (items && items.length > 0)) && <AuditFilters filter={filter} onChange={setFilter} />}
      {items ? (
        <>
          <Stale query={list} />
          {items.length > 0 ? (
            <ol className={cn(list.isPlaceholderData && 'opacity-60')}>
              {items.map((entry) => (
                <Entry key={entry.id} entry={entry} onActor={(who) => void setFilter({ who })} />
              ))}
            </ol>
          ) : (
            <EmptyState
              title={filtered ? t('noneFiltered') : t('none')}
              action={filtered && <Button onClick={() => void setFilter(null)}>{t('clear')}</Button>}
            />
          )}
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
      ) : list.error ? (
        <LoadFailed query={list} title={t('loadFailed')} />
      ) : (
        <TableSkeleton />
      )}
    </>
  )
}

function Entry({ entry, onActor }: { entry: AuditEntry; onActor: (username: string) => void }) {
  const t = useTranslations('activity.audit')
  const { text, more } = useAuditSentence()(entry)
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 border-b border-border py-2 last:border-b-0">
      <div className="min-w-0 flex-1 basis-72">
        <p className="break-words">
          <button
            type="button"
            onClick={() => onActor(entry.actor)}
            title={t('onlyThis')}
            className="rounded-sm font-medium underline-offset-4 hover:text-accent hover:underline"
          >
            {entry.actor === 'system' ? t('system') : entry.actor}
          </button>{' '}
          {text}
        </p>
        {more.map((line) => (
          <p key={line} className="text-sm wrap-anywhere text-text-muted">
            {line}
          </p>
        ))}
      </div>
      <TimeText value={entry.at} className="text-sm text-text-muted" />
    </li>
  )
}
