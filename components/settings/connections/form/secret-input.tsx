'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { PasswordInput } from '@/components/ui/password-input'
import type { FormValue } from './card-values'

type Props = {
  value: FormValue
  onChange: (value: FormValue) => void
  /** There is one already; it is never shown. */
  stored: boolean
  required: boolean
  placeholder?: string
  invalid?: boolean
}

/** A secret that can be written and never read: kept, replaced or cleared. */
export function SecretInput({ value, onChange, stored, required, placeholder }: Props) {
  const t = useTranslations('settings.form.secret')
  const [opened, setOpened] = useState(false)
  const typing = !stored || typeof value === 'string'

  if (typing) {
    return (
      <div className="flex gap-2">
        <div className="flex-1">
          <PasswordInput
            value={typeof value === 'string' ? value : ''}
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
