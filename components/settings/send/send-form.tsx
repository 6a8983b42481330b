'use client'

import { Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useErrorText } from '@/components/ui/error-text'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { isApiError } from '@/lib/client/call'
import { MOST_CHARACTERS, type SendOutcome } from '@/lib/contracts/sending'
import { ChooseReceivers, type Receivers } from './choose-receivers'
import { useSend } from './use-send'

type Props = {
  connectionId: string
  /** Chosen from the beginning. */
  receivers: Receivers
  text: string
  onSent: (result: SendOutcome[], sent: { receivers: Receivers; text: string }) => void
}

/** To whom, what, and a link; asked once more before it goes. */
export function SendForm({ connectionId, receivers, text: before, onSent }: Props) {
  const t = useTranslations('sending')
  const [chosen, setChosen] = useState(receivers)
  const [text, setText] = useState(before)
  const [url, setUrl] = useState('')
  const [asking, setAsking] = useState(false)
  const sending = useSend(connectionId)
  const problem = useProblem(sending.error)
  const lost = useTranslations('sending.result')('lost')
  const link = url.trim()
  const wrongLink = link !== '' && !isWebAddress(link)
  const ready = chosen.size > 0 && text.trim() !== '' && !wrongLink

  const unclearAll = (to: Receivers): SendOutcome[] =>
    [...to.keys()].map((username) => ({ username, state: 'unclear', detail: lost }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    sending.reset()
    setAsking(true)
  }
  const send = () =>
    sending.mutate(
      { users: [...chosen.keys()], text: text.trim(), ...(link && { url: link }) },
      {
        onSuccess: ({ result }) => onSent(result, { receivers: chosen, text }),
        onError: (error) => isLost(error) && onSent(unclearAll(chosen), { receivers: chosen, text }),
      },
    )
  // The question is a form of its own: within this one its answer would ask anew.
  return (
    <>
      <form onSubmit={submit} className="flex flex-col gap-6" noValidate>
        <ChooseReceivers connectionId={connectionId} chosen={chosen} onChoose={setChosen} />
        <Field label={t('message')} required aside={<Counter length={text.length} />}>
          <Textarea
            value={text}
            onChange={(event) => setText(event.target.value)}
            maxLength={MOST_CHARACTERS}
            rows={5}
          />
        </Field>
        <Field label={t('link')} help={t('linkHelp')} error={wrongLink ? t('linkWrong') : undefined} optional>
          <Input
            type="url"
            inputMode="url"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            maxLength={2000}
            autoComplete="off"
            autoCapitalize="none"
            placeholder="https://"
          />
        </Field>
        <div>
          <Button type="submit" variant="primary" size="lg" disabled={!ready}>
            <Send aria-hidden />
            {t('send')}
          </Button>
        </div>
      </form>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('confirm.title', { count: chosen.size })}
        description={sending.isPending ? t('confirm.sending') : t('confirm.text')}
        confirmLabel={t('confirm.button', { count: chosen.size })}
        pending={sending.isPending}
        error={problem}
        onConfirm={send}
      >
        <p className="max-h-40 overflow-y-auto rounded-md bg-hover px-3 py-2 break-words whitespace-pre-wrap">
          {text.trim()}
        </p>
      </ConfirmDialog>
    </>
  )
}

function Counter({ length }: { length: number }) {
  const t = useTranslations('sending')
  return (
    <span className={cn('text-sm text-text-muted tabular-nums', length >= MOST_CHARACTERS && 'text-warning')}>
      {t('counter', { count: length, most: MOST_CHARACTERS })}
    </span>
  )
}

/** Nobody answered, or not the server itself: some of it may have gone out, and must not go again at a press. */
function isLost(error: Error): boolean {
  return !isApiError(error) || error.status === 0 || error.status >= 500
}

/** Where the server said no, its words. */
function useProblem(error: Error | null): string | undefined {
  const errorText = useErrorText()
  if (!isApiError(error) || isLost(error)) return undefined
  return Object.values(error.fields ?? {})[0] ?? errorText(error)
}

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}
