'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useId } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useErrorText } from '@/components/ui/error-text'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { isApiError } from '@/lib/client/call'
import type { User } from '@/lib/contracts/users'
import { PasswordField } from './password-field'
import { useChangeUser, useCreateUser } from './use-users'

type Values = { name: string; username: string; email: string; role: User['role']; password: string }
const NAMES = ['name', 'username', 'email', 'role', 'password'] as const

type Props = {
  /** `null`: a new one. */
  user: User | null
  onClose: () => void
}

/** Adds an employee, or changes one. */
export function UserFormDialog({ user, onClose }: Props) {
  const t = useTranslations('settings.people')
  const cancel = useTranslations('common.action')('cancel')
  const errorText = useErrorText()
  const id = useId()
  const { save, pending, error } = useSave(user, onClose)
  const { register, control, handleSubmit, setError, formState } = useForm<Values>({
    defaultValues: {
      name: user?.name ?? '',
      username: user?.username ?? '',
      email: user?.email ?? '',
      role: user?.role ?? 'employee',
      password: '',
    },
  })
  const { errors } = formState
  useEffect(() => {
    for (const [name, message] of complaintsOf(error)) setError(name, { message })
  }, [error, setError])
  const required = { validate: (value: string) => value.trim() !== '' || t('required') }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={user ? t('editTitle', { name: user.name }) : t('addTitle')}
      footer={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button type="submit" form={id} variant="primary" loading={pending}>
            {user ? t('save') : t('create')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={handleSubmit(save)} className="flex flex-col gap-4" noValidate>
        {error && complaintsOf(error).length === 0 && <Notice tone="danger">{errorText(error)}</Notice>}
        <Field label={t('name')} error={errors.name?.message} required>
          <Input {...register('name', required)} maxLength={100} autoComplete="off" autoFocus />
        </Field>
        <Field label={t('username')} help={t('usernameHelp')} error={errors.username?.message} required>
          <Input
            {...register('username', required)}
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
        <Field label={t('email')} error={errors.email?.message} optional>
          <Input {...register('email')} type="email" inputMode="email" maxLength={254} autoComplete="off" />
        </Field>
        <Controller
          control={control}
          name="role"
          render={({ field, fieldState }) => (
            <Field label={t('role.label')} help={t('role.help')} error={fieldState.error?.message}>
              <Select
                value={field.value}
                onValueChange={field.onChange}
                options={[
                  { value: 'employee', label: t('role.employee') },
                  { value: 'admin', label: t('role.admin') },
                ]}
              />
            </Field>
          )}
        />
        {!user && (
          <Controller
            control={control}
            name="password"
            rules={{ validate: (value) => value === '' || value.length >= 8 || t('passwordShort') }}
            render={({ field, fieldState }) => (
              <PasswordField
                value={field.value}
                onChange={field.onChange}
                label={t('password')}
                help={t('passwordHelp')}
                error={fieldState.error?.message}
                optional
              />
            )}
          />
        )}
      </form>
    </Dialog>
  )
}

function useSave(user: User | null, onClose: () => void) {
  const t = useTranslations('settings.people')
  const creating = useCreateUser()
  const changing = useChangeUser()
  const save = (values: Values) => {
    const { name, username, email, role, password } = { ...values, ...trimmed(values) }
    const done = (text: string) => ({
      onSuccess: () => {
        toast.success(text)
        onClose()
      },
    })
    if (!user) {
      const body = { name, username, role, ...(email && { email }), ...(password && { password }) }
      creating.mutate(body, done(t('created', { name })))
      return
    }
    const body = {
      id: user.id,
      ...(name !== user.name && { name }),
      ...(username !== user.username && { username }),
      ...(email !== (user.email ?? '') && { email: email || null }),
      ...(role !== user.role && { role }),
    }
    changing.mutate(body, done(t('saved', { name })))
  }
  return { save, pending: creating.isPending || changing.isPending, error: creating.error ?? changing.error }
}

const trimmed = ({ name, username, email }: Values) => ({
  name: name.trim(),
  username: username.trim(),
  email: email.trim(),
})

function complaintsOf(error: Error | null): [(typeof NAMES)[number], string][] {
  if (!isApiError(error)) return []
  if (error.code === 'name_taken') return [['username', error.message]]
  if (error.code === 'last_admin') return [['role', error.message]]
  return NAMES.flatMap((name) =>
    error.fields?.[name] ? [[name, error.fields[name]] as [typeof name, string]] : [],
  )
}
