'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { BrandMark } from '@/components/ui/brand-mark'
import { countsQuery } from '@/lib/client/queries'
import { RailLink } from './rail-link'
import { RailSources } from './rail-sources'
import { ShallowLink } from './shallow-link'
import { usePlace } from './use-place'
import { UserMenu } from './user-menu'
import { countOf, RAIL_VIEWS, VIEW_ICONS, viewHref } from './views'

/** Left of everything: views, sources, the reader. Folds to icons below 1200 px, is not there below 768. */
export function Rail() {
  const t = useTranslations('shell')
  const product = useTranslations('common')('product')
  const place = usePlace()
  const { data: counts } = useQuery(countsQuery())
  return (
    <nav
      aria-label={t('nav')}
      className="hidden w-14 shrink-0 flex-col border-r border-border bg-background md:flex min-[1200px]:w-56"
    >
      <ShallowLink
        href="/"
        className="m-2 flex h-10 items-center justify-center gap-2 rounded-md text-lg font-semibold min-[1200px]:justify-start min-[1200px]:px-2"
      >
        <BrandMark className="size-6" />
        <span className="sr-only min-[1200px]:not-sr-only">{product}</span>
      </ShallowLink>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        <ul className="flex flex-col gap-0.5">
          {RAIL_VIEWS.map((view) => {
            const Icon = VIEW_ICONS[view]
            return (
              <li key={view}>
                <RailLink
                  href={viewHref(view)}
                  icon={<Icon aria-hidden />}
                  label={t(`view.${view}`)}
                  current={place?.view === view}
                  count={countOf(view, counts)}
                />
              </li>
            )
          })}
        </ul>
        <RailSources />
      </div>
      <div className="border-t border-border p-2">
        <UserMenu />
      </div>
    </nav>
  )
}
