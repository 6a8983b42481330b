'use client'

import { useTranslations } from 'next-intl'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import { Textarea } from '@/components/ui/textarea'
import type { CardField as Spec } from '@/lib/contracts/connections'
import type { FormValue } from './card-values'
import { ForwardField } from './forward-field'
import { SecretInput } from './secret-input'

type Props = {
  field: Spec
  value: FormValue
  onChange: (value: FormValue) => void
  error?: string
  /** For secrets: there is one already. */
  stored?: boolean
  /** An earlier secret is still taken until then, as a ready text. */
  note?: string
}

/** One setting, drawn by its kind. */
export function CardField({ field, value, onChange, error, stored = false, note }: Props) {
  const t = useTranslations('settings.form')
  if (field.kind === 'forward') {
    return <ForwardField field={field} value={value} onChange={onChange} error={error} />
  }
  const help = [field.help, field.kind === 'list' ? t('onePerLine') : '', note].filter(Boolean)
  return (
    <Field
      label={field.label}
      help={
        help.length > 0 &&
        help.map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))
      }
      error={error}
      required={field.required}
      optional={isOptional(field)}
    >
      <Control field={field} value={value} onChange={onChange} stored={stored} />
    </Field>
  )
}

/** Said of what can simply stay empty. A secret that is not required is one that comes later. */
function isOptional({ required, advanced, kind, default: preset }: Spec): boolean {
  return !required && !advanced && preset === undefined && kind !== 'switch' && kind !== 'secret'
}

function Control({
  field,
  value,
  onChange,
  stored,
}: Required<Pick<Props, 'field' | 'onChange' | 'stored'>> & { value: FormValue }) {
  const text = typeof value === 'string' ? value : ''
  const typed = {
    value: text,
    placeholder: field.placeholder,
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  switch (field.kind) {
    case 'secret':
      return (
        <SecretInput
          value={value}
          onChange={onChange}
          stored={stored}
          required={field.required}
          placeholder={field.placeholder}
          shared={field.rotates}
        />
      )
    case 'switch':
      return <Switch checked={value === true} onCheckedChange={onChange} />
    case 'choice':
      return (
        <Select value={text} onValueChange={onChange} options={field.options ?? []} className="sm:w-80" />
      )
    case 'list':
      return <Textarea {...typed} className="font-mono text-sm" />
    case 'number':
      return <Input {...typed} inputMode="numeric" className="w-32 tabular-nums" />
    case 'url':
      return <Input {...typed} type="url" inputMode="url" autoCapitalize="none" />
    case 'forward':
      return null
    case 'text':
      return <Input {...typed} autoCapitalize="none" />
  }
}
