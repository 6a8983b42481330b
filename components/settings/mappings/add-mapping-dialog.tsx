'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useErrorText } from '@/components/ui/error-text'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { isApiError } from '@/lib/client/call'
import type { Connection } from '@/lib/contracts/connections'
import { useConnectors } from '../connections/use-connections'
import { MappingConflict } from './mapping-conflict'
import { useMap } from './use-map'
import { UserPicker, type PickedUser } from './user-picker'

type Props = { open: boolean; connections: Connection[]; onClose: () => void }

/** A mapping by hand, for somebody who has not been seen yet: which system, who they are there, who they are here. */
export function AddMappingDialog({ open, connections, onClose }: Props) {
  return open && <Open connections={connections} onClose={onClose} />
}

function Open({ connections, onClose }: Omit<Props, 'open'>) {
  const t = useTranslations('settings.mappings')
  const cancel = useTranslations('common.action')('cancel')
  const errorText = useErrorText()
  const cards = useConnectors().data
  const [connectionId, setConnectionId] = useState(connections[0]?.id ?? '')
  const [chosenKey, setChosenKey] = useState<string | null>(null)
  const [value, setValue] = useState('')
  const [user, setUser] = useState<PickedUser | null>(null)
  const map = useMap(onClose)

  const connection = connections.find(({ id }) => id === connectionId)
  const keys = cards?.find(({ connector }) => connector === connection?.connector)?.mappingKeys ?? []
  const key = keys.find((one) => one.key === chosenKey) ?? keys[0]
  const fields = isApiError(map.error) ? map.error.fields : undefined
  const valueError = key && fields?.[key.key]
  const ready = key && value.trim() && user
  const change = (set: () => void) => {
    map.forget()
    set()
  }
  const submit = () => {
    if (ready) map.submit({ connectionId, [key.key]: value.trim() }, user, false)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('addDialog.title')}
      description={t('addDialog.text')}
      footer={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button
            variant={map.conflict ? 'danger' : 'primary'}
            disabled={!ready}
            loading={map.pending}
            onClick={submit}
          >
            {map.conflict ? t('conflict.replace') : t('map')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {map.error && !valueError && <Notice tone="danger">{errorText(map.error)}</Notice>}
        <Field label={t('connection')}>
          <Select
            value={connectionId}
            onValueChange={(id) => change(() => setConnectionId(id))}
            options={connections.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        {keys.length > 1 && key && (
          <Field label={t('addDialog.by')}>
            <Select
              value={key.key}
              onValueChange={(next) => change(() => setChosenKey(next))}
              options={keys.map((one) => ({ value: one.key, label: one.label }))}
            />
          </Field>
        )}
        {key && (
          <Field label={key.label} help={key.help} error={valueError}>
            <Input
              value={value}
              onChange={(event) => change(() => setValue(event.target.value))}
              maxLength={200}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
        )}
        <div>
          <p className="mb-1.5 font-medium">{t('user')}</p>
          <UserPicker value={user} onPick={(picked) => change(() => setUser(picked))} />
        </div>
        {map.conflict && (
          <MappingConflict message={map.conflict} history={map.history} onHistory={map.setHistory} />
        )}
      </div>
    </Dialog>
  )
}
