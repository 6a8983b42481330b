'use client'

import { useTranslations } from 'next-intl'
import { Controller, type Control } from 'react-hook-form'
import { useTimeWords } from '../../time-text'
import type { CardField as Spec } from '@/lib/contracts/connections'
import { CardField } from './card-field'
import { problemOf, type CardFormValues, type FieldProblem, type FormValue } from './card-values'

type SettingProps = {
  field: Spec
  control: Control<CardFormValues>
  settings: Record<string, unknown>
  secretsSet: string[]
}

/** One setting within the form: its value, what can be checked here, and what the server said of it. */
export function SettingField({ field, control, settings, secretsSet }: SettingProps) {
  const problemText = useProblemText()
  const note = useRotationNote(field, settings)
  const stored = secretsSet.includes(field.name)
  return (
    <Controller
      control={control}
      name={`settings.${field.name}`}
      rules={{
        validate: (value: FormValue) => {
          const problem = problemOf(field, value, stored)
          return problem === null || problemText(problem)
        },
      }}
      render={({ field: { value, onChange }, fieldState }) => (
        <CardField
          field={field}
          value={value}
          onChange={onChange}
          error={fieldState.error?.message}
          stored={stored}
          note={note}
        />
      )}
    />
  )
}

function useProblemText() {
  const t = useTranslations('settings.form')
  return (problem: FieldProblem): string => {
    if (problem.is !== 'range') return t(problem.is)
    const { min, max } = problem
    return max === Number.MAX_SAFE_INTEGER ? t('atLeast', { min }) : t('range', { min, max })
  }
}

/** While an earlier secret is still taken, says until when. */
function useRotationNote(field: Spec, settings: Record<string, unknown>): string | undefined {
  const t = useTranslations('settings.form.secret')
  const { exact, now } = useTimeWords()
  if (!field.rotates) return undefined
  const previous = settings[`previous${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`]
  const until = (previous as { until?: unknown } | undefined)?.until
  if (typeof until !== 'string' || Date.parse(until) <= now.getTime()) return undefined
  return t('previousUntil', { time: exact(until) })
}
