import { randomBytes } from 'node:crypto'
import type { Tx } from '@/lib/platform/transaction'
import { AppError } from '@/lib/shared/errors'
import {
  findInvitation,
  inviteRows,
  keepInvitations,
  spendInvitation,
  type Invitation,
  type Invited,
} from './invitations-store'
import { attempt } from './limits/attempts'
import { hashPassword } from './password'
import { hashToken } from './session'
import { changed } from './sessions/cache'
import { startSession, type Begun, type From } from './sign-in'
import type { SignedIn } from './signed-in'

/**
 * One-time links, by which people set their own passwords. The token stands behind the `#` of the address, which
 * browsers send to nobody: it is in no log and no referrer. It is told once; only its SHA-256 is kept.
 */
const VALID_MS = 7 * 86_400_000

export type Link = Invited & { url: string }

/** Tokens made in this call, and the addresses they are told by. */
function newLinks(origin: string) {
  const tokens = new Map<string, string>()
  return {
    expiresAt: new Date(Date.now() + VALID_MS),
    hashFor(id: string): Buffer {
      const token = randomBytes(32).toString('base64url')
      tokens.set(id, token)
      return hashToken(token)
    },
    linkOf: (user: Invited): Link => ({ ...user, url: `${origin}/welcome#${tokens.get(user.id)}` }),
  }
}

/**
 * Makes links for users, valid for 7 days; the earlier ones of these users end. All or none: `not_found`, or
 * `invalid_input` for disabled users.
 * @param origin where this installation is reached
 */
export async function inviteUsers(
  actor: SignedIn,
  ids: string[],
  origin: string,
): Promise<{ links: Link[]; expiresAt: string }> {
  const { expiresAt, hashFor, linkOf } = newLinks(origin)
  const invited = await inviteRows(actor, [...new Set(ids)], hashFor, expiresAt)
  return { links: invited.map(linkOf), expiresAt: expiresAt.toISOString() }
}

/** Makes links for users that were created in this transaction. */
export async function inviteNewUsers(tx: Tx, users: Invited[], origin: string): Promise<Link[]> {
  const { expiresAt, hashFor, linkOf } = newLinks(origin)
  const kept = users.map(({ id }) => ({ userId: id, hash: hashFor(id) }))
  await keepInvitations(tx, kept, expiresAt)
  return users.map(linkOf)
}

/** Whose link it is. Wrong tokens count like wrong sign-ins: `not_found`, then `too_many_attempts`. */
export async function getInvitation(token: string, address: string): Promise<Invitation> {
  const found = await attempt('\0invitation', address, () => findInvitation(hashToken(token)))
  if (!found) throw gone()
  return found
}

/**
 * Sets the password by a link, uses the link up, ends the user's sessions and signs in.
 * Throws `not_found` for a link that is used, replaced or too old, `too_many_attempts`.
 */
export async function acceptInvitation(
  { token, password }: { token: string; password: string },
  from: From,
): Promise<Begun> {
  const invitation = await getInvitation(token, from.address)
  const used = await spendInvitation(invitation, hashToken(token), await hashPassword(password))
  if (!used) throw gone()
  for (const id of used.endedSessions) changed(`sessions:DELETE:${id}`)
  const begun = await startSession({ username: invitation.username, password }, from.headers)
  // Changed or disabled once more in between.
  if (!begun) throw new AppError('unauthenticated')
  return begun
}

const gone = () =>
  new AppError('not_found', {
    message: {
      'zh-CN': '链接无效、已用过或已过期，请向管理员要一个新的',
      en: 'This link is not valid, was used or has expired. Ask an administrator for a new one.',
    },
  })
