'use client'

import { Link2, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { SearchInput } from '@/components/ui/search-input'
import { Table, TableHead } from '@/components/ui/table'
import type { User } from '@/lib/contracts/users'
import { LoadFailed } from '../load-failed'
import { SettingsPage } from '../settings-page'
import { TableSkeleton } from '../table-skeleton'
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
  const items = list.data?.pages.flatMap((page) => page.items)
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
      {items ? (
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
          {list.hasNextPage && (
            <Button
              className="mt-4 w-full"
              onClick={() => void list.fetchNextPage()}
              loading={list.isFetchingNextPage}
            >
              {t('more')}
            </Button>
          )}
        </>
      ) : list.error ? (
        <LoadFailed query={list} title={t('loadFailed')} />
      ) : (
        <TableSkeleton />
      )}
      <Dialogs asking={asking} onClose={() => setAsking(null)} />
    </SettingsPage>
  )
}

function Rows({ items, stale, onAsk }: { items: User[]; stale: boolean; onAsk: (asking: Asking) => void }) {
  const t = useTranslations('settings.people')
  return (
    <Table className={cn('transition-opacity', stale && 'opacity-60')}>
      <thead>
        <tr>
          <TableHead>{t('name')}</TableHead>
          <TableHead className="hidden sm:table-cell">{t('connections')}</TableHead>
          <TableHead className="hidden sm:table-cell">{t('lastSeen')}</TableHead>
          <TableHead>
            <span className="sr-only">{t('actions')}</span>
          </TableHead>
        </tr>
      </thead>
      <tbody>
        {items.map((user) => (
          <UserRow key={user.id} user={user} onAct={(what) => onAsk({ what, user })} />
        ))}
      </tbody>
    </Table>
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
