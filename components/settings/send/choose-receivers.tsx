'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/class-names'
import { SearchInput } from '@/components/ui/search-input'
import { MOST_RECEIVERS } from '@/lib/contracts/sending'
import type { User } from '@/lib/contracts/users'
import { PageList } from '../page-list'
import { useUserList } from '../people/use-users'
import { useDebounced } from '../use-debounced'

/** Username → name of whoever it goes to. */
export type Receivers = ReadonlyMap<string, string>

type Props = { connectionId: string; chosen: Receivers; onChoose: (chosen: Receivers) => void }

/** Employees to tick. Only who is mapped in the connection can be; the others say why not. */
export function ChooseReceivers({ connectionId, chosen, onChoose }: Props) {
  const t = useTranslations('sending.receivers')
  const [text, setText] = useState('')
  const list = useUserList(useDebounced(text.trim()))
  const full = chosen.size >= MOST_RECEIVERS
  const put = (username: string, name: string | null) => {
    const next = new Map(chosen)
    if (name === null) next.delete(username)
    else next.set(username, name)
    onChoose(next)
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{t('label')}</legend>
      <Chosen
        chosen={chosen}
        onRemove={(username) => put(username, null)}
        onClear={() => onChoose(new Map())}
      />
      {full && <p className="text-sm text-text-muted">{t('most', { count: MOST_RECEIVERS })}</p>}
      <SearchInput value={text} onValueChange={setText} label={t('search')} />
      <div className="max-h-80 overflow-y-auto rounded-md border border-border p-1">
        <PageList query={list} failed={t('loadFailed')} more={t('more')}>
          {(users) =>
            users.length > 0 ? (
              <ul className={cn('transition-opacity', list.isPlaceholderData && 'opacity-60')}>
                {users.map((user) => (
                  <Line
                    key={user.id}
                    user={user}
                    mapped={user.connections.some(({ id }) => id === connectionId)}
                    checked={chosen.has(user.username)}
                    full={full}
                    onCheck={(on) => put(user.username, on ? user.name : null)}
                  />
                ))}
              </ul>
            ) : (
              <p className="p-3 text-center text-text-muted">{t('empty')}</p>
            )
          }
        </PageList>
      </div>
    </fieldset>
  )
}

type LineProps = {
  user: User
  mapped: boolean
  checked: boolean
  full: boolean
  onCheck: (on: boolean) => void
}

function Line({ user, mapped, checked, full, onCheck }: LineProps) {
  const t = useTranslations('sending.receivers')
  const id = useId()
  const disabled = !mapped || user.disabled
  return (
    <li>
      <label
        htmlFor={id}
        className={cn(
          'flex min-h-9 items-center gap-2.5 rounded-md px-2 py-1 pointer-coarse:min-h-11',
          disabled ? 'text-text-muted' : 'hover:bg-hover',
        )}
      >
        <Checkbox
          id={id}
          checked={checked}
          disabled={disabled || (full && !checked)}
          onCheckedChange={(on) => onCheck(on === true)}
        />
        <span className="min-w-0 flex-1 break-words">
          {user.name}
          <span className="ml-2 text-sm text-text-muted">{user.username}</span>
        </span>
        {user.disabled ? <Badge>{t('disabled')}</Badge> : !mapped && <Badge>{t('unmapped')}</Badge>}
      </label>
    </li>
  )
}

/** So many are named at the top; the rest is a number. */
const NAMED = 12

type ChosenProps = { chosen: Receivers; onRemove: (username: string) => void; onClear: () => void }

function Chosen({ chosen, onRemove, onClear }: ChosenProps) {
  const t = useTranslations('sending.receivers')
  return (
    <div className="flex flex-wrap items-center gap-1.5" aria-live="polite">
      <span className="mr-1 text-text-muted">
        {chosen.size > 0 ? t('chosen', { count: chosen.size }) : t('none')}
      </span>
      {[...chosen].slice(0, NAMED).map(([username, name]) => (
        <span
          key={username}
          className="inline-flex items-center gap-0.5 rounded-md bg-hover py-0.5 pr-0.5 pl-2"
        >
          {name}
          <button
            type="button"
            aria-label={t('remove', { name })}
            onClick={() => onRemove(username)}
            className="touch-target inline-flex size-5 items-center justify-center rounded-sm text-text-faint hover:text-text"
          >
            <X className="size-3.5" aria-hidden />
          </button>
        </span>
      ))}
      {chosen.size > NAMED && <span className="text-text-muted">+{chosen.size - NAMED}</span>}
      {chosen.size > 1 && (
        <Button variant="link" size="sm" onClick={onClear}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
