'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { SessionUser } from '@/lib/contracts/auth'
import { BottomBar } from './bottom-bar'
import { LiveBar } from './live-bar'
import { LiveProvider } from './live-provider'
import { Rail } from './rail'
import { SessionProvider } from './session-provider'

type Props = { user: Omit<SessionUser, 'timeZone'>; children: ReactNode }

/**
 * The frame of the reader's pages: rail, what is read, and the bar below on phones. Only the inside scrolls. No
 * `Suspense` inside: what is within would be taken over later than the queries are answered, and not match the
 * server's page any more.
 */
export function AppShell({ user, children }: Props) {
  const t = useTranslations('shell')
  return (
    <SessionProvider user={user}>
      <LiveProvider>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed! focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3! focus:py-2!"
        >
          {t('skip')}
        </a>
        <div className="flex h-dvh flex-col">
          <LiveBar />
          <div className="flex min-h-0 flex-1">
            <Rail />
            <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
              {children}
            </main>
          </div>
          <BottomBar />
        </div>
      </LiveProvider>
    </SessionProvider>
  )
}
