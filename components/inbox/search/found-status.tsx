'use client'

import { useTranslations } from 'next-intl'
import type { Inbox } from '../use-inbox'

/** Says how much was found, to those who do not see it. */
export function FoundStatus({ inbox }: { inbox: Inbox }) {
  const t = useTranslations('inbox.search')
  const { address, list, messages } = inbox
  const { isSuccess, isPlaceholderData, hasNextPage } = list.query
  const count = messages.length
  const found = count > 0 ? t('found', { count, more: String(hasNextPage) }) : t('none.title')
  return (
    <p role="status" className="sr-only">
      {address.q && isSuccess && !isPlaceholderData ? found : ''}
    </p>
  )
}
