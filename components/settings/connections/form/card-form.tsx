'use client'

import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { Disclosure } from '@/components/ui/disclosure'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import type { CardField as Spec } from '@/lib/contracts/connections'
import { formValues, type CardFormValues, type FormValues } from './card-values'
import { SettingField } from './setting-field'
import { useServerComplaints } from './use-server-complaints'

type Props = {
  fields: Spec[]
  /** What is stored now; nothing for a new connection. */
  settings?: Record<string, unknown>
  secretsSet?: string[]
  /** The connection's own name; left out where only settings are asked for. */
  name?: { value: string; placeholder?: string }
  error: Error | null
  onSubmit: (values: CardFormValues, before: FormValues) => void
  /** The buttons. */
  footer: (state: { dirty: boolean; reset: () => void }) => ReactNode
}

/** The settings of a connection, drawn from its connector's card. */
export function CardForm({ fields, settings = {}, secretsSet = [], name, error, onSubmit, footer }: Props) {
  const t = useTranslations('settings.form')
  const before = formValues(fields, settings)
  const stored: CardFormValues = { name: name?.value ?? '', settings: before }
  // What is saved elsewhere meanwhile shows here too, but for what is being typed: saving must not bring it back.
  const form = useForm<CardFormValues>({
    defaultValues: stored,
    values: stored,
    resetOptions: { keepDirtyValues: true },
  })
  const { dirtyFields } = form.formState
  const complaint = useServerComplaints(form.setError, error, fields)
  const shared = { control: form.control, settings, secretsSet }
  const plain = fields.filter((field) => !field.advanced)
  const advanced = fields.filter((field) => field.advanced)
  const dirty = dirtyFields.name === true || Object.keys(dirtyFields.settings ?? {}).length > 0

  return (
    <form
      onSubmit={form.handleSubmit((values) => onSubmit(values, before))}
      className="flex flex-col gap-5"
      autoComplete="off"
      noValidate
    >
      {complaint && <Notice tone="danger">{complaint}</Notice>}
      {name && (
        <Field label={t('name')} help={t('nameHelp')} error={form.formState.errors.name?.message} required>
          <Input
            placeholder={name.placeholder}
            maxLength={60}
            {...form.register('name', { validate: (value) => value.trim() !== '' || t('required') })}
          />
        </Field>
      )}
      {plain.map((field) => (
        <SettingField key={field.name} field={field} {...shared} />
      ))}
      {advanced.length > 0 && (
        <MoreSettings
          wrong={advanced.some((field) => form.formState.errors.settings?.[field.name] !== undefined)}
        >
          {advanced.map((field) => (
            <SettingField key={field.name} field={field} {...shared} />
          ))}
        </MoreSettings>
      )}
      {footer({ dirty, reset: () => form.reset() })}
    </form>
  )
}

function MoreSettings({ wrong, children }: { wrong: boolean; children: ReactNode }) {
  const t = useTranslations('settings.form')
  const [open, setOpen] = useState(false)
  const [wrongBefore, setWrongBefore] = useState(false)
  // A complaint about something folded away must be seen.
  if (wrong !== wrongBefore) {
    setWrongBefore(wrong)
    if (wrong) setOpen(true)
  }
  return (
    <Disclosure label={t('more')} open={open} onOpenChange={setOpen}>
      <div className="flex flex-col gap-5 pt-3">{children}</div>
    </Disclosure>
  )
}
