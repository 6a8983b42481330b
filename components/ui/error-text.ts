'use client'

import { useTranslations } from 'next-intl'

/** What to tell the reader about an error: the server's own sentence, or ours where no server spoke. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('common.error')
  return (error) => {
    const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
    if (code === 'offline') return t('network')
    if (typeof code !== 'string' || code === 'unreadable' || typeof message !== 'string') return t('unknown')
    return message
  }
}
