'use client'

import { useTranslations } from 'next-intl'
import { toast } from 'sonner'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useErrorText } from '@/components/ui/error-text'
import type { User } from '@/lib/contracts/users'
import { useChangeUser } from './use-users'

/** Asks before somebody is switched off or on again, and says what then happens. */
export function DisableDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useTranslations(user.disabled ? 'settings.people.enable' : 'settings.people.disable')
  const errorText = useErrorText()
  const changing = useChangeUser()
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('title', { name: user.name })}
      description={t('text')}
      confirmLabel={t('confirm')}
      danger={!user.disabled}
      pending={changing.isPending}
      error={changing.error ? errorText(changing.error) : undefined}
      onConfirm={() =>
        changing.mutate(
          { id: user.id, disabled: !user.disabled },
          {
            onSuccess: () => {
              toast(t('done', { name: user.name }))
              onClose()
            },
          },
        )
      }
    />
  )
}
