'use client'

import { useTranslations } from 'next-intl'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { preferences as schema, type Preferences } from '@/lib/contracts/auth'
import { Section } from './section'
import { usePreferences } from './use-preferences'

const PARTS = ['locale', 'theme', 'density'] as const
type Part = (typeof PARTS)[number]

/** Language, theme, density. */
export function DisplaySection() {
  const t = useTranslations('shell.preferences')
  const { preferences, change } = usePreferences()
  return (
    <Section title={t('display.title')}>
      {PARTS.map((part) => (
        <Field key={part} label={t(`${part}.label`)} help={t(`${part}.help`)}>
          <Select
            value={preferences[part]}
            onValueChange={(value) => change({ [part]: value as Preferences[Part] })}
            options={schema.shape[part].options.map((value) => ({ value, label: t(labelOf(part, value)) }))}
            className="sm:max-w-60"
          />
        </Field>
      ))}
    </Section>
  )
}

// Keys of texts hold no hyphen, languages do.
const labelOf = (part: Part, value: Preferences[Part]) =>
  `${part}.${value === 'zh-CN' ? 'zh' : value}` as 'locale.auto'
