'use client'

import { CheckCheck, ChevronDown, Ellipsis, Keyboard, Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/icon-button'
import { RAIL_VIEWS, VIEW_ICONS, viewHref } from '@/components/shell/views'

type Props = {
  title: string
  count: number | null
  /** Whether anything in the list could be unread. */
  canReadAll: boolean
  onReadAll: () => void
  onKeys: () => void
  search: ReactNode
  /** On phones an icon stands for the search field until it is opened; then it takes the title's place. */
  searchOpen: boolean
  onSearch: () => void
  onSearchEnd: () => void
  /** The chips under the title. */
  children: ReactNode
}

/** What the list is, how much of it there is, and what is done with all of it. */
export function ListHeader(props: Props) {
  const { title, count, canReadAll, onReadAll, onKeys, children } = props
  const { search, searchOpen, onSearch, onSearchEnd } = props
  const t = useTranslations('inbox')
  return (
    <header className="flex shrink-0 flex-col gap-2 border-b border-border bg-surface px-4 pt-2.5 pb-2.5">
      <div className="group/bar flex h-8 items-center gap-1 pointer-coarse:h-10">
        <h1
          className={cn(
            'flex min-w-0 flex-1 items-baseline gap-2 text-lg font-semibold',
            searchOpen && 'max-md:sr-only',
          )}
        >
          <span className="truncate max-md:hidden">{title}</span>
          <ViewSwitch title={title} />
          {count !== null && (
            <span className="text-base font-normal text-text-muted tabular-nums">{count}</span>
          )}
        </h1>
        <IconButton
          label={t('search.label')}
          onClick={onSearch}
          className={cn('md:hidden', searchOpen && 'hidden')}
        >
          <Search aria-hidden />
        </IconButton>
        {search}
        <IconButton
          label={t('list.readAll')}
          onClick={onReadAll}
          disabled={!canReadAll}
          // Where the list is narrowest, the field needs the room; the menu has the same.
          className="min-[960px]:max-[1199.98px]:group-has-[[role=search]:focus-within]/bar:hidden min-[960px]:max-[1199.98px]:group-has-[input:not(:placeholder-shown)]/bar:hidden"
        >
          <CheckCheck aria-hidden />
        </IconButton>
        {searchOpen && (
          <Button variant="ghost" size="sm" onClick={onSearchEnd} className="-mr-1.5 md:hidden">
            {t('search.end')}
          </Button>
        )}
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <IconButton label={t('list.more')} tip={false} className="-mr-1.5 max-md:hidden">
              <Ellipsis aria-hidden />
            </IconButton>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="end">
            <DropdownMenuItem onSelect={onReadAll} disabled={!canReadAll}>
              <CheckCheck aria-hidden />
              {t('list.readAll')}
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={onKeys} keys={['?']}>
              <Keyboard aria-hidden />
              {t('keys.title')}
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      </div>
      {children}
    </header>
  )
}

/** On phones, where there is no rail: the title is the way to the other views. */
function ViewSwitch({ title }: { title: string }) {
  const t = useTranslations('shell')
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t('switchView', { view: title })}
        className="flex min-w-0 touch-target items-center gap-1 rounded-md md:hidden"
      >
        <span className="truncate">{title}</span>
        <ChevronDown className="size-4 shrink-0 text-text-faint" aria-hidden />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        {RAIL_VIEWS.map((view) => {
          const Icon = VIEW_ICONS[view]
          return (
            <DropdownMenuItem key={view} onSelect={() => window.history.pushState(null, '', viewHref(view))}>
              <Icon aria-hidden />
              {t(`view.${view}`)}
            </DropdownMenuItem>
          )
        })}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
