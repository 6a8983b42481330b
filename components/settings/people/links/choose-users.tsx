'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { SearchInput } from '@/components/ui/search-input'
import type { User } from '@/lib/contracts/users'
import { LoadFailed } from '../../load-failed'
import { itemsOf, LoadMore } from '../../page-list'
import { TableSkeleton } from '../../table-skeleton'
import { useDebounced } from '../../use-debounced'
import { useUsersToInvite } from './use-invite'

type Props = { chosen: ReadonlySet<string>; onChoose: (ids: ReadonlySet<string>) => void }

/** Employees to tick; at first only those who have never been here, for whom a link is mostly wanted. */
export function ChooseUsers({ chosen, onChoose }: Props) {
  const t = useTranslations('welcome.invite')
  const id = useId()
  const [text, setText] = useState('')
  const [onlyNew, setOnlyNew] = useState(true)
  const list = useUsersToInvite(useDebounced(text.trim()))
  const enabled = itemsOf(list.data)?.filter(({ disabled }) => !disabled)
  const users = enabled?.filter(({ lastSeenAt }) => !onlyNew || lastSeenAt === null)
  const put = (ids: string[], on: boolean) => {
    const next = new Set(chosen)
    for (const one of ids)
      if (on) next.add(one)
      else next.delete(one)
    onChoose(next)
  }
  return (
    <>
      <SearchInput value={text} onValueChange={setText} label={t('search')} />
      <Line
        id={`${id}-new`}
        label={t('onlyNew')}
        checked={onlyNew}
        onCheckedChange={setOnlyNew}
        className="mt-2"
      />
      {users ? (
        users.length > 0 ? (
          <>
            <div className="mt-1 border-y border-border">
              <Line
                id={`${id}-all`}
                label={t('all', { count: users.length })}
                checked={allOf(users, chosen)}
                onCheckedChange={(on) =>
                  put(
                    users.map((user) => user.id),
                    on,
                  )
                }
              />
            </div>
            <ul className="max-h-72 overflow-y-auto">
              {users.map((user) => (
                <li key={user.id}>
                  <Line
                    id={`${id}-${user.id}`}
                    label={user.name}
                    about={user.username}
                    checked={chosen.has(user.id)}
                    onCheckedChange={(on) => put([user.id], on)}
                  />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="py-6 text-center text-text-muted">{onlyNew ? t('noneNew') : t('none')}</p>
        )
      ) : list.error ? (
        <LoadFailed query={list} title={t('loadFailed')} />
      ) : (
        <TableSkeleton rows={4} />
      )}
      <LoadMore query={list} label={t('more')} className="mt-2" />
    </>
  )
}

function allOf(users: User[], chosen: ReadonlySet<string>): boolean | 'indeterminate' {
  const count = users.filter(({ id }) => chosen.has(id)).length
  return count === users.length ? true : count > 0 && 'indeterminate'
}

type LineProps = {
  id: string
  label: string
  about?: string
  checked: boolean | 'indeterminate'
  onCheckedChange: (on: boolean) => void
  className?: string
}

function Line({ id, label, about, checked, onCheckedChange, className }: LineProps) {
  return (
    <div className={className}>
      <label htmlFor={id} className="flex min-h-9 items-center gap-2.5 px-1 py-1 pointer-coarse:min-h-11">
        <Checkbox id={id} checked={checked} onCheckedChange={(on) => onCheckedChange(on === true)} />
        <span className="min-w-0 break-words">
          {label}
          {about && <span className="ml-2 text-sm text-text-muted">{about}</span>}
        </span>
      </label>
    </div>
  )
}
