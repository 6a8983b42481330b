import { randomBytes } from 'node:crypto'
import { AppError } from '@/lib/shared/errors'
import { changed } from './sessions/cache'
import { hashToken } from './session'
import type { Scope, SignedIn } from './signed-in'
import { deleteTokenRow, insertToken, selectToken, selectTokens, type TokenRow } from './tokens-store'

/**
 * Makes a token for scripts; it is given this once, only its SHA-256 is kept. A token cannot make one that may do
 * more, or lasts longer, than itself.
 * @param wish without scopes: all that the user may do; `expiresAt` is an ISO time ahead
 */
export async function createToken(
  user: SignedIn,
  { name, scopes = [], expiresAt }: { name: string; scopes?: Scope[]; expiresAt?: string },
): Promise<{ id: string; token: string }> {
  const until = expiresAt === undefined ? null : new Date(expiresAt)
  if (until && until.getTime() <= Date.now()) {
    throw new AppError('invalid_input', {
      message: { 'zh-CN': '到期时间须在将来', en: 'The expiry must be in the future' },
    })
  }
  await refuseEscalation(user, scopes, until)
  const token = `hx_${randomBytes(32).toString('base64url')}`
  const unique = [...new Set(scopes)]
  const id = await insertToken(user, { name, hash: hashToken(token), scopes: unique, expiresAt: until })
  return { id, token }
}

async function refuseEscalation(user: SignedIn, scopes: Scope[], until: Date | null): Promise<void> {
  if (user.tokenId === null) return
  const parent = await selectToken(user.id, user.tokenId)
  if (!parent) throw new AppError('unauthenticated')
  const mayAll = parent.scopes.length === 0
  const within = scopes.length > 0 && scopes.every((scope) => parent.scopes.includes(scope))
  const lasts = parent.expiresAt === null || (until !== null && until <= new Date(parent.expiresAt))
  if ((mayAll || within) && lasts) return
  throw new AppError('forbidden', {
    message: {
      'zh-CN': '令牌不能创建比自己权限更大或有效期更长的令牌',
      en: 'A token cannot make one that may do more or lasts longer than itself',
    },
  })
}

/** The user's tokens, newest first. */
export function listTokens(user: SignedIn): Promise<TokenRow[]> {
  return selectTokens(user.id)
}

/** One of the user's tokens; throws `not_found`. */
export async function getToken(user: SignedIn, id: string): Promise<TokenRow> {
  const token = await selectToken(user.id, id)
  if (!token) throw new AppError('not_found')
  return token
}

/** Ends one of the user's tokens at once; throws `not_found`. */
export async function deleteToken(user: SignedIn, id: string): Promise<void> {
  if (!(await deleteTokenRow(user, id))) throw new AppError('not_found')
  changed(`api_tokens:DELETE:${id}`)
}
