'use client'

import { ArrowLeft, MousePointerClick, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { ONE_PANE, useMedia } from '@/components/shell/use-media'
import { cn } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { IconButton } from '@/components/ui/icon-button'
import type { Inbox } from '../use-inbox'
import { MessageDetail } from './message-detail'

/** The opened message beside the list; over it where there is no room for both. */
export function BesidePane({ inbox }: { inbox: Inbox }) {
  const t = useTranslations('inbox.detail')
  const { opened, cursor } = inbox
  const over = useMedia(ONE_PANE)
  const pane = useRef<HTMLElement>(null)
  const covers = over && opened !== null

  // What covers the list takes the focus; beside it the focus stays with the rows.
  useEffect(() => {
    if (covers) pane.current?.focus({ preventScroll: true })
  }, [covers, opened])

  const close = () => {
    if (!opened) return
    inbox.openBeside(null)
    cursor.place(opened, true)
  }
  return (
    <section
      ref={pane}
      tabIndex={-1}
      aria-label={t('label')}
      className={cn(
        'min-w-0 flex-1 bg-surface outline-none',
        'max-[959.98px]:absolute max-[959.98px]:inset-0 max-[959.98px]:z-20',
        opened
          ? 'max-[959.98px]:animate-in max-[959.98px]:duration-150 max-[959.98px]:fade-in-0 max-[959.98px]:slide-in-from-right-8'
          : 'max-[959.98px]:hidden',
      )}
    >
      {opened ? (
        <MessageDetail
          key={opened}
          id={opened}
          onWish={(wish) => inbox.wish(wish, [opened])}
          onOpen={inbox.open}
          leading={
            <IconButton
              label={t('close')}
              keys={['Esc']}
              onClick={close}
              className="-ml-1.5 min-[960px]:-ml-4"
            >
              {over ? <ArrowLeft aria-hidden /> : <X aria-hidden />}
            </IconButton>
          }
        />
      ) : (
        // Where there is nothing to choose, the list says why.
        inbox.messages.length > 0 && (
          <div className="flex h-full">
            <EmptyState
              className="m-auto"
              icon={<MousePointerClick />}
              title={t('none')}
              text={t('noneText')}
            />
          </div>
        )
      )}
    </section>
  )
}
