'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { AuthFrame } from './auth-frame'
import { nextPath } from './next-path'
import { enter } from './enter'
import { Button } from '@/components/ui/button'
import { useErrorText } from '@/components/ui/error-text'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { PasswordInput } from '@/components/ui/password-input'
import { useCountdown } from '@/components/ui/use-countdown'
import { call, isApiError } from '@/lib/client/call'
import { getSetup, signIn } from '@/lib/contracts/auth'

/** Signing in. Remembers the place one was sent here from. */
export function LoginForm() {
  const t = useTranslations('auth.login')
  const { next, ended } = usePlace()
  const { submit, signingIn, wait, passwordRef } = useSignIn(next)
  useSetupFirst()

  // Read from the form itself: what a password manager fills in does not always tell React.
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (signingIn.isPending || wait > 0) return
    const data = new FormData(event.currentTarget)
    const empty = ['username', 'password'].find((name) => !String(data.get(name)).trim())
    if (empty) event.currentTarget.querySelector<HTMLInputElement>(`[name=${empty}]`)?.focus()
    else submit({ username: String(data.get('username')).trim(), password: String(data.get('password')) })
  }
  return (
    <AuthFrame title={t('title')}>
      <form method="post" onSubmit={onSubmit} className="flex flex-col gap-4" noValidate>
        <LoginNotice error={signingIn.error} wait={wait} ended={ended} />
        <Field label={t('username')}>
          <Input
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
          />
        </Field>
        <Field label={t('password')}>
          <PasswordInput ref={passwordRef} name="password" autoComplete="current-password" required />
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          className="mt-1 w-full"
          loading={signingIn.isPending || signingIn.isSuccess}
          disabled={wait > 0}
        >
          {wait > 0 ? t('waitButton', { seconds: wait }) : t('submit')}
        </Button>
      </form>
    </AuthFrame>
  )
}

function LoginNotice({ error, wait, ended }: { error: Error | null; wait: number; ended: boolean }) {
  const t = useTranslations('auth.login')
  const errorText = useErrorText()
  if (!error) return ended ? <Notice>{t('ended')}</Notice> : null
  const code = isApiError(error) ? error.code : null
  if (code === 'too_many_attempts') {
    return <Notice tone="warning">{wait > 0 ? t('tooMany') : t('tryAgain')}</Notice>
  }
  return <Notice tone="danger">{code === 'wrong_credentials' ? t('wrong') : errorText(error)}</Notice>
}

function useSignIn(next: string) {
  const passwordRef = useRef<HTMLInputElement>(null)
  const [blockedUntil, setBlockedUntil] = useState<number | null>(null)
  const wait = useCountdown(blockedUntil)
  const signingIn = useMutation({
    mutationFn: (body: { username: string; password: string }) => call(signIn, { body }),
    onSuccess: ({ user }) => enter(next, user.preferences),
    onError: (error) => {
      if (!isApiError(error)) return
      if (error.code === 'too_many_attempts') setBlockedUntil(Date.now() + (error.retryAfter ?? 60) * 1000)
      if (error.code === 'wrong_credentials') {
        passwordRef.current?.focus()
        passwordRef.current?.select()
      }
    },
  })
  return { submit: signingIn.mutate, signingIn, wait, passwordRef }
}

function usePlace() {
  const search = useSearchParams()
  return { next: nextPath(search.get('next')), ended: search.has('ended') }
}

/** Where nobody can sign in yet, the first administrator is to be created. */
function useSetupFirst() {
  const router = useRouter()
  const { data } = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => call(getSetup, { signal }) })
  useEffect(() => {
    if (data?.needed) router.replace('/setup')
  }, [data, router])
}
