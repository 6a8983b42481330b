'use client'

import { Activity, ArrowLeft, ArrowLeftRight, FileInput, Plug, Users } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef, type ReactNode } from 'react'
import { cn } from '@/components/ui/class-names'

const PLACES = [
  { name: 'connections', label: 'settings.nav.connections', icon: Plug },
  { name: 'mappings', label: 'settings.nav.mappings', icon: ArrowLeftRight },
  { name: 'people', label: 'settings.nav.people', icon: Users },
  { name: 'deliveries', label: 'deliveries.title', icon: FileInput },
  { name: 'activity', label: 'activity.title', icon: Activity },
] as const

/** What stands around every settings page: the sections, and the way back to the messages. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const t = useTranslations()
  return (
    <div className="flex min-h-dvh flex-col md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
      <nav
        aria-label={t('settings.title')}
        className="border-b border-border md:sticky md:top-0 md:h-dvh md:border-r md:border-b-0 md:p-3"
      >
        <Link
          href="/"
          className="touch-target flex h-11 items-center gap-2 px-4 text-text-muted transition-colors hover:text-text md:h-8 md:rounded-md md:px-2 md:hover:bg-hover"
        >
          <ArrowLeft className="size-4" aria-hidden />
          {t('common.action.toInbox')}
        </Link>
        <p className="hidden px-2 pt-5 pb-2 text-sm text-text-faint md:block">{t('settings.title')}</p>
        <div className="flex gap-1 overflow-x-auto px-2 md:flex-col md:gap-0.5 md:px-0">
          {PLACES.map(({ name, label, icon: Icon }) => (
            <Place key={name} href={`/settings/${name}`} icon={<Icon aria-hidden />}>
              {t(label)}
            </Place>
          ))}
        </div>
      </nav>
      <main className="min-w-0 flex-1 bg-surface px-4 pt-6 pb-20 sm:px-8 md:pt-10">{children}</main>
    </div>
  )
}

function Place({ href, icon, children }: { href: string; icon: ReactNode; children: ReactNode }) {
  const here = usePathname().startsWith(href)
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    // On phones the row is wider than the screen.
    if (here) link.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [here])
  return (
    <Link
      ref={link}
      href={href}
      aria-current={here ? 'page' : undefined}
      className={cn(
        'flex h-11 shrink-0 items-center gap-2 border-b-2 border-transparent px-2 text-text-muted transition-colors hover:text-text [&_svg]:size-4',
        'md:h-8 md:rounded-md md:border-b-0 md:hover:bg-hover pointer-coarse:md:h-11',
        here && 'border-accent font-medium text-text md:bg-selected md:hover:bg-selected',
      )}
    >
      {icon}
      {children}
    </Link>
  )
}
