'use client'

import { useTranslations } from 'next-intl'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useId } from 'react'
import { SearchInput } from '@/components/ui/search-input'
import { Select } from '@/components/ui/select'
import { useDebounced } from '../../use-debounced'
import { useUsernames } from './use-audit'

/** What is changed; actions begin with it. */
export const KINDS = ['connection', 'mapping', 'user', 'delivery', 'token'] as const

const words = { who: parseAsString.withDefault(''), kind: parseAsStringLiteral(KINDS) }

/** Which entries are shown, kept in the address. */
export const useAuditFilter = () => useQueryStates(words)

type Props = {
  filter: ReturnType<typeof useAuditFilter>[0]
  onChange: ReturnType<typeof useAuditFilter>[1]
}

const ALL = 'all'

/** By whom, and of what. */
export function AuditFilters({ filter, onChange }: Props) {
  const t = useTranslations('activity.audit')
  const id = useId()
  const usernames = useUsernames(useDebounced(filter.who.trim()))
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <SearchInput
        value={filter.who}
        onValueChange={(who) => void onChange({ who: who || null })}
        label={t('who')}
        maxLength={100}
        autoCapitalize="none"
        autoComplete="off"
        list={id}
        className="min-w-0 flex-1 basis-52 sm:max-w-72"
      />
      <datalist id={id}>
        {usernames.map((username) => (
          <option key={username} value={username} />
        ))}
      </datalist>
      <Select
        value={filter.kind ?? ALL}
        onValueChange={(value) => void onChange({ kind: KINDS.find((kind) => kind === value) ?? null })}
        options={[
          { value: ALL, label: t('allKinds') },
          ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
        ]}
        label={t('kindLabel')}
        className="w-auto min-w-32"
      />
    </div>
  )
}
