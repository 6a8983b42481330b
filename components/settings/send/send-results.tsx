'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { SendOutcome, SendState } from '@/lib/contracts/sending'
import type { Receivers } from './choose-receivers'

const TONES = {
  sent: 'success',
  refused: 'danger',
  unclear: 'warning',
  not_mapped: 'neutral',
  not_sent: 'warning',
} as const satisfies Record<SendState, string>

/** What needs a look comes first. */
const ORDER: SendState[] = ['unclear', 'refused', 'not_sent', 'not_mapped', 'sent']

type Props = {
  result: SendOutcome[]
  names: Receivers
  /** With those to whom it certainly was not sent. */
  onAgain: (usernames: string[]) => void
  onAnother: () => void
}

/** What became of each receiver's message, in words. */
export function SendResults({ result, names, onAgain, onAnother }: Props) {
  const t = useTranslations('sending.result')
  const heading = useRef<HTMLHeadingElement>(null)
  // The dialog that had the focus is gone.
  useEffect(() => heading.current?.focus(), [])
  const of = (state: SendState) => result.filter((one) => one.state === state)
  const unsent = of('not_sent').map(({ username }) => username)
  const sorted = ORDER.flatMap(of)
  return (
    <section aria-labelledby="send-result" className="flex flex-col gap-4">
      <div>
        <h2 id="send-result" ref={heading} tabIndex={-1} className="font-semibold outline-none">
          {t('title')}
        </h2>
        <p role="status" className="mt-0.5 text-text-muted">
          {t('summary', { total: result.length, sent: of('sent').length })}
        </p>
      </div>
      {of('unclear').length > 0 && <Notice tone="warning">{t('unclearText')}</Notice>}
      <ul className="rounded-md border border-border">
        {sorted.map(({ username, state, detail }) => (
          <li
            key={username}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-border px-3 py-2 last:border-b-0"
          >
            <span className="min-w-0 flex-1 basis-40 break-words">
              {names.get(username) ?? username}
              <span className="ml-2 text-sm text-text-muted">{username}</span>
            </span>
            <Badge tone={TONES[state]}>{t(state)}</Badge>
            {detail && <span className="w-full text-sm break-words text-text-muted">{detail}</span>}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {unsent.length > 0 && (
          <Button variant="primary" onClick={() => onAgain(unsent)}>
            {t('again', { count: unsent.length })}
          </Button>
        )}
        <Button onClick={onAnother}>{t('another')}</Button>
      </div>
    </section>
  )
}
