'use client'

import { useTranslations } from 'next-intl'
import { RadioCards } from '@/components/ui/radio-cards'

export type History = 'none' | 'all'

/** What becomes of the messages that came before: a new holder, or a mapping that had been wrong. */
export function HistoryChoice({ value, onChange }: { value: History; onChange: (value: History) => void }) {
  const t = useTranslations('settings.mappings.history')
  return (
    <div>
      <p className="mb-1.5 font-medium">{t('title')}</p>
      <RadioCards
        value={value}
        onValueChange={onChange}
        label={t('title')}
        options={[
          { value: 'none', label: t('none'), help: t('noneHelp') },
          { value: 'all', label: t('all'), help: t('allHelp') },
        ]}
      />
    </div>
  )
}
