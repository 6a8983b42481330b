import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { writeAudit } from '@/lib/auth/audit'
import type { SignedIn } from '@/lib/auth/signed-in'
import type { Connector } from '@/lib/connectors/contract'
import { findConnector } from '@/lib/connectors/registry'
import type { Connection, ConnectionDetail } from '@/lib/contracts/connections'
import { tellUsersToReadAnew } from '@/lib/inbox/live/read-anew'
import { holdConnection } from '@/lib/inbox/people/hold-connection'
import { setPolled } from '@/lib/inbox/people/poll-connection'
import { inTransaction } from '@/lib/platform/transaction'
import { environment } from '@/lib/platform/env'
import { AppError, type Locale } from '@/lib/shared/errors'
import {
  mergeSettings,
  readSettings,
  sealSettings,
  settingsToChange,
  shownSettings,
} from './connection-settings'
import {
  allConnections,
  archiveConnection,
  countPersons,
  findConnection,
  insertConnection,
  isNameTaken,
  lockConnection,
  purgeConnection,
  updateConnection,
  type ConnectionRow,
  type PersonCounts,
} from './connection-store'
import { isPolled } from './polled'
import { checkForwardTarget } from '../forwarding/check-target'
import { recentRefusals, recentSetupCalls } from '../webhooks/webhook-store'

/** Connecting vendor systems: what administrators do on the settings page. */

/** How long the address of a connection without a secret answers anything, for the vendor's own test. */
export const SETUP_MS = 30 * 60 * 1000

type Actor = Pick<SignedIn, 'id' | 'username'>

/** All connections, those in use first. `origin`: where this installation is reached, for webhook addresses. */
export async function listConnections(origin: string): Promise<Connection[]> {
  const found = await allConnections()
  const counts = new Map((await countPersons(found.map((row) => row.id))).map((c) => [c.connectionId, c]))
  return found.map((row) => present(row, counts.get(row.id)!, origin))
}

/** One connection with what reached it in set-up and what was refused; `not_found` without it. */
export async function getConnection(id: string, origin: string): Promise<ConnectionDetail> {
  const row = await findConnection(id)
  if (!row) throw new AppError('not_found')
  const [[counts], setupCalls, refusals] = await Promise.all([
    countPersons([id]),
    recentSetupCalls(id),
    recentRefusals(id),
  ])
  return { ...present(row, counts!, origin), setupCalls, refusals }
}

export type NewConnection = { connector: string; name: string; settings: Record<string, unknown> }

/** Connects a vendor system; a pushing one without its secret is in set-up for half an hour. Gives the id. */
export async function createConnection(actor: Actor, input: NewConnection, locale: Locale): Promise<string> {
  const connector = findConnector(input.connector)
  if (!connector) {
    throw new AppError('invalid_input', {
      fields: { connector: locale === 'en' ? 'Unknown' : '没有这种系统' },
    })
  }
  const id = randomUUID()
  const values = mergeSettings(connector, {}, input.settings, locale)
  await checkForwardTarget(connector, input.settings, locale)
  await withUniqueName(() =>
    inTransaction(async (tx) => {
      const stored = {
        ...sealSettings(id, connector.card, values),
        setupUntil: setupUntil(connector, values, true),
      }
      await insertConnection(tx, { id, connector: connector.id, name: input.name, ...stored })
      const detail = { connector: connector.id, name: input.name, settings: Object.keys(values) }
      await writeAudit(tx, { actor, action: 'connection.create', subject: id, detail })
    }),
  )
  return id
}

export type ConnectionChange = { name?: string; settings?: Record<string, unknown>; reopenSetup?: true }

