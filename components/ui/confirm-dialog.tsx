'use client'

import { useTranslations } from 'next-intl'
import { AlertDialog as Radix } from 'radix-ui'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from './button'
import { cn } from './class-names'
import { overlayStyle } from './dialog'
import { Field } from './field'
import { Input } from './input'
import { useFocusReturn } from './use-focus-return'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** What will happen, in plain words. */
  description: ReactNode
  confirmLabel: string
  danger?: boolean
  /** Has to be typed before it can be confirmed. */
  typeName?: string
  pending?: boolean
  error?: string
  onConfirm: () => void
  children?: ReactNode
}

/** Asks before something that is not easily undone. Focus begins on the safe side. */
export function ConfirmDialog(props: Props) {
  const { open, onOpenChange, pending } = props
  return (
    <Radix.Root open={open} onOpenChange={(next) => !pending && onOpenChange(next)}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyle} />
        <Panel {...props} />
      </Radix.Portal>
    </Radix.Root>
  )
}

// Apart: it is mounted as the dialog opens.
function Panel(props: Props) {
  const returnFocus = useFocusReturn()
  return (
    <Radix.Content
      onCloseAutoFocus={returnFocus}
      className={cn(
        'floating fixed z-40 max-h-[92dvh] overflow-y-auto outline-none',
        'inset-x-0 bottom-0 rounded-b-none sm:inset-x-auto sm:top-[max(8vh,calc(50%-14rem))] sm:bottom-auto sm:left-1/2 sm:w-[calc(100vw-2rem)] sm:max-w-110 sm:-translate-x-1/2 sm:rounded-b-lg',
        'data-[state=open]:animate-in data-[state=open]:duration-[140ms] data-[state=open]:fade-in-0',
      )}
    >
      <Question {...props} />
    </Radix.Content>
  )
}

// Apart, so that what was typed is forgotten with every closing.
function Question({
  title,
  description,
  confirmLabel,
  danger,
  typeName,
  pending,
  error,
  onConfirm,
  children,
}: Props) {
  const t = useTranslations('common')
  const [typed, setTyped] = useState('')
  const allowed = typeName === undefined || typed.trim() === typeName
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (allowed && !pending) onConfirm()
  }
  return (
    <form onSubmit={submit} noValidate>
      <div className="flex flex-col gap-3 px-5 pt-4 pb-4">
        <Radix.Title className="text-lg font-semibold break-words">{title}</Radix.Title>
        <Radix.Description asChild>
          <div className="text-base text-text-muted">{description}</div>
        </Radix.Description>
        {children}
        {typeName !== undefined && (
          <Field label={t('confirm.typeName', { name: typeName })} help={t('confirm.typeNameHelp')}>
            <Input
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
        )}
        {error && (
          <p role="alert" className="text-base text-danger">
            {error}
          </p>
        )}
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-t border-border px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <Radix.Cancel asChild>
          <Button>{t('action.cancel')}</Button>
        </Radix.Cancel>
        <Button type="submit" variant={danger ? 'danger' : 'primary'} disabled={!allowed} loading={pending}>
          {confirmLabel}
        </Button>
      </footer>
    </form>
  )
}
