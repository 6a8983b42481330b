import { writeAudit } from '@/lib/auth/audit'
import type { SignedIn } from '@/lib/auth/signed-in'
import { isConnectorError, type ConnectorError, type DirectoryPerson } from '@/lib/connectors/contract'
import { writeMembers } from '@/lib/inbox/people/members'
import { inTransaction } from '@/lib/platform/transaction'
import { AppError } from '@/lib/shared/errors'
import { liveConnection, type LiveConnection } from '../connections/connection-settings'

export type ImportedMembers = { found: number; added: number; changed: number; inactive: number }

/**
 * Brings everybody whom a connection's system lists into the mappings as persons, so that they can be mapped before
 * the first message comes for them. Names follow the system; mappings stay; who is not active there is not added.
 * `invalid_input` where the connection cannot be asked or the system refuses, `source_unavailable` where it does not
 * answer, both in its words.
 */
export async function importMembers(
  actor: Pick<SignedIn, 'id' | 'username'>,
  connectionId: string,
): Promise<ImportedMembers> {
  const live = await liveConnection(connectionId)
  if (live.row.archivedAt) throw new AppError('not_found')
  const people = await listed(live)
  const active = people.filter((person) => person.active)
  const counts = { found: people.length, inactive: people.length - active.length }
  return inTransaction(async (tx) => {
    const written = await writeMembers(tx, connectionId, active)
    const detail = { ...counts, ...written }
    await writeAudit(tx, { actor, action: 'connection.import_people', subject: connectionId, detail })
    return detail
  })
}

async function listed({ connector, settings, context }: LiveConnection): Promise<DirectoryPerson[]> {
  const { directory } = connector
  if (!directory) throw refused('这个系统不提供成员名单', 'This system has no list of its members')
  if (!directory.ready(settings)) {
    throw refused('先在连接的设置里填好接口密钥', 'Enter the key of its interface in the settings first')
  }
  try {
    return await directory.listPeople(context)
  } catch (error) {
    if (isConnectorError(error)) throw inItsWords(error)
    throw error
  }
}

function refused(zh: string, en: string): AppError {
  return new AppError('invalid_input', { message: { 'zh-CN': zh, en } })
}

function inItsWords(cause: ConnectorError): AppError {
  const code = cause.kind === 'unavailable' ? 'source_unavailable' : 'invalid_input'
  return new AppError(code, { message: cause.detail, retryAfter: cause.retryAfterSeconds, cause })
}