/** Changes name and settings: absent keeps, null clears. */
export async function changeConnection(
  actor: Actor,
  id: string,
  change: ConnectionChange,
  locale: Locale,
): Promise<void> {
  await withUniqueName(() =>
    inTransaction(async (tx) => {
      const row = await lockConnection(tx, id)
      const connector = row && findConnector(row.connector)
      if (!row || !connector || row.archivedAt) throw new AppError('not_found')
      const before = settingsToChange(row)
      const values = mergeSettings(connector, before, change.settings ?? {}, locale)
      await checkForwardTarget(connector, change.settings ?? {}, locale, tx)
      const reopens = change.reopenSetup === true
      const until = reopens ? setupUntil(connector, values, true) : keptSetup(connector, values, row)
      const name = change.name ?? row.name
      await updateConnection(tx, id, { name, ...sealSettings(id, connector.card, values), setupUntil: until })
      const polled = isPolled({ connector, settings: values })
      // With other settings, what could not be asked before may be answered now; polls find out by themselves.
      const anew = polled && !connector.pull && !isDeepStrictEqual(values, before)
      if (anew || polled !== isPolled({ connector, settings: before })) await setPolled(tx, id, polled)
      const settings = Object.keys(change.settings ?? {})
      const detail = { settings, ...(change.name && { name, before: row.name }), ...(reopens && { reopens }) }
      await writeAudit(tx, { actor, action: 'connection.change', subject: id, detail })
    }),
  )
}

/** Archives a connection, or with `purge` removes it and all that came from it. */
export async function deleteConnection(actor: Actor, id: string, purge: boolean): Promise<void> {
  await inTransaction(async (tx) => {
    const row = await lockConnection(tx, id)
    if (!row) throw new AppError('not_found')
    const action = purge ? 'connection.purge' : 'connection.archive'
    const users = await holdConnection(tx, id)
    await (purge ? purgeConnection(tx, id) : archiveConnection(tx, id))
    await tellUsersToReadAnew(tx, users)
    await writeAudit(tx, { actor, action, subject: id, detail: { name: row.name, connector: row.connector } })
  })
}

function setupUntil(connector: Connector, values: Record<string, unknown>, open: boolean): Date | null {
  if (!connector.webhook || connector.webhook.ready(values) || !open) return null
  return new Date(Date.now() + SETUP_MS)
}

/** A saved secret ends set-up; without one the window stays as it was. */
function keptSetup(connector: Connector, values: Record<string, unknown>, row: ConnectionRow): Date | null {
  return setupUntil(connector, values, row.setupUntil !== null) && row.setupUntil
}

async function withUniqueName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isNameTaken(error)) throw error
    const message = { 'zh-CN': '已有同名的连接', en: 'There is a connection of this name' }
    throw new AppError('name_taken', { message, fields: { name: message['zh-CN'] } })
  }
}

const UNREADABLE = '设置读不出来，请重新填写并保存 / The settings cannot be read: enter and save them again'

function present(row: ConnectionRow, persons: PersonCounts, origin: string): Connection {
  const connector = findConnector(row.connector)
  const iso = (date: Date | null) => date?.toISOString() ?? null
  const base = environment().baseUrl ?? origin
  return {
    id: row.id,
    connector: row.connector,
    name: row.name,
    state: stateOf(row),
    ...(connector?.webhook && { webhookUrl: `${base}/api/webhooks/${row.id}` }),
    ...(connector?.signOn && { ssoUrls: ssoUrls(`${base}/api/sso/${row.id}`) }),
    ...shownSettings(row, connector),
    setupUntil: iso(row.setupUntil),
    createdAt: row.createdAt.toISOString(),
    archivedAt: iso(row.archivedAt),
    lastSuccessAt: iso(row.lastSuccessAt),
    failingSince: iso(row.failingSince),
    lastError: connector && !readSettings(row, connector) ? UNREADABLE : row.lastError,
    persons: { mapped: persons.mapped, unmapped: persons.unmapped, waiting: persons.waiting },
    canImportPeople: connector !== null && canImportPeople(row, connector),
  }
}

const ssoUrls = (address: string) => ({ handshake: `${address}/handshake`, entry: `${address}/enter` })

function canImportPeople(row: ConnectionRow, connector: Connector): boolean {
  const settings = row.archivedAt ? null : readSettings(row, connector)
  return settings !== null && connector.directory?.ready(settings) === true
}

/** How a connection is doing, as pages and health tell it. */
export function stateOf(row: ConnectionRow): Connection['state'] {
  const connector = findConnector(row.connector)
  if (row.archivedAt) return 'archived'
  const settings = connector && readSettings(row, connector)
  if (connector && !settings) return 'failing'
  if (connector?.webhook && !connector.webhook.ready(settings)) return 'setup'
  return row.failures > 0 ? 'failing' : 'active'
}
