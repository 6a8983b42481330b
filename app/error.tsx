'use client'

import { useTranslations } from 'next-intl'
import { ErrorState } from '@/components/ui/error-state'

type Props = { error: Error & { digest?: string }; reset: () => void }

export default function PageError({ error, reset }: Props) {
  const t = useTranslations('common')
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState
        title={t('crash.title')}
        doing={t('crash.text')}
        detail={error.digest && t('crash.digest', { digest: error.digest })}
        onRetry={reset}
        retryLabel={t('action.reload')}
      />
    </main>
  )
}
