'use client'

import { CircleCheck, Info, RefreshCw, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import type { ConnectorCard } from '@/lib/contracts/connections'
import type { Message } from '@/lib/contracts/messages'
import { useActs } from '../acts/acts-provider'

type Props = {
  message: Message
  /** Why it failed. */
  error: string | null
  card: ConnectorCard | undefined
  /** The system was told that it is read, at some time. */
  known: boolean
}

/** Whether the system knows that the message was read here, in the words of its card. */
export function SyncState({ message, error, card, known }: Props) {
  const t = useTranslations('inbox.detail')
  const { act } = useActs()
  const words = card?.sync
  if (!words) return null
  const { id, sync, readAt } = message
  if (readAt === null) {
    if (!known && sync !== 'synced') return null
    return (
      <p className="flex items-center gap-2 text-sm text-text-muted">
        <Info className="size-4 shrink-0 text-text-faint" aria-hidden />
        {words.unread}
      </p>
    )
  }
  if (sync === 'none') return null
  if (sync === 'failed') {
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-danger-soft px-3 py-2"
      >
        <TriangleAlert className="size-4 shrink-0 text-danger" aria-hidden />
        <p className="min-w-0 flex-1 break-words text-danger">
          {error ? `${words.failed}：${error}` : words.failed}
        </p>
        <Button size="sm" onClick={() => void act({ action: 'retry' }, [id])}>
          <RefreshCw aria-hidden />
          {t('retry')}
        </Button>
      </div>
    )
  }
  const done = sync === 'synced'
  const Icon = done ? CircleCheck : RefreshCw
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-text-muted">
      <Icon className={done ? 'size-4 text-success' : 'size-4 text-text-faint'} aria-hidden />
      {done ? words.synced : words.pending}
    </p>
  )
}
