'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { useErrorText } from '@/components/ui/error-text'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { call, isApiError } from '@/lib/client/call'
import { createUser, type User } from '@/lib/contracts/users'
import { settingsKeys } from '../settings-keys'

type Props = {
  /** What the fields begin with. */
  name: string
  username: string
  onCreated: (user: User) => void
  onCancel: () => void
}

/** A new employee without leaving the mapping: name and username. They get a password later. */
export function InlineNewUser({ onCreated, onCancel, ...first }: Props) {
  const t = useTranslations('settings.mappings.newUser')
  const cancel = useTranslations('common.action')('cancel')
  const errorText = useErrorText()
  const [name, setName] = useState(first.name)
  const [username, setUsername] = useState(first.username)
  const queryClient = useQueryClient()
  const creating = useMutation({
    mutationFn: () => call(createUser, { body: { name: name.trim(), username: username.trim() } }),
    onSuccess: (user) => {
      void queryClient.invalidateQueries({ queryKey: settingsKeys.users })
      onCreated(user)
    },
  })
  const { error } = creating
  const fields = isApiError(error) ? error.fields : undefined
  const taken = isApiError(error) && error.code === 'name_taken' ? error.message : undefined
  const unplaced = error && !taken && !fields?.name && !fields?.username

  const submit = (event: FormEvent) => {
    // It stands within the mapping's own form.
    event.preventDefault()
    event.stopPropagation()
    if (name.trim() && username.trim() && !creating.isPending) creating.mutate()
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 rounded-md border border-border p-3" noValidate>
      <p className="text-sm text-text-muted">{t('text')}</p>
      <Field label={t('name')} error={fields?.name}>
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={100} autoFocus />
      </Field>
      <Field label={t('username')} error={taken ?? fields?.username}>
        <Input
          value={username}
          onChange={(event) => setUsername(event.target.value)}
          maxLength={64}
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
        />
      </Field>
      {unplaced && <p className="text-danger">{errorText(error)}</p>}
      <div className="flex gap-2">
        <Button type="submit" loading={creating.isPending} disabled={!name.trim() || !username.trim()}>
          {t('create')}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {cancel}
        </Button>
      </div>
    </form>
  )
}
