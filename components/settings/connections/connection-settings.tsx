'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import type { ConnectionDetail, ConnectorCard } from '@/lib/contracts/connections'
import { CardForm } from './form/card-form'
import { changedSettings, type CardFormValues, type FormValues } from './form/card-values'
import { useChangeConnection } from './use-change-connection'
import { walkFields } from './walk-fields'

/** Name and settings of a connection. Only what was changed is sent. */
export function ConnectionSettings({
  connection,
  card,
}: {
  connection: ConnectionDetail
  card: ConnectorCard
}) {
  const t = useTranslations('settings.form')
  const changing = useChangeConnection(connection.id)
  // Begins anew from what the server keeps after every save.
  const [saves, setSaves] = useState(0)
  const later = connection.state === 'setup' ? walkFields(card) : []
  const fields = card.fields.filter((field) => !later.includes(field))

  const save = ({ name, settings }: CardFormValues, before: FormValues) => {
    const changed = changedSettings(fields, before, settings)
    const body = {
      ...(name.trim() !== connection.name && { name: name.trim() }),
      ...(Object.keys(changed).length > 0 && { settings: changed }),
    }
    changing.mutate(body, {
      onSuccess: () => {
        setSaves((count) => count + 1)
        toast.success(t('saved'))
      },
    })
  }
  return (
    <CardForm
      key={saves}
      fields={fields}
      settings={connection.settings}
      secretsSet={connection.secretsSet}
      name={{ value: connection.name }}
      error={changing.error}
      onSubmit={save}
      footer={({ dirty, reset }) => (
        <div className="flex gap-2">
          <Button type="submit" variant="primary" disabled={!dirty} loading={changing.isPending}>
            {t('save')}
          </Button>
          {dirty && !changing.isPending && (
            <Button
              onClick={() => {
                changing.reset()
                reset()
              }}
            >
              {t('revert')}
            </Button>
          )}
        </div>
      )}
    />
  )
}
