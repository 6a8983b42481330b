'use client'

import { useTranslations } from 'next-intl'
import { SearchInput } from '@/components/ui/search-input'
import { Select } from '@/components/ui/select'
import type { Connection } from '@/lib/contracts/connections'
import { VERDICTS, type DeliveryFilter, type useDeliveryFilter } from './delivery-filter'

type Props = {
  filter: DeliveryFilter
  onChange: ReturnType<typeof useDeliveryFilter>[1]
  connections: Connection[]
}

const ALL = 'all'

/** Which deliveries are shown. */
export function DeliveryFilters({ filter, onChange, connections }: Props) {
  const t = useTranslations('deliveries')
  const verdict = VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))
  const connection = connections.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <SearchInput
        value={filter.q}
        onValueChange={(q) => void onChange({ q: q || null })}
        label={t('search')}
        maxLength={100}
        className="min-w-0 flex-1 basis-52"
      />
      <Select
        value={filter.verdict ?? ALL}
        onValueChange={(value) => void onChange({ verdict: VERDICTS.find((one) => one === value) ?? null })}
        options={[{ value: ALL, label: t('filter.allVerdicts') }, ...verdict]}
        label={t('filter.verdict')}
        className="w-auto min-w-28"
      />
      <Select
        value={filter.connection || ALL}
        onValueChange={(value) => void onChange({ connection: value === ALL ? null : value })}
        options={[{ value: ALL, label: t('filter.allConnections') }, ...connection]}
        label={t('filter.connection')}
        className="w-auto max-w-60 min-w-36"
      />
    </div>
  )
}
