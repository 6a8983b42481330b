'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type FormEvent } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { useErrorText } from '@/components/ui/error-text'
import { Field } from '@/components/ui/field'
import { PasswordInput } from '@/components/ui/password-input'
import { changePassword, password as passwordRule } from '@/lib/contracts/auth'
import { call, isApiError } from '@/lib/client/call'
import { Section } from './section'

/** Another password; other sessions of the reader end with it. */
export function PasswordSection() {
  const t = useTranslations('shell.preferences.password')
  const errorText = useErrorText()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => call(changePassword, { body: { current, password: next } }),
    onSuccess: () => {
      setCurrent('')
      setNext('')
      setTried(false)
      toast.success(t('changed'))
    },
  })
  const nextFits = passwordRule.safeParse(next).success
  const wrongCurrent = isApiError(error) && error.code === 'wrong_credentials'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (current && nextFits) mutate()
  }
  return (
    <Section title={t('title')} help={t('help')}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4 sm:max-w-90">
        <Field
          label={t('current')}
          error={wrongCurrent ? t('wrong') : tried && !current ? t('missing') : undefined}
        >
          <PasswordInput
            value={current}
            autoComplete="current-password"
            onChange={(event) => {
              setCurrent(event.target.value)
              reset()
            }}
          />
        </Field>
        <Field label={t('next')} help={t('rule')} error={tried && !nextFits ? t('rule') : undefined}>
          <PasswordInput
            value={next}
            autoComplete="new-password"
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        {error && !wrongCurrent && (
          <p role="alert" className="text-danger">
            {errorText(error)}
          </p>
        )}
        <Button type="submit" loading={isPending} className="w-fit">
          {t('change')}
        </Button>
      </form>
    </Section>
  )
}
