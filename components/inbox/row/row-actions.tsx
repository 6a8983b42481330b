'use client'

import { Check, CircleDot, Clock3, MailOpen, RotateCcw, Star } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cn } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/icon-button'
import type { Message } from '@/lib/contracts/messages'

/** What a row asks for; what it means for the message as it is now, the list decides. */
export type RowAct = 'done' | 'star' | 'snooze' | 'read'

type Props = {
  message: Message
  /** In sight now; else they come when the focus comes to one of them. */
  shown: boolean
  tabIndex: number
  onAct: (act: RowAct) => void
}

/** Always the same four, at the same place, over the time. */
export function RowActions({ message, shown, tabIndex, onAct }: Props) {
  const t = useTranslations('inbox.do')
  const { doneAt, starredAt, readAt } = message
  const button = { size: 'md', tabIndex, className: 'size-7' } as const
  return (
    <div
      className={cn(
        'absolute inset-y-0 right-0 flex items-center bg-(--row) pr-2 pl-1 transition-colors duration-[120ms]',
        'before:absolute before:inset-y-0 before:-left-6 before:w-6 before:bg-linear-to-l before:from-(--row) before:to-transparent',
        !shown &&
          'pointer-events-none opacity-0 group-focus-visible/row:pointer-events-auto group-focus-visible/row:opacity-100 focus-within:pointer-events-auto focus-within:opacity-100',
      )}
    >
      <IconButton
        {...button}
        label={t(doneAt ? 'undone' : 'done')}
        keys={['e']}
        onClick={() => onAct('done')}
      >
        {doneAt ? <RotateCcw aria-hidden /> : <Check aria-hidden />}
      </IconButton>
      <IconButton
        {...button}
        label={t(starredAt ? 'unstar' : 'star')}
        keys={['s']}
        onClick={() => onAct('star')}
      >
        <Star className={cn(starredAt && 'fill-warning text-warning')} aria-hidden />
      </IconButton>
      <IconButton {...button} label={t('snooze')} keys={['h']} onClick={() => onAct('snooze')}>
        <Clock3 aria-hidden />
      </IconButton>
      <IconButton
        {...button}
        label={t(readAt ? 'unread' : 'read')}
        keys={[readAt ? 'u' : 'r']}
        onClick={() => onAct('read')}
      >
        {readAt ? <CircleDot aria-hidden /> : <MailOpen aria-hidden />}
      </IconButton>
    </div>
  )
}
