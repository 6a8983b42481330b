'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ErrorState } from '@/components/ui/error-state'
import { useErrorText } from '@/components/ui/error-text'
import { isApiError } from '@/lib/client/call'
import { findMessages } from '@/lib/client/messages/cache'
import { connectorsQuery, messageQuery } from '@/lib/client/queries'
import type { Wish } from '../acts/act-for'
import { Changes } from './changes'
import { DetailActions } from './detail-actions'
import { DetailHeading } from './detail-heading'
import { DetailSkeleton } from './detail-skeleton'
import { Fields } from './fields'
import { SyncState } from './sync-state'
import { Thread } from './thread'
import { Timeline } from './timeline'
import { useReadOnOpen } from './use-read-on-open'
import { WholeText } from './whole-text'

type Props = {
  id: string
  onWish: (wish: Wish) => void
  onOpen: (id: string) => void
  /** Left in the bar: the way back to the list. */
  leading?: ReactNode
}

/** One message whole. Everything in it is text as it came: nothing is drawn as markup. */
export function MessageDetail({ id, onWish, onOpen, leading }: Props) {
  const t = useTranslations('inbox.detail')
  const errorText = useErrorText()
  const client = useQueryClient()
  const { data: cards } = useQuery(connectorsQuery())
  const query = useQuery(messageQuery(id))
  const detail = query.data
  // What the list knows already stands at once; the rest follows.
  const message = detail ?? findMessages(client, [id])[0]
  const card = cards?.find(({ connector }) => connector === message?.connector)
  useReadOnOpen(detail)

  if (query.isError && !detail) {
    const gone = isApiError(query.error) && query.error.status === 404
    return (
      <div className="flex h-full flex-col">
        {leading && (
          <div className="mx-auto flex h-14 w-full max-w-190 items-center px-3 md:px-8">{leading}</div>
        )}
        <ErrorState
          className="my-auto"
          title={gone ? t('gone') : t('failed')}
          detail={gone ? t('goneText') : errorText(query.error)}
          onRetry={gone ? undefined : () => void query.refetch()}
          retrying={query.isFetching}
        />
      </div>
    )
  }
  if (!message) return <DetailSkeleton leading={leading} />
  return (
    <article aria-labelledby={`message-${id}`} className="flex h-full flex-col">
      <DetailActions message={message} card={card} onWish={onWish} leading={leading} />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className="mx-auto flex max-w-190 flex-col gap-6 px-5 pt-5 pb-12 md:px-8">
          <DetailHeading id={`message-${id}`} message={message} card={card} />
          <SyncState
            message={message}
            error={detail?.syncError ?? null}
            card={card}
            known={detail?.events.some(({ what }) => what === 'synced') ?? false}
          />
          {detail ? (
            <>
              <Fields fields={detail.fields} />
              <Changes changes={detail.changes} />
              <WholeText message={detail} />
              <Timeline events={detail.events} title={detail.title} />
              {message.threadCount > 1 && <Thread message={message} onOpen={onOpen} />}
            </>
          ) : (
            <DetailSkeleton body />
          )}
        </div>
      </div>
    </article>
  )
}
