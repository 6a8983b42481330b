'use client'

import { useTranslations } from 'next-intl'
import { useId, useState, type FormEvent } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useErrorText } from '@/components/ui/error-text'
import { isApiError } from '@/lib/client/call'
import type { User } from '@/lib/contracts/users'
import { newPassword } from './new-password'
import { PasswordField } from './password-field'
import { useChangeUser } from './use-users'

/** A new password for an employee, to be handed over. */
export function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useTranslations('settings.people')
  const cancel = useTranslations('common.action')('cancel')
  const errorText = useErrorText()
  const id = useId()
  const [password, setPassword] = useState(newPassword)
  const [checked, setChecked] = useState(false)
  const changing = useChangeUser()
  const short = password.length < 8
  const error = checked && short ? t('passwordShort') : fieldText(changing.error)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (short || changing.isPending) return
    changing.mutate(
      { id: user.id, password },
      {
        onSuccess: () => {
          toast.success(t('passwordSet', { name: user.name }))
          onClose()
        },
      },
    )
  }
  function fieldText(problem: Error | null): string | undefined {
    if (!problem) return undefined
    return (isApiError(problem) && problem.fields?.password) || errorText(problem)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={t('passwordTitle', { name: user.name })}
      description={t('passwordText')}
      footer={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button type="submit" form={id} variant="primary" loading={changing.isPending}>
            {t('setPassword')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} noValidate>
        <PasswordField
          value={password}
          onChange={setPassword}
          label={t('newPassword')}
          help={t('passwordMin')}
          error={error}
        />
      </form>
    </Dialog>
  )
}
