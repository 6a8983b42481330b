import { findConnector } from '@/lib/connectors/registry'
import type { Card, Connector, Context } from '@/lib/connectors/contract'
import { decrypt, encrypt } from '@/lib/platform/secrets'
import { shared } from '@/lib/platform/state'
import { AppError, type Locale } from '@/lib/shared/errors'
import { parseInput } from '@/lib/shared/parse-input'
import { findConnectionFast, type ConnectionRow, type PushedTo } from './connection-store'

/** A connection with the code that speaks to it and its settings, secrets included. */
export type LiveConnection = {
  row: PushedTo
  connector: Connector
  settings: unknown
  context: Context<unknown>
}

/** How long the earlier value of a rotating secret stays valid. */
const ROTATION_MS = 24 * 60 * 60 * 1000

const previousName = (name: string) => `previous${name[0]!.toUpperCase()}${name.slice(1)}`
const boundTo = (id: string) => `connection:${id}`

function secretNames(card: Card): Set<string> {
  return new Set(
    card.fields.flatMap((field) =>
      field.kind !== 'secret' ? [] : field.rotates ? [field.name, previousName(field.name)] : [field.name],
    ),
  )
}

/** The connection of that id ready for use; `not_found` without one or without its connector. */
export async function liveConnection(id: string): Promise<LiveConnection> {
  const row = await findConnectionFast(id)
  const live = row && goLive(row)
  if (!live) throw new AppError('not_found')
  return live
}

type Opened = { stamp: string; settings: unknown }
/** Settings already opened and checked, for as long as what is stored stays the same. */
const opened = () => shared<Map<string, Opened>>('integrations.settings', () => new Map())
const MOST_OPENED = 200

/** A stored connection ready for use; null if its connector is not installed. */
export function goLive(row: PushedTo): LiveConnection | null {
  const connector = findConnector(row.connector)
  if (!connector) return null
  const cache = opened()
  const stamp = `${row.connector} ${row.secrets} ${JSON.stringify(row.settings)}`
  let entry = cache.get(row.id)
  if (entry?.stamp !== stamp) {
    entry = { stamp, settings: connector.settings.parse(storedSettings(row)) }
    if (cache.size >= MOST_OPENED) cache.clear()
    cache.set(row.id, entry)
  }
  const { settings } = entry
  return { row, connector, settings, context: { connectionId: row.id, settings } }
}

/** All settings as they were saved. */
export function storedSettings(
  row: Pick<ConnectionRow, 'id' | 'settings' | 'secrets'>,
): Record<string, unknown> {
  const secrets = row.secrets ? (JSON.parse(decrypt(row.secrets, boundTo(row.id))) as object) : {}
  return { ...(row.settings as object), ...secrets }
}

/**
 * All settings, ready for use; null where they cannot be read: saved by another version, or under another key. One
 * such connection must not take the settings pages away, where it can be mended.
 */
export function readSettings(row: ConnectionRow, connector: Connector): Record<string, unknown> | null {
  try {
    return connector.settings.parse(storedSettings(row)) as Record<string, unknown>
  } catch {
    return null
  }
}

/** What was saved, for a change: secrets that cannot be read are as good as not there. */
export function settingsToChange(row: ConnectionRow): Record<string, unknown> {
  try {
    return storedSettings(row)
  } catch {
    return { ...(row.settings as object) }
  }
}

/** Settings as they are stored: the plain ones, and the secret ones encrypted for this connection only. */
export function sealSettings(
  id: string,
  card: Card,
  values: Record<string, unknown>,
): { settings: object; secrets: string | null } {
  const secret = secretNames(card)
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  const hidden = entries.filter(([name]) => secret.has(name))
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !secret.has(name))),
    secrets: hidden.length > 0 ? encrypt(JSON.stringify(Object.fromEntries(hidden)), boundTo(id)) : null,
  }
}

/**
 * The plain settings as an administrator sees them, and the names of the secret ones that are there. Of a rotating
 * secret's earlier value only the end of its time: `previous<Name>: { until }`.
 */
export function shownSettings(
  row: ConnectionRow,
  connector: Connector | null,
): { settings: Record<string, unknown>; secretsSet: string[] } {
  if (!connector) return { settings: {}, secretsSet: [] }
  const all = readSettings(row, connector) ?? (row.settings as Record<string, unknown>)
  const secret = secretNames(connector.card)
  const fields = connector.card.fields.filter((field) => field.kind === 'secret').map((field) => field.name)
  const plain = Object.entries(all).filter(([name]) => !secret.has(name))
  return {
    settings: { ...Object.fromEntries(plain), ...rotationEnds(connector.card, all) },
    secretsSet: fields.filter((name) => all[name] !== undefined),
  }
}

function rotationEnds(card: Card, all: Record<string, unknown>): Record<string, { until: string }> {
  const names = card.fields.flatMap((field) => (field.rotates ? [previousName(field.name)] : []))
  const ends = names.flatMap((name) => {
    const until = (all[name] as { until?: unknown } | undefined)?.until
    return typeof until === 'string' ? [[name, { until }] as const] : []
  })
  return Object.fromEntries(ends)
}

/**
 * Checks settings; `invalid_input` names each field as `settings.<name>`.
 * @param before what is saved; an absent name keeps its value, `null` clears it
 */
export function mergeSettings(
  connector: Connector,
  before: Record<string, unknown>,
  change: Record<string, unknown>,
  locale: Locale,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...before }
  for (const field of connector.card.fields) {
    const [old, next] = [before[field.name], change[field.name]]
    // Saved again without a change, the earlier one keeps its day.
    if (!field.rotates || next === undefined || next === old) continue
    const until = new Date(Date.now() + ROTATION_MS).toISOString()
    delete merged[previousName(field.name)]
    if (!isCleared(next) && old !== undefined) merged[previousName(field.name)] = { value: old, until }
  }
  for (const [name, value] of Object.entries(change)) {
    if (secretNames(connector.card).has(name) && name.startsWith('previous')) continue
    if (isCleared(value)) delete merged[name]
    else merged[name] = value
  }
  return checked(connector, merged, locale)
}

function isCleared(value: unknown): boolean {
  return value === null || value === ''
}

function checked(
  connector: Connector,
  values: Record<string, unknown>,
  locale: Locale,
): Record<string, unknown> {
  try {
    return parseInput(connector.settings, values, locale, 'settings') as Record<string, unknown>
  } catch (error) {
    const fields = (error as AppError).fields ?? {}
    const named = Object.entries(fields).map(([name, text]) => [
      name === 'settings' ? name : `settings.${name}`,
      text,
    ])
    throw new AppError('invalid_input', { fields: Object.fromEntries(named) as Record<string, string> })
  }
}
