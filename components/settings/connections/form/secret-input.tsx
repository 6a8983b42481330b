'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { useCopy } from '@/components/ui/copy-field'
import { PasswordInput } from '@/components/ui/password-input'
import type { FormValue } from './card-values'

type Props = {
  value: FormValue
  onChange: (value: FormValue) => void
  /** There is one already; it is never shown. */
  stored: boolean
  required: boolean
  placeholder?: string
  /** Both sides share it, so it may be made up here as well as there. */
  shared: boolean
}

/** A secret that can be written and never read: kept, replaced or cleared. */
export function SecretInput({ value, onChange, stored, required, placeholder, shared }: Props) {
  const t = useTranslations('settings.form.secret')
  const [opened, setOpened] = useState(false)
  const typing = !stored || typeof value === 'string'

  if (typing) {
    const text = typeof value === 'string' ? value : ''
    return (
      <div className="flex flex-wrap gap-2">
        <div className="min-w-60 flex-1">
          <PasswordInput
            value={text}
            onChange={(event) => onChange(event.target.value)}
            placeholder={placeholder}
            autoComplete="off"
            autoFocus={opened}
            className="font-mono text-sm"
          />
        </div>
        {stored && (
          <Button
            className="h-9 pointer-coarse:h-11"
            onClick={() => {
              setOpened(false)
              onChange(undefined)
            }}
          >
            {t('keep')}
          </Button>
        )}
        {shared && <MakeUp value={text} onChange={onChange} />}
      </div>
    )
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="flex-1 text-text-muted">{value === null ? t('willClear') : t('stored')}</span>
      {value === null ? (
        <Button size="sm" onClick={() => onChange(undefined)}>
          {t('keep')}
        </Button>
      ) : (
        <>
          <Button
            size="sm"
            onClick={() => {
              setOpened(true)
              onChange('')
            }}
          >
            {t('replace')}
          </Button>
          {!required && (
            <Button size="sm" variant="ghost" onClick={() => onChange(null)}>
              {t('clear')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}

/** The second choice: the secret is made up here and taken over there. */
function MakeUp({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations('settings.form.secret')
  const common = useTranslations('common.action')
  const { copied, copy } = useCopy(value, () => {})
  return (
    <div className="flex basis-full gap-2">
      <Button size="sm" variant="ghost" onClick={() => onChange(newSecret())}>
        {t('generate')}
      </Button>
      {value && (
        <Button size="sm" variant="ghost" onClick={copy}>
          <span aria-live="polite">{copied ? common('copied') : common('copy')}</span>
        </Button>
      )}
    </div>
  )
}

/** 192 random bits, in letters that survive any copying. */
function newSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
