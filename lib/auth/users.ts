import type { z } from 'zod'
import type {
  User,
  changeUser as changeOperation,
  createUser as createOperation,
} from '@/lib/contracts/users'
import type { Tx } from '@/lib/platform/transaction'
import { AppError } from '@/lib/shared/errors'
import { inviteNewUsers, type Link } from './invitations'
import { hashPassword } from './password'
import { changed } from './sessions/cache'
import type { SignedIn } from './signed-in'
import { changeUserRow, createUserRow, takenNames } from './people/user-change-store'
import { selectUsers } from './people/user-list-store'
import { normalizeUsername } from './username'
import { insertUsers, isPlaceholder } from './people/users-store'

export { isPlaceholder, requireAdministrator, shownEmail } from './people/users-store'

/** Users by username, a page at a time; `q` is looked for in usernames and names. */
export async function listUsers({ q, cursor, limit }: { q?: string; cursor?: string; limit: number }) {
  const found = await selectUsers({
    text: normalizeUsername(q?.trim() ?? ''),
    after: cursor ? decodeCursor(cursor) : '',
    limit: limit + 1,
  })
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(last.key) : null }
}

/** Creates a user with an inbox; without a password they cannot sign in yet. Throws `name_taken`. */
export async function createUser(
  actor: SignedIn,
  { password, ...user }: z.output<typeof createOperation.body>,
): Promise<User> {
  refusePlaceholder(user.email)
  const passwordHash = password === undefined ? null : await hashPassword(password)
  return createUserRow(actor, {
    ...user,
    email: user.email ?? null,
    disabled: user.disabled ?? false,
    passwordHash,
  })
}

/**
 * Creates employees in the caller's transaction, with a one-time link each; the caller writes the audit. In their
 * order. Throws `name_taken`.
 */
export function createUsers(
  tx: Tx,
  users: { username: string; name: string; email: string | null }[],
  origin: string,
): Promise<Link[]> {
  if (users.length === 0) return Promise.resolve([])
  return takenNames(async () => {
    const ids = await insertUsers(tx, users)
    const invited = users.map(({ username, name }, i) => ({ id: ids[i]!, username, name }))
    return inviteNewUsers(tx, invited, origin)
  })
}

/**
 * Changes a user, with what must follow here: sessions and tokens end at once, also in other processes. What must
 * follow elsewhere (polling of a disabled user) is for the caller, who is given both states.
 * Throws `not_found`, `name_taken`, `last_admin`.
 */
export async function changeUser(
  actor: SignedIn,
  id: string,
  { password, ...change }: z.output<typeof changeOperation.body>,
): Promise<{ before: User; after: User }> {
  refusePlaceholder(change.email)
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  const { before, after, ended } = await changeUserRow(actor, id, { ...change, passwordHash })
  for (const payload of ended) changed(payload)
  return { before, after }
}

function refusePlaceholder(email: string | null | undefined): void {
  if (!email || !isPlaceholder(email)) return
  throw new AppError('invalid_input', {
    message: { 'zh-CN': '这不是一个邮箱地址', en: 'This is not an email address' },
    fields: { email },
  })
}

const encodeCursor = (key: string) => Buffer.from(key).toString('base64url')

function decodeCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8')
  if (key.includes('\0') || encodeCursor(key) !== cursor) {
    throw new AppError('bad_request', {
      message: { 'zh-CN': '翻页标记无效', en: 'The cursor is not valid' },
    })
  }
  return key
}
