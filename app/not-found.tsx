'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function NotFound() {
  const t = useTranslations('common')
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        wholePage
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={
          <Button asChild>
            <Link href="/">{t('action.toInbox')}</Link>
          </Button>
        }
      />
    </main>
  )
}
