'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { useErrorText } from '@/components/ui/error-text'
import { controlStyle } from '@/components/ui/input'
import { Spinner } from '@/components/ui/spinner'
import { call } from '@/lib/client/call'
import { listUsers, type User } from '@/lib/contracts/users'
import { settingsKeys } from '../settings-keys'
import { useDebounced } from '../use-debounced'
import { InlineNewUser } from './inline-new-user'

export type PickedUser = Pick<User, 'id' | 'username' | 'name'>

type Props = {
  value: PickedUser | null
  onPick: (user: PickedUser | null) => void
  /** Looked for at first, and put into a new user's fields: the person's name and sign-in name there. */
  hint?: { name: string; username: string }
}

/** One employee, by search; or a new one, where there is none yet. */
export function UserPicker({ value, onPick, hint }: Props) {
  const t = useTranslations('settings.mappings.pick')
  const [creating, setCreating] = useState<string | null>(null)
  // At first the dialog decides where focus begins; coming back to the search, it belongs there.
  const [again, setAgain] = useState(false)

  if (value) {
    return (
      <div className="flex items-center gap-3 rounded-md border border-border bg-hover px-3 py-2">
        <p className="min-w-0 flex-1 break-words">
          <span className="font-medium">{value.name}</span>
          <span className="ml-2 text-sm text-text-muted">{value.username}</span>
        </p>
        <Button
          size="sm"
          onClick={() => {
            setAgain(true)
            onPick(null)
          }}
        >
          {t('another')}
        </Button>
      </div>
    )
  }
  if (creating !== null) {
    return (
      <InlineNewUser
        name={hint?.name ?? creating}
        username={hint?.username ?? ''}
        onCreated={(user) => {
          setCreating(null)
          onPick(user)
        }}
        onCancel={() => {
          setAgain(true)
          setCreating(null)
        }}
      />
    )
  }
  return <UserSearch hint={hint?.name} autoFocus={again} onPick={onPick} onCreate={setCreating} />
}

const itemStyle =
  'flex min-h-9 cursor-default items-center gap-2 rounded-md px-2 py-1 data-[selected=true]:bg-hover pointer-coarse:min-h-11'

const NEW = 'new'

type SearchProps = {
  hint?: string
  autoFocus: boolean
  onPick: (user: PickedUser) => void
  onCreate: (name: string) => void
}

function UserSearch({ hint, autoFocus, onPick, onCreate }: SearchProps) {
  const t = useTranslations('settings.mappings.pick')
  const errorText = useErrorText()
  const [text, setText] = useState(hint ?? '')
  const [marked, setMarked] = useState('')
  const q = useDebounced(text.trim(), 200)
  const search = useQuery({
    queryKey: settingsKeys.userSearch(q),
    queryFn: ({ signal }) => call(listUsers, { query: { q: q || undefined, limit: 20 }, signal }),
    placeholderData: keepPreviousData,
  })
  const users = search.data?.items.filter((user) => !user.disabled) ?? []
  // What Enter takes: the first one found, until the arrow keys or the pointer mark another.
  const first = users[0]?.id ?? NEW
  const value = marked === NEW || users.some(({ id }) => id === marked) ? marked : first
  return (
    <Command
      shouldFilter={false}
      label={t('label')}
      value={value}
      onValueChange={setMarked}
      className="flex flex-col gap-1.5"
    >
      <Command.Input
        value={text}
        onValueChange={(next) => {
          setText(next)
          setMarked('')
        }}
        onFocus={(event) => event.target.select()}
        placeholder={t('placeholder')}
        autoFocus={autoFocus}
        className={cn(controlStyle, 'h-9 pointer-coarse:h-11')}
      />
      <Command.List
        label={t('results')}
        className={cn(
          'h-52 overflow-y-auto rounded-md border border-border p-1',
          search.isPlaceholderData && 'opacity-60',
        )}
      >
        {search.isPending && <Spinner label={t('searching')} className="p-2" />}
        {search.error && <p className="p-2 text-danger">{errorText(search.error)}</p>}
        {search.data && users.length === 0 && <p className="p-2 text-text-muted">{t('none')}</p>}
        {users.map((user) => (
          <Command.Item key={user.id} value={user.id} onSelect={() => onPick(user)} className={itemStyle}>
            <span className="min-w-0 flex-1 truncate">
              {user.name}
              <span className="ml-2 text-sm text-text-muted">{user.username}</span>
            </span>
            {hint !== undefined && user.name === hint && (
              <span className="text-xs text-text-muted">{t('sameName')}</span>
            )}
          </Command.Item>
        ))}
        {search.data && (
          <Command.Item
            value={NEW}
            onSelect={() => onCreate(text.trim())}
            className={cn(itemStyle, 'text-accent')}
          >
            <Plus className="size-4" aria-hidden />
            {t('create')}
          </Command.Item>
        )}
      </Command.List>
    </Command>
  )
}
