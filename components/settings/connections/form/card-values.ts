import type { CardField } from '@/lib/contracts/connections'
import { isForwardWhole, sentForward, storedForward } from './forward-value'

/**
 * A setting as the form holds it: text for what is typed, one entry a line for lists, JSON for forwarding. For secrets `undefined`
 * keeps what is stored and `null` clears it.
 */
export type FormValue = string | boolean | null | undefined
export type FormValues = Record<string, FormValue>

/** The whole form: the connection's name and its settings. */
export type CardFormValues = { name: string; settings: FormValues }

/** What the form shows before anything is changed. */
export function formValues(fields: CardField[], settings: Record<string, unknown>): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, formValue(field, settings[field.name])]))
}

function formValue(field: CardField, stored: unknown): FormValue {
  if (field.kind === 'secret') return undefined
  if (field.kind === 'forward') return storedForward(stored)
  const value = stored ?? field.default
  if (field.kind === 'switch') return value === true
  if (Array.isArray(value)) return value.join('\n')
  return value === undefined || value === null ? '' : String(value)
}

/**
 * The settings to send for a new connection: what was filled in. What was left empty is left to its default.
 */
export function newSettings(fields: CardField[], values: FormValues): Record<string, unknown> {
  return sent(fields, values, (value) => value !== null && value !== undefined)
}

/** The settings to send for a change: only what differs from what was there; `null` clears. */
export function changedSettings(
  fields: CardField[],
  before: FormValues,
  values: FormValues,
): Record<string, unknown> {
  const changed = fields.filter((field) => values[field.name] !== before[field.name])
  return sent(changed, values, (value) => value !== undefined)
}

function sent(
  fields: CardField[],
  values: FormValues,
  keep: (value: unknown) => boolean,
): Record<string, unknown> {
  const entries = fields.map((field) => [field.name, wireValue(field, values[field.name])] as const)
  return Object.fromEntries(entries.filter(([, value]) => keep(value)))
}

function wireValue(field: CardField, value: FormValue): unknown {
  if (typeof value === 'boolean' || value === undefined || value === null) return value
  if (field.kind === 'secret') return value === '' ? undefined : value
  if (field.kind === 'forward') return sentForward(value)
  if (field.kind === 'list') {
    const entries = value.split(/[\n,，;；]/).map((entry) => entry.trim())
    const filled = entries.filter(Boolean)
    return filled.length > 0 ? filled : null
  }
  const text = value.trim()
  if (text === '') return null
  return field.kind === 'number' ? Number(text) : text
}

export type FieldProblem =
  { is: 'required' | 'number' | 'url' | 'forward' } | { is: 'range'; min: number; max: number }

/** What can be said without asking the server; null if nothing is wrong. `stored`: a secret that is there already. */
export function problemOf(field: CardField, value: FormValue, stored = false): FieldProblem | null {
  const empty = field.kind === 'secret' && value === undefined ? !stored : isEmpty(value)
  if (empty) return field.required ? { is: 'required' } : null
  if (field.kind === 'url') return /^https?:\/\/[^\s/]/i.test(String(value).trim()) ? null : { is: 'url' }
  if (field.kind === 'forward') return isForwardWhole(value) ? null : { is: 'forward' }
  if (field.kind !== 'number') return null
  const number = Number(String(value).trim())
  if (!Number.isInteger(number)) return { is: 'number' }
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = field
  return number < min || number > max ? { is: 'range', min, max } : null
}

function isEmpty(value: FormValue): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}

/** The field a server's complaint is about: `settings.hosts.2` is about `hosts`; null: about none of these. */
export function fieldOfError(path: string, names: string[]): string | null {
  const [group, name] = path.split('.')
  return group === 'settings' && name !== undefined && names.includes(name) ? name : null
}
