import type { User } from '@/lib/contracts/users'
import { db, inTransaction, uniqueViolation, type Tx } from '@/lib/platform/db'
import { AppError } from '@/lib/shared/errors'
import { writeAudit, type AuditValue } from '../audit-store'
import { selectUser } from './user-list-store'
import type { Role, SignedIn } from '../signed-in'
import { normalizeUsername } from '../username'
import {
  countAdministrators,
  endInvitation,
  endSessions,
  endTokens,
  insertUser,
  lockAdministrators,
  lockUser,
  requireAdministrator,
  setPassword,
  storedEmail,
  type NewUser,
} from './users-store'

export type UserChange = {
  username?: string
  name?: string
  email?: string | null
  role?: Role
  passwordHash?: string
  disabled?: boolean
}
/** What was before and is after; `ended` are the changes to tell, as the triggers word them. */
export type ChangedUser = { before: User; after: User; ended: string[] }

/** Creates a user on behalf of an administrator. Throws `name_taken`. */
export function createUserRow(actor: SignedIn, user: NewUser): Promise<User> {
  return takenNames(() =>
    inTransaction(async (tx) => {
      await requireAdministrator(tx, actor)
      const id = await insertUser(tx, user, actor)
      return (await selectUser(tx, id))!
    }),
  )
}

/**
 * Changes a user on behalf of an administrator. Disabling ends sessions, tokens and a one-time link; another password or username
 * ends the sessions, but for the one the change is made in. Throws `not_found`, `name_taken`, `last_admin`.
 */
export function changeUserRow(actor: SignedIn, id: string, change: UserChange): Promise<ChangedUser> {
  return takenNames(() =>
    inTransaction(async (tx) => {
      if (change.role !== undefined || change.disabled !== undefined) await lockAdministrators(tx)
      await requireAdministrator(tx, actor)
      const before = (await lockUser(tx, id)) ? await selectUser(tx, id) : null
      if (!before) throw new AppError('not_found')
      await keepAnAdministrator(tx, before, change)
      await updateUser(tx, before, change)
      const after = (await selectUser(tx, id))!
      const ended = await endAccess(tx, actor, before, after, change)
      await auditChange(tx, actor, before, after, change)
      return { before, after, ended }
    }),
  )
}

async function keepAnAdministrator(tx: Tx, before: User, change: UserChange): Promise<void> {
  const was = before.role === 'admin' && !before.disabled
  const stays = (change.role ?? before.role) === 'admin' && !(change.disabled ?? before.disabled)
  if (was && !stays && (await countAdministrators(tx, before.id)) === 0) throw new AppError('last_admin')
}

async function updateUser(tx: Tx, before: User, change: UserChange): Promise<void> {
  const { username, name, email, role, disabled, passwordHash } = change
  await db(tx).user.update({
    where: { id: before.id },
    data: {
      name,
      role,
      ...(username !== undefined && { username: normalizeUsername(username), displayUsername: username }),
      ...(email !== undefined && { email: storedEmail(before.id, email) }),
      ...(disabled !== undefined &&
        disabled !== before.disabled && { disabledAt: disabled ? new Date() : null }),
    },
  })
  if (passwordHash) await setPassword(tx, before.id, passwordHash)
}

async function endAccess(
  tx: Tx,
  actor: SignedIn,
  before: User,
  after: User,
  change: UserChange,
): Promise<string[]> {
  const { id } = before
  const own = actor.id === id ? actor.sessionId : null
  const renamed = normalizeUsername(before.username) !== normalizeUsername(after.username)
  const sessions = after.disabled
    ? await endSessions(tx, id, null)
    : renamed || change.passwordHash
      ? await endSessions(tx, id, own)
      : []
  const tokens = after.disabled ? await endTokens(tx, id) : []
  if (after.disabled) await endInvitation(tx, id)
  return [
    `users:UPDATE:${id}`,
    ...sessions.map((session) => `sessions:DELETE:${session}`),
    ...tokens.map((token) => `api_tokens:DELETE:${token}`),
  ]
}

async function auditChange(
  tx: Tx,
  actor: SignedIn,
  before: User,
  after: User,
  change: UserChange,
): Promise<void> {
  const detail: Record<string, AuditValue> = {}
  for (const field of ['username', 'name', 'email', 'role', 'disabled'] as const) {
    if (before[field] !== after[field]) detail[field] = { from: before[field], to: after[field] }
  }
  if (change.passwordHash) detail.password = 'changed'
  if (Object.keys(detail).length === 0) return
  await writeAudit(tx, { actor, action: 'user.change', subject: before.id, detail })
}

/** A username or address that somebody else has, as an error that names the field. */
export async function takenNames<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const violated = uniqueViolation(error)
    if (violated?.includes('users_username_key')) {
      throw new AppError('name_taken', {
        message: { 'zh-CN': '这个用户名已被使用', en: 'This username is taken' },
        cause: error,
      })
    }
    if (violated?.includes('users_email_key')) {
      throw new AppError('name_taken', {
        message: { 'zh-CN': '这个邮箱已被使用', en: 'This email address is taken' },
        cause: error,
      })
    }
    throw error
  }
}
