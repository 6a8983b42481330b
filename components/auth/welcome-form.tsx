'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useState, useSyncExternalStore, type FormEvent } from 'react'
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
import { acceptInvitation, getInvitation } from '@/lib/contracts/auth'

/** Where a one-time link leads: whose it is, and a password of their own. The token stands behind the `#`. */
export function WelcomeForm() {
  const t = useTranslations('welcome')
  const errorText = useErrorText()
  const token = useToken()
  const whose = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(getInvitation, { body: { token: token! }, signal }),
    enabled: Boolean(token),
    // Asking is limited, and the answer stays the same until the link is used.
    staleTime: Infinity,
    retry: false,
    refetchOnWindowFocus: false,
  })
  if (token === '' || isGone(whose.error)) return <Gone />
  if (whose.data) return <PasswordForm key={token} token={token!} {...whose.data} />
  return (
    <AuthFrame title={t('title')}>
      {whose.error ? (
        <ErrorState
          className="px-0 py-4"
          detail={errorText(whose.error)}
          doing={t('linkStays')}
          onRetry={() => void whose.refetch()}
          retrying={whose.isFetching}
        />
      ) : (
        <div className="flex flex-col gap-4" aria-busy>
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-9 rounded-md" />
          <Skeleton className="h-10 rounded-md" />
        </div>
      )}
    </AuthFrame>
  )
}

type Whose = { token: string; username: string; name: string }

function PasswordForm({ token, username, name }: Whose) {
  const t = useTranslations('welcome')
  const errorText = useErrorText()
  const [complaint, setComplaint] = useState<string>()
  const accepting = useMutation({
    mutationFn: (password: string) => call(acceptInvitation, { body: { token, password } }),
    onSuccess: ({ user }) => enter('/', user.preferences),
  })
  if (isGone(accepting.error)) return <Gone />
  const { error } = accepting
  const field = complaint ?? (isApiError(error) ? error.fields?.password : undefined)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (accepting.isPending || accepting.isSuccess) return
    const password = String(new FormData(event.currentTarget).get('password'))
    const short = password.length < 8
    setComplaint(short ? t('short') : undefined)
    if (short) event.currentTarget.querySelector<HTMLInputElement>('[name=password]')?.focus()
    else accepting.mutate(password)
  }
  return (
    <AuthFrame title={t('hello', { name })} text={t('text')}>
      <form method="post" onSubmit={onSubmit} className="flex flex-col gap-4" noValidate>
        {error && !field && <Notice tone="danger">{errorText(error)}</Notice>}
        <Field label={t('username')} help={t('usernameHelp')}>
          <Input name="username" value={username} readOnly autoComplete="username" />
        </Field>
        <Field label={t('password')} help={t('passwordHelp')} error={field} required>
          <PasswordInput name="password" autoComplete="new-password" maxLength={128} autoFocus />
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          className="mt-1 w-full"
          loading={accepting.isPending || accepting.isSuccess}
        >
          {t('submit')}
        </Button>
      </form>
    </AuthFrame>
  )
}

function Gone() {
  const t = useTranslations('welcome.gone')
  return (
    <AuthFrame title={t('title')} text={t('text')}>
      <Button asChild size="lg" className="w-full">
        <Link href="/login">{t('toLogin')}</Link>
      </Button>
    </AuthFrame>
  )
}

/** A link that is used, replaced, expired, or cut off in copying. */
const isGone = (error: Error | null) =>
  isApiError(error) &&
  (error.code === 'not_found' || (error.code === 'invalid_input' && !error.fields?.password))

/** The part of the address that browsers send to nobody; `null` while that cannot be known, on the server. */
function useToken(): string | null {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed)
      return () => window.removeEventListener('hashchange', changed)
    },
    () => window.location.hash.slice(1),
    () => null,
  )
}
