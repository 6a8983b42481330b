'use client'

import { Check, Copy, RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { useCopy } from '@/components/ui/copy-field'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { newPassword } from './new-password'

type Props = {
  value: string
  onChange: (value: string) => void
  label: string
  help?: string
  error?: string
  optional?: boolean
}

/** A password set for somebody else: seen while it is typed, made up by a button, copied by another. */
export function PasswordField({ value, onChange, label, help, error, optional }: Props) {
  const t = useTranslations('settings.people')
  const copyText = useTranslations('common.action')
  const input = useRef<HTMLInputElement>(null)
  const { copied, copy } = useCopy(value, () => input.current?.select())
  return (
    <Field label={label} help={help} error={error} optional={optional}>
      <Input
        ref={input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={128}
        className="font-mono"
      />
      <div className="flex gap-2">
        <Button size="sm" onClick={() => onChange(newPassword())}>
          <RefreshCw aria-hidden />
          {t('generate')}
        </Button>
        <Button size="sm" onClick={copy} disabled={!value}>
          {copied ? <Check className="text-success" aria-hidden /> : <Copy aria-hidden />}
          <span aria-live="polite">{copied ? copyText('copied') : copyText('copy')}</span>
        </Button>
      </div>
    </Field>
  )
}
