'use client'

import { useTranslations } from 'next-intl'

/** Seconds in the words people use: 40 秒, 12 分钟, 3 小时, 2 天. */
export function useDuration(): (seconds: number) => string {
  const t = useTranslations('activity.duration')
  return (seconds) => {
    if (seconds < 120) return t('seconds', { count: Math.round(seconds) })
    if (seconds < 2 * 3600) return t('minutes', { count: Math.round(seconds / 60) })
    if (seconds < 2 * 86_400) return t('hours', { count: Math.round(seconds / 3600) })
    return t('days', { count: Math.round(seconds / 86_400) })
  }
}
