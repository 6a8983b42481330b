'use client'

import { WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useLive } from './live-provider'

/** A thin bar while nothing tells what happens: what is shown may be old. */
export function LiveBar() {
  const { state } = useLive()
  const t = useTranslations('shell.live')
  return (
    <div role="status">
      {state === 'lost' && (
        <p className="flex items-center justify-center gap-2 bg-warning-soft px-4 py-1 text-sm text-warning">
          <WifiOff className="size-3.5 shrink-0" aria-hidden />
          {t('lost')}
        </p>
      )}
    </div>
  )
}
