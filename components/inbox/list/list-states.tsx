'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { VIEW_ICONS, type RailView } from '@/components/shell/views'
import { useSession } from '@/components/shell/session-provider'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import { ROW_HEIGHT } from './message-list'

const WIDTHS = ['w-52', 'w-64', 'w-44', 'w-56', 'w-60', 'w-48']

/** Rows to come, of their true height. */
export function ListSkeleton({ density }: { density: keyof typeof ROW_HEIGHT }) {
  const t = useTranslations('common.state')
  return (
    <div className="min-h-0 flex-1 overflow-hidden" role="status">
      <span className="sr-only">{t('loading')}</span>
      <div className="flex h-8.5 items-end border-b border-border px-4 pb-2">
        <Skeleton className="h-3 w-8" />
      </div>
      {Array.from({ length: 14 }, (_, index) => (
        <div
          key={index}
          style={{ height: ROW_HEIGHT[density] }}
          className="flex items-center gap-3 border-b border-border pr-4 pl-6"
        >
          <Skeleton className="size-5 self-start not-[.h-11]:mt-3" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className={`h-3.5 max-w-full ${WIDTHS[index % WIDTHS.length]}`} />
            <Skeleton className="h-3 w-36 max-w-full" />
          </div>
          <Skeleton className="mt-3 h-3 w-9 self-start" />
        </div>
      ))}
    </div>
  )
}

type EmptyProps = {
  view: string
  narrowed: boolean
  /** Nobody has said yet who the reader is in any system, so nothing can come in. */
  unmapped: boolean
  onWiden: () => void
}

/** Nothing here: why, and what next. */
export function ListEmpty({ view, narrowed, unmapped, onWiden }: EmptyProps) {
  const t = useTranslations('inbox.empty')
  const { role } = useSession()
  const Icon = VIEW_ICONS[(view === 'inbox' ? 'all' : view) as RailView]
  if (narrowed) {
    return (
      <EmptyState
        className="my-auto"
        icon={<Icon />}
        title={t('narrowed.title')}
        text={t('narrowed.text')}
        action={<Button onClick={onWiden}>{t('narrowed.widen')}</Button>}
      />
    )
  }
  if (unmapped) {
    return (
      <EmptyState
        className="my-auto"
        icon={<Icon />}
        title={t('unmapped.title')}
        text={t(role === 'admin' ? 'unmapped.textAdmin' : 'unmapped.text')}
        action={
          role === 'admin' && (
            <Button asChild>
              <Link href="/settings/mappings">{t('unmapped.map')}</Link>
            </Button>
          )
        }
      />
    )
  }
  const known = view as RailView | 'inbox'
  return (
    <EmptyState className="my-auto" icon={<Icon />} title={t(`${known}.title`)} text={t(`${known}.text`)} />
  )
}
