'use client'

import { Check, CircleDot, Clock3, MailOpen, RotateCcw, Star, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Checkbox } from '@/components/ui/checkbox'
import { IconButton } from '@/components/ui/icon-button'
import type { Command } from '../keys/keyboard-map'

type Props = {
  count: number
  total: number
  /** In the view of what is done, done means back. */
  inDone: boolean
  onAll: () => void
  onNone: () => void
  onCommand: (command: Command) => void
}

/** What can be done with the picked messages, in the place of the chips. */
export function BulkBar({ count, total, inDone, onAll, onNone, onCommand }: Props) {
  const t = useTranslations('inbox')
  const all = count === total
  return (
    <div role="toolbar" aria-label={t('bulk.label')} className="-mx-1 flex h-8 items-center gap-0.5">
      <Checkbox
        checked={all ? true : 'indeterminate'}
        onCheckedChange={all ? onNone : onAll}
        aria-label={t(all ? 'bulk.none' : 'bulk.all', { count: total })}
        className="ml-1"
      />
      <p className="ml-2.5 min-w-0 flex-1 truncate font-medium" aria-live="polite">
        {t('bulk.picked', { count })}
      </p>
      <IconButton label={t(inDone ? 'do.undone' : 'do.done')} keys={['e']} onClick={() => onCommand('done')}>
        {inDone ? <RotateCcw aria-hidden /> : <Check aria-hidden />}
      </IconButton>
      <IconButton label={t('do.star')} keys={['s']} onClick={() => onCommand('star')}>
        <Star aria-hidden />
      </IconButton>
      <IconButton label={t('do.snooze')} keys={['h']} onClick={() => onCommand('snooze')}>
        <Clock3 aria-hidden />
      </IconButton>
      <IconButton label={t('do.read')} keys={['r']} onClick={() => onCommand('read')}>
        <MailOpen aria-hidden />
      </IconButton>
      <IconButton label={t('do.unread')} keys={['u']} onClick={() => onCommand('unread')}>
        <CircleDot aria-hidden />
      </IconButton>
      <span aria-hidden className="mx-1 h-4 w-px bg-border" />
      <IconButton label={t('bulk.clear')} keys={['Esc']} onClick={onNone}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
