'use client'

import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl'
import { exactTime, rowTime } from '@/lib/client/message-time'
import { cn } from '@/components/ui/class-names'

/**
 * The words for a time, by the server's calendar: `short` in as few as tell it (10:42 today, 昨天 09:15, 11月3日),
 * `exact` to the second; and the `now` they are told by, anew every minute.
 */
export function useTimeWords() {
  const t = useTranslations('common.time')
  const locale = useLocale()
  const timeZone = useTimeZone() ?? 'UTC'
  const now = useNow({ updateInterval: 60_000 })
  const context = { now, timeZone, locale, today: t('today'), yesterday: t('yesterday') }
  return {
    short: (iso: string) => rowTime(iso, context),
    exact: (iso: string) => exactTime(iso, context),
    now,
  }
}

/** A time in as few words as tell it; the exact one on hover. */
export function TimeText({ value, className }: { value: string; className?: string }) {
  const { short, exact } = useTimeWords()
  return (
    <time
      dateTime={value}
      title={exact(value)}
      className={cn('whitespace-nowrap tabular-nums', className)}
      suppressHydrationWarning
    >
      {short(value)}
    </time>
  )
}
