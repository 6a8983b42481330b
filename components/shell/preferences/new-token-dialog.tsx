'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { CopyField } from '@/components/ui/copy-field'
import { Dialog } from '@/components/ui/dialog'
import { useErrorText } from '@/components/ui/error-text'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { createToken } from '@/lib/contracts/auth'
import { call } from '@/lib/client/call'
import { queryKeys } from '@/lib/client/query-keys'

const DAYS = ['30', '90', '365', 'never'] as const
type Days = (typeof DAYS)[number]
const RIGHTS = ['read', 'all'] as const
type Rights = (typeof RIGHTS)[number]

type Props = { open: boolean; onClose: () => void }

/** Makes a token and shows it, this once. */
export function NewTokenDialog({ open, onClose }: Props) {
  const t = useTranslations('shell.preferences.tokens')
  const [made, setMade] = useState<string | null>(null)
  const close = () => {
    setMade(null)
    onClose()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={made ? t('madeTitle') : t('make')}
      description={made ? t('madeText') : undefined}
      footer={made && <Button onClick={close}>{t('close')}</Button>}
    >
      {made ? <CopyField value={made} label={t('token')} /> : <NewToken onMade={setMade} onCancel={close} />}
    </Dialog>
  )
}

type FormProps = { onMade: (token: string) => void; onCancel: () => void }

function NewToken({ onMade, onCancel }: FormProps) {
  const t = useTranslations('shell.preferences.tokens')
  const client = useQueryClient()
  const errorText = useErrorText()
  const [name, setName] = useState('')
  const [days, setDays] = useState<Days>('90')
  const [rights, setRights] = useState<Rights>('read')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      call(createToken, {
        body: {
          name: name.trim(),
          ...(rights === 'read' && { scopes: ['read' as const] }),
          ...(days !== 'never' && {
            expiresAt: new Date(Date.now() + Number(days) * 86_400_000).toISOString(),
          }),
        },
      }),
    onSuccess: ({ token }) => {
      onMade(token)
      void client.invalidateQueries({ queryKey: queryKeys.tokens })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) mutate()
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t('name')} help={t('nameHelp')} error={error ? errorText(error) : undefined}>
        <Input
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={t('rights.label')} help={t('rights.help')}>
        <Select
          value={rights}
          onValueChange={(value) => setRights(value as Rights)}
          options={RIGHTS.map((value) => ({ value, label: t(`rights.${value}`) }))}
        />
      </Field>
      <Field label={t('days.label')} help={t('days.help')}>
        <Select
          value={days}
          onValueChange={(value) => setDays(value as Days)}
          options={DAYS.map((value) => ({
            value,
            label: value === 'never' ? t('days.never') : t('days.count', { count: Number(value) }),
          }))}
        />
      </Field>
      <div className="flex justify-end gap-2 pb-1">
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" variant="primary" disabled={!name.trim()} loading={isPending}>
          {t('makeIt')}
        </Button>
      </div>
    </form>
  )
}
