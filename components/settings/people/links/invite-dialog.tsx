'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useErrorText } from '@/components/ui/error-text'
import { Notice } from '@/components/ui/notice'
import { useTimeWords } from '../../time-text'
import { ChooseUsers } from './choose-users'
import { OneTimeLinks } from './one-time-links'
import { MOST_LINKS, useInvite } from './use-invite'

/** One-time links for chosen employees: first whom, then the links, this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('welcome.invite')
  const common = useTranslations('common.action')
  const errorText = useErrorText()
  const { exact } = useTimeWords()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  // A click beside the dialog must not lose the links: the first one only says so.
  const [warned, setWarned] = useState(false)
  const [taken, setTaken] = useState(false)
  const inviting = useInvite()
  const made = inviting.data

  if (made) {
    return (
      <Dialog
        open
        onOpenChange={() => (taken || warned ? onClose() : setWarned(true))}
        size="lg"
        title={t('madeTitle', { count: made.links.length })}
        footer={
          <Button variant="primary" onClick={onClose}>
            {t('kept')}
          </Button>
        }
      >
        {warned && !taken && (
          <div className="mb-3">
            <Notice tone="danger">{t('closing')}</Notice>
          </div>
        )}
        <OneTimeLinks links={made.links} until={exact(made.expiresAt)} onTaken={() => setTaken(true)} />
      </Dialog>
    )
  }
  const tooMany = chosen.size > MOST_LINKS
  return (
    <Dialog
      open
      onOpenChange={() => !inviting.isPending && onClose()}
      size="lg"
      title={t('title')}
      description={t('text')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            variant="primary"
            disabled={chosen.size === 0 || tooMany}
            loading={inviting.isPending}
            onClick={() => inviting.mutate([...chosen])}
          >
            {chosen.size === 0 ? t('make') : t('makeSome', { count: chosen.size })}
          </Button>
        </>
      }
    >
      {inviting.error && (
        <div className="mb-3">
          <Notice tone="danger">{errorText(inviting.error)}</Notice>
        </div>
      )}
      {tooMany && (
        <div className="mb-3">
          <Notice tone="warning">{t('tooMany', { count: MOST_LINKS })}</Notice>
        </div>
      )}
      <ChooseUsers chosen={chosen} onChoose={setChosen} />
    </Dialog>
  )
}
