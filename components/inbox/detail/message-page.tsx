'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { findMessages } from '@/lib/client/messages/cache'
import { actFor, type Wish } from '../acts/act-for'
import { useActs } from '../acts/acts-provider'
import { SnoozeDialog } from '../acts/snooze-dialog'
import { openOriginal } from '../keys/use-inbox-keys'
import { useKeyboard } from '../keys/use-keyboard'
import type { Command } from '../keys/keyboard-map'
import { SearchMarks } from '../search/marked'
import { cameFromList } from './came-from-list'
import { MessageDetail } from './message-detail'

/** A message at its own address: what phones open, and what links point to. */
export function MessagePage({ id }: { id: string }) {
  const t = useTranslations('inbox.detail')
  const router = useRouter()
  const client = useQueryClient()
  const q = useSearchParams().get('q')
  const { act, undo } = useActs()
  const [snoozing, setSnoozing] = useState<string[] | null>(null)

  const back = () => (cameFromList() ? router.back() : router.push('/'))
  const wish = (what: Wish) => {
    const meant = actFor(what, findMessages(client, [id]), new Date())
    if (meant === 'choose') return setSnoozing([id])
    void act(meant, [id])
    // Done with it: back to what is left.
    if (meant.action === 'done') back()
  }
  useKeyboard((command: Command) => {
    if (command === 'close') back()
    else if (command === 'openOriginal') openOriginal(id)
    else if (command === 'undo') void undo()
    else if (['done', 'star', 'snooze', 'read', 'unread'].includes(command as string)) wish(command as Wish)
    else return false
    return true
  })
  return (
    <div className="h-full bg-surface">
      <SearchMarks q={q}>
        <MessageDetail
          id={id}
          onWish={wish}
          onOpen={(other) => router.push(`/messages/${other}`)}
          leading={
            <IconButton label={t('back')} onClick={back} className="-ml-1.5">
              <ArrowLeft aria-hidden />
            </IconButton>
          }
        />
      </SearchMarks>
      <SnoozeDialog
        ids={snoozing}
        onClose={() => setSnoozing(null)}
        onSnooze={(ids, until) => {
          setSnoozing(null)
          void act({ action: 'snooze', until }, ids)
          back()
        }}
      />
    </div>
  )
}
