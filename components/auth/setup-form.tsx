'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useForm } from 'react-hook-form'
import { AuthFrame } from './auth-frame'
import { enter } from './enter'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { useErrorText } from '@/components/ui/error-text'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { PasswordInput } from '@/components/ui/password-input'
import { Skeleton } from '@/components/ui/skeleton'
import { call, isApiError } from '@/lib/client/call'
import { createFirstAdministrator, getSetup } from '@/lib/contracts/auth'

/** Creating the first administrator, once, with the code that stands in the server's log. */
export function SetupForm() {
  const t = useTranslations('auth.setup')
  const router = useRouter()
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => call(getSetup, { signal }) })
  const errorText = useErrorText()
  useEffect(() => {
    if (setup.data?.needed === false) router.replace('/login')
  }, [setup.data, router])

  return (
    <AuthFrame title={t('title')} text={t('text')}>
      {setup.data?.needed ? (
        <AdministratorForm />
      ) : setup.error ? (
        <ErrorState
          className="px-0 py-4"
          detail={errorText(setup.error)}
          onRetry={() => void setup.refetch()}
          retrying={setup.isFetching}
        />
      ) : (
        <FormSkeleton />
      )}
    </AuthFrame>
  )
}

type Values = { code: string; username: string; name: string; password: string }
const NAMES = ['code', 'username', 'name', 'password'] as const

function AdministratorForm() {
  const t = useTranslations('auth.setup')
  const errorText = useErrorText()
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    defaultValues: { code: '', username: '', name: '', password: '' },
  })
  const { errors } = formState
  const creating = useMutation({
    mutationFn: (body: Values) => call(createFirstAdministrator, { body }),
    onSuccess: ({ user }) => enter('/settings/connections', user.preferences),
    onError: (error) => {
      if (!isApiError(error)) return
      if (error.code === 'wrong_setup_code')
        setError('code', { message: error.message }, { shouldFocus: true })
      for (const name of NAMES) {
        const message = error.fields?.[name]
        if (message) setError(name, { message })
      }
    },
  })
  const onSubmit = handleSubmit((values) => {
    if (creating.isPending) return
    creating.mutate({
      ...values,
      code: values.code.trim(),
      username: values.username.trim(),
      name: values.name.trim(),
    })
  })
  const inForm =
    isApiError(creating.error) && (creating.error.fields || creating.error.code === 'wrong_setup_code')
  const required = { validate: (value: string) => value.trim() !== '' || t('required') }

  return (
    <form method="post" onSubmit={onSubmit} className="flex flex-col gap-4" noValidate>
      {creating.error && !inForm && <Notice tone="danger">{errorText(creating.error)}</Notice>}
      <Field label={t('code')} help={t('codeHelp')} error={errors.code?.message} required>
        <Input
          {...register('code', required)}
          autoFocus
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <Field label={t('username')} help={t('usernameHelp')} error={errors.username?.message} required>
        <Input
          {...register('username', required)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
        />
      </Field>
      <Field label={t('name')} error={errors.name?.message} required>
        <Input {...register('name', required)} autoComplete="name" maxLength={100} />
      </Field>
      <Field label={t('password')} help={t('passwordHelp')} error={errors.password?.message} required>
        <PasswordInput
          {...register('password', {
            minLength: { value: 8, message: t('passwordShort') },
            required: t('required'),
          })}
          autoComplete="new-password"
          maxLength={128}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className="mt-1 w-full"
        loading={creating.isPending || creating.isSuccess}
      >
        {t('submit')}
      </Button>
    </form>
  )
}

function FormSkeleton() {
  return (
    <div className="flex flex-col gap-5" aria-busy>
      {NAMES.map((name) => (
        <div key={name} className="flex flex-col gap-2">
          <Skeleton className="h-4 w-16" />
          <Skeleton className="h-9 rounded-md" />
        </div>
      ))}
    </div>
  )
}
