'use client'

import { ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** What came in above, without moving what is being read. Said aloud elsewhere, when it comes. */
export function NewPill({ count, onPress }: { count: number; onPress: () => void }) {
  const t = useTranslations('inbox.list')
  if (count === 0) return null
  return (
    <button
      type="button"
      onClick={onPress}
      className="floating absolute top-2 left-1/2 z-10 flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-full! px-3 text-sm font-medium text-accent animate-in duration-[140ms] fade-in-0 slide-in-from-top-2"
    >
      <ArrowUp className="size-3.5" aria-hidden />
      {t('new', { count })}
    </button>
  )
}
