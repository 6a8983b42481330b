'use client'

import { useTranslations } from 'next-intl'
import { useTimes } from '@/components/shell/session-provider'
import { cn } from '@/components/ui/class-names'
import type { MessageDetail } from '@/lib/contracts/messages'
import { exactTime, fullTime } from '@/lib/client/message-time'

const LOUD = {
  urged: 'bg-danger',
  overdue: 'bg-warning',
  syncFailed: 'bg-danger',
  synced: 'bg-success',
  forwardRefused: 'bg-danger',
  forwardUnclear: 'bg-warning',
}

type Props = { events: MessageDetail['events']; title: string }

/** What became of the message, in the order in which it happened. */
export function Timeline({ events, title }: Props) {
  const t = useTranslations('inbox.detail')
  const times = useTimes()
  if (events.length === 0) return null
  return (
    <section aria-label={t('timeline')}>
      <h3 className="mb-2 text-sm text-text-faint">{t('timeline')}</h3>
      <ol className="flex flex-col">
        {events.map(({ at, what, title: said, connection = '', detail }, index) => (
          <li key={index} className="group flex gap-3 text-base">
            <span aria-hidden className="relative flex w-2 shrink-0 justify-center">
              <span className="absolute inset-y-0 w-px bg-border group-first:top-2 group-last:bottom-auto group-last:h-2" />
              <span
                className={cn(
                  'relative mt-[7px] size-2 rounded-full ring-3 ring-surface',
                  LOUD[what as keyof typeof LOUD] ?? 'bg-control',
                )}
              />
            </span>
            <p className="min-w-0 flex-1 pb-2.5 break-words">
              {t(`event.${what}`, { connection })}
              {said && said !== title && <span className="text-text-muted"> {said}</span>}
              {detail && <span className="block text-sm text-text-muted">{detail}</span>}
            </p>
            <time
              dateTime={at}
              title={exactTime(at, times)}
              className="shrink-0 text-sm text-text-muted tabular-nums"
            >
              {fullTime(at, times)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}
