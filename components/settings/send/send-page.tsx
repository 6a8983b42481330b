'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import { isApiError } from '@/lib/client/call'
import type { SendOutcome } from '@/lib/contracts/sending'
import { BackLink } from '../back-link'
import { useConnection, useConnectors } from '../connections/use-connections'
import { LoadFailed } from '../load-failed'
import { SettingsPage } from '../settings-page'
import type { Receivers } from './choose-receivers'
import { SendForm } from './send-form'
import { SendResults } from './send-results'

/** Sending a message to employees in the system of one connection. */
export function SendPage({ id }: { id: string }) {
  const t = useTranslations('sending')
  const connections = useTranslations('settings.connections')
  const connection = useConnection(id)
  const cards = useConnectors()
  const { data } = connection
  const back = (
    <BackLink href={`/settings/connections/${encodeURIComponent(id)}`}>
      {data?.name ?? connections('title')}
    </BackLink>
  )
  const page = (content: React.ReactNode) => (
    <SettingsPage title={t('title')} text={data && t('text', { connection: data.name })} back={back}>
      {content}
    </SettingsPage>
  )
  if (isApiError(connection.error) && connection.error.code === 'not_found') {
    return page(<EmptyState title={t('gone')} />)
  }
  if (!data || !cards.data) {
    const failed = [connection, cards].find((query) => query.error)
    return page(
      failed ? (
        <LoadFailed query={failed} title={t('loadFailed')} />
      ) : (
        <Skeleton className="h-80 rounded-md" />
      ),
    )
  }
  const card = cards.data.find(({ connector }) => connector === data.connector)
  if (!card?.sends || data.state === 'archived') {
    return page(<EmptyState title={t('cannot.title')} text={t('cannot.text')} />)
  }
  return page(<Sending connectionId={id} />)
}

type Draft = { receivers: Receivers; text: string }
const EMPTY: Draft = { receivers: new Map(), text: '' }

function Sending({ connectionId }: { connectionId: string }) {
  const [draft, setDraft] = useState(EMPTY)
  const [done, setDone] = useState<(Draft & { result: SendOutcome[] }) | null>(null)
  if (!done) {
    return (
      <SendForm
        connectionId={connectionId}
        {...draft}
        onSent={(result, sent) => setDone({ ...sent, result })}
      />
    )
  }
  const next = (draft: Draft) => {
    setDraft(draft)
    setDone(null)
  }
  return (
    <SendResults
      result={done.result}
      names={done.receivers}
      onAgain={(usernames) => {
        const kept = [...done.receivers].filter(([username]) => usernames.includes(username))
        next({ receivers: new Map(kept), text: done.text })
      }}
      onAnother={() => next(EMPTY)}
    />
  )
}
