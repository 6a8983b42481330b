'use client'

import { useTranslations } from 'next-intl'
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
import { useId } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { SearchInput } from '@/components/ui/search-input'
import { Select } from '@/components/ui/select'
import type { Connection } from '@/lib/contracts/connections'

/** The list's words, kept in the address so that a link can name them. */
export function useMappingFilter() {
  return useQueryStates({
    connection: parseAsString.withDefault(''),
    q: parseAsString.withDefault(''),
    unmapped: parseAsBoolean.withDefault(false),
  })
}

type Filter = ReturnType<typeof useMappingFilter>[0]
type Props = { filter: Filter; onChange: ReturnType<typeof useMappingFilter>[1]; connections: Connection[] }

const ALL = 'all'

/** Which persons are shown. */
export function MappingFilters({ filter, onChange, connections }: Props) {
  const t = useTranslations('settings.mappings')
  const id = useId()
  const options = [
    { value: ALL, label: t('allConnections') },
    ...connections.map((one) => ({ value: one.id, label: one.name })),
  ]
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <SearchInput
        value={filter.q}
        onValueChange={(q) => void onChange({ q: q || null })}
        label={t('search')}
        className="min-w-0 flex-1 basis-52"
      />
      <Select
        value={filter.connection || ALL}
        onValueChange={(value) => void onChange({ connection: value === ALL ? null : value })}
        options={options}
        label={t('connection')}
        className="w-auto max-w-60 min-w-36"
      />
      <div className="flex h-9 items-center gap-2">
        <Checkbox
          id={id}
          checked={filter.unmapped}
          onCheckedChange={(checked) => void onChange({ unmapped: checked === true || null })}
        />
        <label htmlFor={id}>{t('onlyUnmapped')}</label>
      </div>
    </div>
  )
}
