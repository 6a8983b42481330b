import { inTransaction, type Tx } from '@/lib/platform/transaction'
import { AppError } from '@/lib/shared/errors'
import { signedInFrom } from './session'
import { changed } from './sessions/cache'
import { beginVouchedSession } from './sessions/library-store'
import { deleteSession, dropSession, keepVouchedSession } from './sessions/session-store'

/**
 * Signs in a user whom another system vouches for, in place of whoever was signed in in that browser; a session that
 * is this user's already goes on.
 * @param headers of the request: its session, and from where it comes
 * @param alongside what else must be true; runs in the transaction that keeps the session and undoes it by throwing
 * @returns the cookies to send; throws what `alongside` throws, and `forbidden` for a user who is disabled
 */
export async function signInVouched(
  userId: string,
  headers: Headers,
  alongside: (tx: Tx) => Promise<void>,
): Promise<{ setCookies: string[] }> {
  const present = await signedInFrom(headers)
  if (present?.sessionId && present.id === userId) {
    await inTransaction(alongside)
    return { setCookies: [] }
  }
  const { token, setCookies } = await beginVouchedSession(userId, headers)
  try {
    const enabled = await keepVouchedSession(token, userId, alongside)
    if (!enabled) throw new AppError('forbidden')
  } catch (error) {
    // Nobody was told of it; while the database is away it stays until it runs out.
    await dropSession(token).catch(() => {})
    throw error
  }
  if (present?.sessionId) {
    await deleteSession(present.sessionId)
    changed(`sessions:DELETE:${present.sessionId}`)
  }
  return { setCookies }
}
