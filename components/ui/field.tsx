'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { createContext, useContext, useId, type ReactNode } from 'react'
import { cn } from './class-names'
import { Label } from './label'

type Wiring = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true; 'aria-required'?: true }

const FieldContext = createContext<Wiring | null>(null)

/** The ids by which a control belongs to its field's label, help and error; empty outside a `Field`. */
export function useFieldWiring(): Partial<Wiring> {
  return useContext(FieldContext) ?? {}
}

type Props = {
  label: ReactNode
  help?: ReactNode
  error?: string
  required?: boolean
  /** Says "optional" after the label. */
  optional?: boolean
  /** Right of the label: a small link or a count. */
  aside?: ReactNode
  className?: string
  children: ReactNode
}

/** Label, control, what it is for, and what is wrong with it: told to screen readers as one thing. */
export function Field({ label, help, error, required, optional, aside, className, children }: Props) {
  const id = useId()
  const t = useTranslations('common.field')
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const wiring: Wiring = {
    id,
    ...(described && { 'aria-describedby': described }),
    ...(error && { 'aria-invalid': true }),
    ...(required && { 'aria-required': true }),
  }
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <Label htmlFor={id} id={`${id}-label`}>
          {label}
          {optional && <span className="ml-1.5 text-sm font-normal text-text-faint">{t('optional')}</span>}
        </Label>
        {aside}
      </div>
      <FieldContext.Provider value={wiring}>{children}</FieldContext.Provider>
      {error && (
        <p id={`${id}-error`} className="flex gap-1.5 text-sm text-danger">
          <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          {error}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="text-sm text-text-muted">
          {help}
        </p>
      )}
    </div>
  )
}
