'use client'

import { Check, CircleDot, Clock3, Ellipsis, ExternalLink, MailOpen, RotateCcw, Star } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useLive } from '@/components/shell/live-provider'
import { useTimes } from '@/components/shell/session-provider'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import type { ConnectorCard } from '@/lib/contracts/connections'
import { openMessage, type Message } from '@/lib/contracts/messages'
import { addressOf } from '@/lib/client/call'
import { isAsleep, type Wish } from '../acts/act-for'

/** Opening happens in another tab; by then the server has marked it read. Milliseconds. */
const AFTER_OPENING = 1_500

type Props = {
  message: Message
  card: ConnectorCard | undefined
  onWish: (wish: Wish) => void
  leading?: ReactNode
}

/** The bar over a message: open the original, which is what the page is for; done; and the rest. */
export function DetailActions({ message, card, onWish, leading }: Props) {
  const t = useTranslations('inbox')
  const { sync } = useLive()
  const { now } = useTimes()
  const { id, hasLink, doneAt, starredAt, readAt } = message
  const asleep = isAsleep(message, now)
  return (
    <div className="shrink-0 border-b border-border bg-surface">
      <div className="mx-auto flex h-14 max-w-190 items-center gap-2 px-3 md:px-8">
        {leading}
        {hasLink ? (
          <Button asChild variant="primary">
            <a
              href={addressOf(openMessage.path, { id })}
              target="_blank"
              rel="noopener"
              onClick={() => setTimeout(() => sync.refresh([id]), AFTER_OPENING)}
            >
              {card?.open ?? t('detail.open')}
              <ExternalLink aria-hidden />
            </a>
          </Button>
        ) : (
          <p className="text-sm text-text-muted">{t('detail.noLink')}</p>
        )}
        <Button onClick={() => onWish('done')}>
          {doneAt ? <RotateCcw aria-hidden /> : <Check aria-hidden />}
          {t(doneAt ? 'do.undone' : 'do.done')}
          <Kbd className="-mr-1 max-md:hidden">e</Kbd>
        </Button>
        <span className="flex-1" />
        <IconButton
          label={t(starredAt ? 'do.unstar' : 'do.star')}
          keys={['s']}
          onClick={() => onWish('star')}
          className="max-md:hidden"
        >
          <Star className={cn(starredAt && 'fill-warning text-warning')} aria-hidden />
        </IconButton>
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <IconButton label={t('detail.more')} tip={false}>
              <Ellipsis aria-hidden />
            </IconButton>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="end" className="w-52">
            <DropdownMenuItem onSelect={() => onWish('toggleRead')} keys={[readAt ? 'u' : 'r']}>
              {readAt ? <CircleDot aria-hidden /> : <MailOpen aria-hidden />}
              {t(readAt ? 'do.unread' : 'do.read')}
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => onWish('star')} keys={['s']}>
              <Star aria-hidden />
              {t(starredAt ? 'do.unstar' : 'do.star')}
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => onWish('snooze')} keys={['h']}>
              <Clock3 aria-hidden />
              {t(asleep ? 'do.unsnooze' : 'do.snooze')}
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      </div>
    </div>
  )
}
