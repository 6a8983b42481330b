import { writeAudit } from '@/lib/auth/audit'
import type { SignedIn } from '@/lib/auth/signed-in'
import { normalizeUsername } from '@/lib/auth/username'
import { isConnectorError } from '@/lib/connectors/contract'
import type { Mapping } from '@/lib/contracts/mappings'
import { bigintText } from '@/lib/inbox/bigint-text'
import { mapPerson, unmapPerson, type PersonKey, type PersonRow } from '@/lib/inbox/people/map-person'
import { inTransaction, type Tx } from '@/lib/platform/transaction'
import { AppError } from '@/lib/shared/errors'
import { liveConnection, type LiveConnection } from '../connections/connection-settings'
import { isPolled } from '../connections/polled'
import {
  findUserByName,
  selectMappings,
  usernamesOf,
  type MappingQuery,
  type MappingRow,
  type Position,
} from './mapping-list-store'

/** Who is who: persons of vendor systems and the users they are. */

type Actor = Pick<SignedIn, 'id' | 'username'>

export type MappingRequest = {
  connectionId: string
  username: string
  externalId?: string
  loginName?: string
  replace?: boolean
  history?: 'all' | 'none'
}

export type MappingResult = { personId: string; delivered: number; state: 'mapped' | 'resolving' }

/**
 * Maps a person to a user and delivers what waited. A sign-in name is looked up in the vendor's system; while that
 * is away the mapping is kept, and resolved by the poll when it is back.
 */
export async function putMapping(actor: Actor, request: MappingRequest): Promise<MappingResult> {
  const live = await liveConnection(request.connectionId)
  if (live.row.archivedAt) throw new AppError('not_found')
  const user = await findUserByName(normalizeUsername(request.username))
  if (!user) throw refused('username', '没有这个用户', 'There is no such user')
  const key = await keyOf(live, request)
  const result = await inTransaction(async (tx) => {
    const mapped = await mapPerson(tx, {
      connectionId: live.row.id,
      key,
      userId: user.id,
      replace: request.replace ?? false,
      history: request.history ?? 'none',
      poll: isPolled(live),
      describe: (tx, conflict) => describe(tx, conflict, user),
    })
    const { personId, delivered, replaced } = mapped
    const detail = {
      connectionId: live.row.id,
      username: user.username,
      ...('externalId' in key ? { externalId: key.externalId } : { loginName: key.loginName }),
      history: request.history ?? 'none',
      delivered,
      replaced: replaced.map((person) => person.id),
    }
    await writeAudit(tx, { actor, action: 'mapping.put', subject: personId, detail })
    return mapped
  })
  const { personId, delivered } = result
  return { personId, delivered, state: 'externalId' in key ? 'mapped' : 'resolving' }
}

/** Unmaps a person: the messages are hidden and kept, what arrives then waits. */
export function deleteMapping(actor: Actor, personId: string): Promise<void> {
  return inTransaction(async (tx) => {
    const person = await unmapPerson(tx, personId)
    const detail = { connectionId: person.connectionId, userId: person.userId }
    await writeAudit(tx, { actor, action: 'mapping.delete', subject: personId, detail })
  })
}

/** A page of persons with their users, those with the most waiting messages first. */
export async function listMappings(
  query: MappingQuery & { cursor?: string; limit: number },
): Promise<{ items: Mapping[]; nextCursor: string | null }> {
  const after = query.cursor === undefined ? null : decode(query.cursor)
  const found = await selectMappings(query, { limit: query.limit + 1, after })
  const last = found.length > query.limit ? found[query.limit - 1]! : null
  return { items: found.slice(0, query.limit).map(present), nextCursor: last && encode(last) }
}

async function keyOf(live: LiveConnection, request: MappingRequest): Promise<PersonKey> {
  const { pull, card } = live.connector
  const asked = request.externalId !== undefined ? 'externalId' : 'loginName'
  if (!card.mappingKeys.includes(asked)) {
    throw refused(asked, '这个系统不能这样对应', 'This system has no such key')
  }
  if (request.externalId !== undefined) {
    const externalId = live.connector.personId
      ? live.connector.personId(request.externalId)
      : request.externalId
    if (externalId === null) throw refused('externalId', '不是有效的人员 ID', 'Not an id of that system')
    return { externalId }
  }
  const loginName = request.loginName!
  try {
    const found = pull ? await pull.findPerson(live.context, loginName) : null
    if (!found)
      throw refused('loginName', '对方系统里没有这个登录名', 'That system knows no such sign-in name')
    return found
  } catch (error) {
    if (isConnectorError(error) && error.kind !== 'refused') return { loginName }
    if (isConnectorError(error)) throw refused('loginName', error.detail['zh-CN'], error.detail.en)
    throw error
  }
}

/** Who stands where, naming both: for the refusal of a mapping that would take somebody's place. */
async function describe(
  tx: Tx,
  { person, present }: { person: PersonRow; present: PersonRow | null },
  user: { username: string },
): Promise<string> {
  const name = (one: PersonRow) => one.name ?? one.loginName ?? one.externalId ?? one.id
  const users = await usernamesOf(tx, person.userId ? [person.userId] : [])
  const sentences = [
    ...(person.userId ? [`${name(person)} → ${users.get(person.userId) ?? ''}`] : []),
    ...(present ? [`${user.username} → ${name(present)}`] : []),
  ]
  return `已有对应：${sentences.join('；')}`
}

function refused(field: string, zh: string, en: string): AppError {
  return new AppError('invalid_input', { message: { 'zh-CN': zh, en }, fields: { [field]: zh } })
}

function present(row: MappingRow): Mapping {
  const { userId, username, userName, firstSeenAt, lastSeenAt, ...rest } = row
  return {
    ...rest,
    user: userId ? { id: userId, username: username!, name: userName! } : null,
    resolving: userId !== null && row.externalId === null,
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }
}

function encode({ waiting, personId }: Position): string {
  return Buffer.from(`${waiting} ${personId}`).toString('base64url')
}

function decode(cursor: string): Position {
  const match = /^(\d{1,9}) (\d{1,19})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (!match) throw new AppError('invalid_input', { fields: { cursor: 'cursor' } })
  return { waiting: Number(match[1]), personId: bigintText(match[2]!) }
}
