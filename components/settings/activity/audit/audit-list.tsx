'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import type { AuditEntry } from '@/lib/contracts/activity'
import { itemsOf, PageList } from '../../page-list'
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
  const filtered = Boolean(filter.who || filter.kind)
  return (
    <>
      {(filtered || Boolean(itemsOf(list.data)?.length)) && (
        <AuditFilters filter={filter} onChange={setFilter} />
      )}
      <PageList query={list} failed={t('loadFailed')} more={t('more')}>
        {(items) =>
          items.length > 0 ? (
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
          )
        }
      </PageList>
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
