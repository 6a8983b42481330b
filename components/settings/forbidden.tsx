'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** For those who are signed in but are no administrators. */
export function Forbidden() {
  const t = useTranslations('common')
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        wholePage
        title={t('forbidden.title')}
        text={t('forbidden.text')}
        action={
          <Button asChild>
            <Link href="/">{t('action.toInbox')}</Link>
          </Button>
        }
      />
    </main>
  )
}
