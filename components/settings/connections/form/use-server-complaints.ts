'use client'

import { useEffect } from 'react'
import type { UseFormSetError } from 'react-hook-form'
import { useErrorText } from '@/components/ui/error-text'
import { isApiError } from '@/lib/client/call'
import type { CardField } from '@/lib/contracts/connections'
import { fieldOfError, type CardFormValues } from './card-values'

/** Puts the server's complaints at their fields; gives what belongs to none of them, null for nothing. */
export function useServerComplaints(
  setError: UseFormSetError<CardFormValues>,
  error: Error | null,
  fields: CardField[],
): string | null {
  const errorText = useErrorText()
  const complaints = complaintsOf(error).map(([path, message]) => ({
    target: targetOf(path, fields),
    message,
  }))
  useEffect(() => {
    for (const { target, message } of complaints) if (target) setError(target, { message })
    // Once for every answer of the server.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [error])
  if (!error) return null
  if (complaints.length === 0) return errorText(error)
  const rest = complaints.filter(({ target }) => target === null)
  return rest.length > 0 ? rest.map(({ message }) => message).join(' · ') : null
}

function complaintsOf(error: Error | null): [path: string, message: string][] {
  if (!isApiError(error)) return []
  const fields = Object.entries(error.fields ?? {})
  return fields.length === 0 && error.code === 'name_taken' ? [['name', error.message]] : fields
}

function targetOf(path: string, fields: CardField[]) {
  if (path === 'name') return 'name' as const
  const names = fields.map((field) => field.name)
  const name = fieldOfError(path, names)
  return name === null ? null : (`settings.${name}` as const)
}
