'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useErrorText } from '@/components/ui/error-text'
import { call } from '@/lib/client/call'
import { deleteConnection, type Connection } from '@/lib/contracts/connections'
import { Section } from '../section'
import { settingsKeys } from '../settings-keys'

/** At the bottom of the page: taking the connection out of service, and removing all of it. */
export function ConnectionDanger({ connection }: { connection: Connection }) {
  const t = useTranslations('settings.danger')
  const [asking, setAsking] = useState<'archive' | 'purge' | null>(null)
  const errorText = useErrorText()
  const deleting = useDelete(connection, () => setAsking(null))
  const open = (what: 'archive' | 'purge') => {
    deleting.reset()
    setAsking(what)
  }
  const dialog = {
    pending: deleting.isPending,
    error: deleting.error ? errorText(deleting.error) : undefined,
  }
  return (
    <>
      {connection.state !== 'archived' && (
        <Section
          title={t('archive')}
          text={t('archiveText')}
          action={<Button onClick={() => open('archive')}>{t('archiveButton')}</Button>}
        />
      )}
      <Section
        title={t('purge')}
        text={t('purgeText')}
        action={
          <Button variant="dangerQuiet" onClick={() => open('purge')}>
            {t('purgeButton')}
          </Button>
        }
      />
      <ConfirmDialog
        open={asking === 'archive'}
        onOpenChange={() => setAsking(null)}
        title={t('archiveTitle', { connection: connection.name })}
        description={t('archiveConfirm')}
        confirmLabel={t('archiveButton')}
        danger
        {...dialog}
        onConfirm={() => deleting.mutate(false)}
      />
      <ConfirmDialog
        open={asking === 'purge'}
        onOpenChange={() => setAsking(null)}
        title={t('purgeTitle', { connection: connection.name })}
        description={t('purgeConfirm')}
        confirmLabel={t('purgeButton')}
        danger
        typeName={connection.name}
        {...dialog}
        onConfirm={() => deleting.mutate(true)}
      />
    </>
  )
}

function useDelete({ id, name }: Connection, onDone: () => void) {
  const t = useTranslations('settings.danger')
  const router = useRouter()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (purge: boolean) =>
      call(deleteConnection, { params: { id }, query: purge ? { purge: 'true' } : {} }),
    onSuccess: (_, purge) => {
      onDone()
      toast(t(purge ? 'purged' : 'archived', { connection: name }))
      if (purge) {
        router.replace('/settings/connections')
        void queryClient.invalidateQueries({ queryKey: settingsKeys.connections, exact: true })
      } else {
        void queryClient.invalidateQueries({ queryKey: settingsKeys.connections })
      }
      void queryClient.invalidateQueries({ queryKey: settingsKeys.mappings })
    },
  })
}
