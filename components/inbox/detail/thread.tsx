'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useTimes } from '@/components/shell/session-provider'
import { isPlainClick } from '@/components/shell/shallow-link'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/class-names'
import type { Message } from '@/lib/contracts/messages'
import { itemsOf } from '@/lib/client/messages/list'
import { fullTime } from '@/lib/client/message-time'
import { messagesQuery } from '@/lib/client/queries'
import { rowText } from '../row/row-text'

/** The other messages about the same thing. */
export function Thread({ message, onOpen }: { message: Message; onOpen: (id: string) => void }) {
  const t = useTranslations('inbox.detail')
  const times = useTimes()
  const { data } = useInfiniteQuery(messagesQuery({ view: 'all', thread: message.threadId }))
  const others = itemsOf(data).filter(({ id }) => id !== message.id)
  if (others.length === 0) return null
  return (
    <section aria-label={t('thread')}>
      <h3 className="mb-1 text-sm text-text-faint">{t('thread')}</h3>
      <ul className="border-t border-border">
        {others.map((other) => {
          const { first, second } = rowText(other)
          return (
            <li key={other.id}>
              <Link
                href={`/messages/${other.id}`}
                prefetch={false}
                onClick={(event) => {
                  if (!isPlainClick(event)) return
                  event.preventDefault()
                  onOpen(other.id)
                }}
                className="flex items-baseline gap-3 border-b border-border py-2 transition-colors duration-[120ms] hover:bg-hover"
              >
                <span className={cn('min-w-0 flex-1 truncate', other.readAt === null && 'font-semibold')}>
                  {other.plainTitle ? second : first}
                </span>
                {other.doneAt && <Badge>{t('done')}</Badge>}
                <time dateTime={other.sentAt} className="shrink-0 text-sm text-text-muted tabular-nums">
                  {fullTime(other.sentAt, times)}
                </time>
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
