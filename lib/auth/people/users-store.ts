import { randomUUID } from 'node:crypto'
import type { Preferences } from '@/lib/contracts/auth'
import { db, execute, inTransaction, rows, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/shared/errors'
import { writeAudit } from '../audit-store'
import { preferencesOf, type Role, type SignedIn } from '../signed-in'
import { normalizeUsername } from '../username'

/** What a new user needs; the password comes as its hash. */
export type NewUser = {
  username: string
  name: string
  email: string | null
  role: Role
  passwordHash: string | null
  disabled: boolean
}

/** Any number, the same for all who create, promote, demote or disable administrators: one after the other. */
const ADMINISTRATORS_LOCK = 7_210_301
const PLACEHOLDER = '@users.invalid'

/** The stored address of somebody without one: the sign-in library wants each user to have its own. */
export function storedEmail(id: string, email: string | null): string {
  return email?.toLowerCase() ?? `${id}${PLACEHOLDER}`
}

/** The address to show. */
export function shownEmail(stored: string): string | null {
  return stored.endsWith(PLACEHOLDER) ? null : stored
}

/** True for an address that would be taken for "none". */
export function isPlaceholder(email: string): boolean {
  return email.toLowerCase().endsWith(PLACEHOLDER)
}

/** The hash of that user's password, whether disabled or not; `null` without user or password. */
export async function findPasswordHash(normalizedUsername: string): Promise<string | null> {
  const [row] = await rows<{ password: string | null }>(
    null,
    `select a.password from users u join accounts a on a.user_id = u.id and a.provider_id = 'credential'
      where u.username = $1`,
    normalizedUsername,
  )
  return row?.password ?? null
}

/** Takes turns with everybody else who decides by how many administrators there are; until the transaction ends. */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock(${ADMINISTRATORS_LOCK})::text`)
}

/** How many enabled administrators there are, leaving one out. */
export async function countAdministrators(tx: Tx | null, except?: string): Promise<number> {
  return db(tx).user.count({
    where: { role: 'admin', disabledAt: null, ...(except && { NOT: { id: except } }) },
  })
}

/** Throws `forbidden` unless it is an enabled administrator: the request's own check may be some seconds old. */
export async function requireAdministrator(tx: Tx, actor: Pick<SignedIn, 'id'>): Promise<void> {
  const [found] = await rows(
    tx,
    `select 1 as found from users where id = $1::uuid and role = 'admin' and disabled_at is null`,
    actor.id,
  )
  if (!found) throw new AppError('forbidden')
}

/** Adds a user with inbox and password, and gives the id. Throws the unique violation of a taken name or address. */
export async function insertUser(tx: Tx, user: NewUser, actor: SignedIn | null): Promise<string> {
  const id = randomUUID()
  const { username, name, email, role, passwordHash, disabled } = user
  await db(tx).user.create({
    data: {
      id,
      name,
      role,
      username: normalizeUsername(username),
      displayUsername: username,
      email: storedEmail(id, email),
      disabledAt: disabled ? new Date() : null,
    },
  })
  await db(tx).inbox.create({ data: { userId: id } })
  if (passwordHash) await setPassword(tx, id, passwordHash)
  await writeAudit(tx, {
    actor,
    action: 'user.create',
    subject: id,
    detail: { username, name, email, role, disabled },
  })
  return id
}

/**
 * Adds employees with inboxes and without passwords, for SQL transactions too; gives their ids in that order. Throws
 * the unique violation of a taken name or address.
 */
export async function insertUsers(
  tx: Tx,
  users: { username: string; name: string; email: string | null }[],
): Promise<string[]> {
  const ids = users.map(() => randomUUID())
  await execute(
    tx,
    `with added as (
       insert into users (id, username, display_username, name, email)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) returning id)
     insert into inboxes (user_id) select id from added`,
    ids,
    users.map(({ username }) => normalizeUsername(username)),
    users.map(({ username }) => username),
    users.map(({ name }) => name),
    users.map(({ email }, i) => storedEmail(ids[i]!, email)),
  )
  return ids
}

/** Sets the password, for those without one as well. A one-time link to set it by has done its work then. */
export async function setPassword(tx: Tx, userId: string, hash: string): Promise<void> {
  await endInvitation(tx, userId)
  const { account } = db(tx)
  const where = { userId, providerId: 'credential' }
  const { count } = await account.updateMany({ where, data: { password: hash } })
  if (count === 0) await account.create({ data: { ...where, accountId: userId, password: hash } })
}

/** Ends the user's one-time link, if there is one. */
export async function endInvitation(tx: Tx, userId: string): Promise<void> {
  await execute(tx, 'delete from invitations where user_id = $1::uuid', userId)
}

/** Ends the user's sessions, all but one if it is named; gives their ids. */
export async function endSessions(tx: Tx, userId: string, except: string | null): Promise<string[]> {
  const ended = await rows<{ id: string }>(
    tx,
    'delete from sessions where user_id = $1::uuid and id is distinct from $2::uuid returning id::text as id',
    userId,
    except,
  )
  return ended.map(({ id }) => id)
}

/** Ends the user's tokens; gives their ids. */
export async function endTokens(tx: Tx, userId: string): Promise<string[]> {
  const ended = await rows<{ id: string }>(
    tx,
    'delete from api_tokens where user_id = $1::uuid returning id::text as id',
    userId,
  )
  return ended.map(({ id }) => id)
}

/** Locks the user's row, so that no sign-in is confirmed meanwhile (sessions/session-store.ts). */
export async function lockUser(tx: Tx, userId: string): Promise<boolean> {
  return (
    (await rows(tx, 'select id::text from users where id = $1::uuid for no key update', userId)).length > 0
  )
}

/** Replaces the caller's password and ends all their sessions; `null` if it is no longer the one that was checked. */
export function replaceOwnPassword(
  user: SignedIn,
  hash: { from: string; to: string },
): Promise<{ endedSessions: string[] } | null> {
  return inTransaction(async (tx) => {
    await lockUser(tx, user.id)
    const changed = await execute(
      tx,
      `update accounts set password = $3, updated_at = now()
        where user_id = $1::uuid and provider_id = 'credential' and password = $2`,
      user.id,
      hash.from,
      hash.to,
    )
    if (changed === 0) return null
    await endInvitation(tx, user.id)
    const endedSessions = await endSessions(tx, user.id, null)
    await writeAudit(tx, { actor: user, action: 'user.change_password', subject: user.id })
    return { endedSessions }
  })
}

/** Merges the given preferences in; gives all of them. */
export async function updatePreferences(userId: string, change: Partial<Preferences>): Promise<Preferences> {
  const [row] = await rows<{ preferences: unknown }>(
    null,
    `update users set preferences = preferences || $2::jsonb, updated_at = now()
      where id = $1::uuid returning preferences`,
    userId,
    JSON.stringify(change),
  )
  return preferencesOf(row?.preferences)
}
