'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { toast } from 'sonner'
import { useErrorText } from '@/components/ui/error-text'
import type { ActionKind } from '@/lib/contracts/messages'
import { UNDO_FOR } from './undo-register'

// One place for them: the newest act is the one that can be taken back.
const ID = 'act'
/** What shows on the message itself needs no words when it is one message. */
const PLAIN: ActionKind[] = ['read', 'unread', 'star', 'unstar', 'retry']

/** What is said after an act: 已完成 3 条 · 撤销. */
export function useActToasts() {
  const t = useTranslations('inbox.act')
  const errorText = useErrorText()
  return useMemo(
    () => ({
      /** `always`: also where the message itself shows it, and that there was nothing to do. */
      sayDone(action: ActionKind, changed: number, { always, undo }: { always: boolean; undo?: () => void }) {
        if (!always && (changed === 0 || (changed === 1 && PLAIN.includes(action)))) return
        const text = t(changed === 0 ? 'nothing' : `did.${action}`, { count: changed })
        toast(text, {
          id: ID,
          duration: UNDO_FOR,
          action: undo && {
            label: t('undo'),
            onClick: (event) => {
              // The notice stays, to say that it was undone.
              event.preventDefault()
              undo()
            },
          },
        })
      },
      sayUndone(changed: number) {
        toast(t('undone', { count: changed }), { id: ID, duration: 3_000, action: undefined })
      },
      sayNothingToUndo() {
        toast(t('nothingToUndo'), { id: ID, duration: 3_000, action: undefined })
      },
      /** Says why; gives nothing, so that it can stand for an answer. */
      sayFailed(action: ActionKind | 'undo', error: unknown): null {
        toast.error(t(`failed.${action}`), {
          id: ID,
          description: errorText(error),
          duration: 8_000,
          action: undefined,
        })
        return null
      },
    }),
    [t, errorText],
  )
}
