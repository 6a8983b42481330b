'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useErrorText } from '@/components/ui/error-text'
import { Notice } from '@/components/ui/notice'
import type { Mapping } from '@/lib/contracts/mappings'
import { HistoryChoice } from './history-choice'
import { MappingConflict } from './mapping-conflict'
import { personName } from './person-name'
import { useMap, type Whom } from './use-map'
import { UserPicker, type PickedUser } from './user-picker'

/** Says which employee a person is. */
export function MapPersonDialog({ mapping, onClose }: { mapping: Mapping | null; onClose: () => void }) {
  return mapping && <Open key={mapping.personId} mapping={mapping} onClose={onClose} />
}

function Open({ mapping, onClose }: { mapping: Mapping; onClose: () => void }) {
  const t = useTranslations('settings.mappings')
  const cancel = useTranslations('common.action')('cancel')
  const errorText = useErrorText()
  const [user, setUser] = useState<PickedUser | null>(null)
  const map = useMap(onClose)
  const name = personName(mapping)
  const submit = useRef<HTMLButtonElement>(null)
  // Enter picks, Enter maps.
  useEffect(() => {
    if (user) submit.current?.focus()
  }, [user])
  const pick = (picked: PickedUser | null) => {
    map.forget()
    setUser(picked)
  }
  const held = mapping.held > 0
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('dialog.title', { name })}
      description={describe()}
      footer={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button
            ref={submit}
            variant={map.conflict ? 'danger' : 'primary'}
            disabled={!user}
            loading={map.pending}
            onClick={() => user && map.submit(whomOf(mapping), user, held)}
          >
            {map.conflict ? t('conflict.replace') : t('map')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {map.error && <Notice tone="danger">{errorText(map.error)}</Notice>}
        <UserPicker
          value={user}
          onPick={pick}
          hint={{ name: mapping.name ?? mapping.loginName ?? '', username: mapping.loginName ?? '' }}
        />
        {map.conflict ? (
          <MappingConflict message={map.conflict} history={map.history} onHistory={map.setHistory} />
        ) : (
          held && user && <HistoryChoice value={map.history} onChange={map.setHistory} />
        )}
      </div>
    </Dialog>
  )

  function describe() {
    const parts = [mapping.connectionName]
    if (mapping.user) parts.push(t('dialog.now', { name: mapping.user.name }))
    if (mapping.waiting > 0) parts.push(t('dialog.waiting', { count: mapping.waiting }))
    if (held) parts.push(t('dialog.held', { count: mapping.held }))
    return parts.join(' · ')
  }
}

function whomOf({ connectionId, externalId, loginName }: Mapping): Whom {
  return externalId !== null ? { connectionId, externalId } : { connectionId, loginName: loginName ?? '' }
}
