'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleUserRound } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'
import { countsQuery } from '@/lib/client/queries'
import { ShallowLink } from './shallow-link'
import { usePlace } from './use-place'
import { countOf, VIEW_ICONS, viewHref } from './views'

const VIEWS = ['todo', 'unread', 'all'] as const

/** Under everything on phones: 待办 · 未读 · 全部 · 我. A message has its own bar there. */
export function BottomBar() {
  const t = useTranslations('shell')
  const pathname = usePathname()
  const place = usePlace()
  const { data: counts } = useQuery(countsQuery())
  if (pathname.startsWith('/messages/')) return null
  return (
    <nav
      aria-label={t('nav')}
      className="flex shrink-0 border-t border-border bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {VIEWS.map((view) => {
        const Icon = VIEW_ICONS[view]
        const count = countOf(view, counts)
        return (
          <Entry key={view} href={viewHref(view)} label={t(`view.${view}`)} current={place?.view === view}>
            <span className="relative">
              <Icon className="size-5" aria-hidden />
              {count !== null && count > 0 && (
                <span className="absolute -top-1 left-full ml-0.5 text-xs leading-4 tabular-nums">
                  {count > 99 ? '99+' : count}
                </span>
              )}
            </span>
          </Entry>
        )
      })}
      <Entry href="/preferences" label={t('me')} current={pathname === '/preferences'}>
        <CircleUserRound className="size-5" aria-hidden />
      </Entry>
    </nav>
  )
}

type EntryProps = { href: string; label: string; current: boolean; children: ReactNode }

function Entry({ href, label, current, children }: EntryProps) {
  return (
    <ShallowLink
      href={href}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-text-muted focus-visible:outline-offset-[-2px]',
        current && 'font-medium text-accent',
      )}
    >
      {children}
      {label}
    </ShallowLink>
  )
}
