'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useConnectionName } from '@/components/shell/connections'
import type { ConnectorCard } from '@/lib/contracts/connections'
import type { Message } from '@/lib/contracts/messages'
import type { InboxAddress } from './address/inbox-address'

const MOST_CHOICES = 100

/** What the list is called, and the forms and senders in it, to narrow it by. */
export function useListWords(address: InboxAddress, messages: Message[], cards: ConnectorCard[]) {
  const t = useTranslations('shell.view')
  const search = useTranslations('inbox.search')
  const connection = useConnectionName(address.connection)
  const source = cards.find(({ connector }) => connector === address.connector)?.name
  // A source is opened with everything that is still to be looked at; then the source is what the list is.
  const view = address.view === 'inbox' ? (connection ?? source ?? t('inbox')) : t(address.view)
  const title = address.q ? search('results') : view
  const known = useMemo(
    () => ({
      forms: distinct(messages.map(({ subtitle }) => subtitle)),
      senders: distinct(messages.map(({ sender }) => sender)),
    }),
    [messages],
  )
  return { title, known }
}

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values)].flatMap((value) => (value ? [value] : [])).slice(0, MOST_CHOICES)
}
