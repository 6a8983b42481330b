'use client'

import { useTranslations } from 'next-intl'
import { toast } from 'sonner'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useErrorText } from '@/components/ui/error-text'
import type { Mapping } from '@/lib/contracts/mappings'
import { personName } from './person-name'
import { useDeleteMapping } from './use-mappings'

/** Asks before a mapping is taken away, and says what then happens to the messages. */
export function UnmapDialog({ mapping, onClose }: { mapping: Mapping | null; onClose: () => void }) {
  const t = useTranslations('settings.mappings.unmapDialog')
  const errorText = useErrorText()
  const unmapping = useDeleteMapping()
  const close = () => {
    unmapping.reset()
    onClose()
  }
  const person = mapping ? personName(mapping) : ''
  const user = mapping?.user?.name ?? person
  return (
    <ConfirmDialog
      open={mapping !== null}
      onOpenChange={close}
      title={t('title', { person })}
      description={
        <ul className="flex list-disc flex-col gap-1 pl-4">
          <li>{t('hidden', { user, connection: mapping?.connectionName ?? '' })}</li>
          <li>{t('waits')}</li>
          <li>{t('cancelled')}</li>
        </ul>
      }
      confirmLabel={t('confirm')}
      danger
      pending={unmapping.isPending}
      error={unmapping.error ? errorText(unmapping.error) : undefined}
      onConfirm={() =>
        mapping &&
        unmapping.mutate(mapping.personId, {
          onSuccess: () => {
            toast(t('done', { person }))
            close()
          },
        })
      }
    />
  )
}
