'use client'

import { Link2, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { SearchInput } from '@/components/ui/search-input'
import type { User } from '@/lib/contracts/users'
import { PageList } from '../page-list'
import { PeopleTable } from '../people-table'
import { SettingsPage } from '../settings-page'
import { useDebounced } from '../use-debounced'
import { DisableDialog } from './disable-dialog'
import { InviteDialog } from './links/invite-dialog'
import { PasswordDialog } from './password-dialog'
import { useUserList } from './use-users'
import { UserFormDialog } from './user-form-dialog'
import { UserRow, type UserAct } from './user-row'

type Asking = { what: UserAct; user: User } | { what: 'add' | 'invite' } | null

/** Everyone who signs in here. */
export function UserList() {
  const t = useTranslations('settings.people')
  const invite = useTranslations('welcome.invite')('action')
  const [text, setText] = useQueryState('q', parseAsString.withDefault(''))
  const list = useUserList(useDebounced(text.trim()))
  const [asking, setAsking] = useState<Asking>(null)
  return (
    <SettingsPage
      wide
      title={t('title')}
      text={t('text')}
      action={
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setAsking({ what: 'invite' })}>
            <Link2 aria-hidden />
            {invite}
          </Button>
          <Button variant="primary" onClick={() => setAsking({ what: 'add' })}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        </div>
      }
    >
      <PageList query={list} failed={t('loadFailed')} more={t('more')}>
        {(items) => (
          <>
            <SearchInput
              value={text}
              onValueChange={(value) => void setText(value || null)}
              label={t('search')}
              className="mb-3 sm:max-w-80"
            />
            {items.length > 0 ? (
              <Rows items={items} stale={list.isPlaceholderData} onAsk={setAsking} />
            ) : (
              <EmptyState title={t('nobodyFound')} text={t('nobodyFoundText')} />
            )}
          </>
        )}
      </PageList>
      <Dialogs asking={asking} onClose={() => setAsking(null)} />
    </SettingsPage>
  )
}

function Rows({ items, stale, onAsk }: { items: User[]; stale: boolean; onAsk: (asking: Asking) => void }) {
  const t = useTranslations('settings.people')
  return (
    <PeopleTable
      first={t('name')}
      others={[t('connections'), t('lastSeen')]}
      actions={t('actions')}
      stale={stale}
    >
      {items.map((user) => (
        <UserRow key={user.id} user={user} onAct={(what) => onAsk({ what, user })} />
      ))}
    </PeopleTable>
  )
}

function Dialogs({ asking, onClose }: { asking: Asking; onClose: () => void }) {
  switch (asking?.what) {
    case 'add':
      return <UserFormDialog user={null} onClose={onClose} />
    case 'invite':
      return <InviteDialog onClose={onClose} />
    case 'edit':
      return <UserFormDialog user={asking.user} onClose={onClose} />
    case 'password':
      return <PasswordDialog user={asking.user} onClose={onClose} />
    case 'disable':
      return <DisableDialog user={asking.user} onClose={onClose} />
    default:
      return null
  }
}
