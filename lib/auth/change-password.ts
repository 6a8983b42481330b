import { AppError } from '@/lib/shared/errors'
import { attempt } from './limits/attempts'
import { hashPassword, pretendToVerify, verifyPassword } from './password'
import { changed } from './sessions/cache'
import { startSession, type Begun, type From } from './sign-in'
import type { SignedIn } from './signed-in'
import { normalizeUsername } from './username'
import { findPasswordHash, replaceOwnPassword } from './people/users-store'

/**
 * Changes the caller's own password. All their sessions end, this one too, in case somebody has copied it; a new one
 * is begun for this browser. Wrong current passwords count like wrong sign-ins.
 * Throws `wrong_credentials` or `too_many_attempts`.
 */
export async function changePassword(
  user: SignedIn,
  passwords: { current: string; password: string },
  from: From,
): Promise<Begun> {
  const name = normalizeUsername(user.username)
  const replaced = await attempt(name, from.address, async () => {
    const hash = await findPasswordHash(name)
    const right = hash
      ? await verifyPassword(hash, passwords.current)
      : await pretendToVerify(passwords.current)
    if (!hash || !right) return null
    return replaceOwnPassword(user, { from: hash, to: await hashPassword(passwords.password) })
  })
  if (!replaced) throw new AppError('wrong_credentials')
  for (const id of replaced.endedSessions) changed(`sessions:DELETE:${id}`)
  const begun = await startSession({ username: user.username, password: passwords.password }, from.headers)
  // Changed or disabled once more in between.
  if (!begun) throw new AppError('unauthenticated')
  return begun
}
