import { AppError } from '@/lib/shared/errors'
import { attempt } from './limits/attempts'
import { beginSession, forgetCookies } from './sessions/library-store'
import { pretendToVerify } from './password'
import { changed } from './sessions/cache'
import { confirmSession, deleteSession, readSessionFacts } from './sessions/session-store'
import type { SignedIn } from './signed-in'
import { isUsername, normalizeUsername } from './username'
import { findPasswordHash } from './people/users-store'

/** A session that was begun; `setCookies` must be sent with the answer. */
export type Begun = { user: SignedIn; setCookies: string[] }

/** Where a sign-in comes from: the client's address, and the request's headers for the session's record. */
export type From = { address: string; headers: Headers }

/**
 * Signs in with a password. Unknown names, names without a password and disabled users are answered like a wrong
 * password, after the same time. Throws `wrong_credentials` or `too_many_attempts`.
 */
export async function signIn(
  credentials: { username: string; password: string },
  from: From,
): Promise<Begun> {
  const name = normalizeUsername(credentials.username)
  const begun = await attempt(name, from.address, () => startSession(credentials, from.headers))
  if (!begun) throw new AppError('wrong_credentials')
  return begun
}

/** Begins a session if the password is right; `null` if not. No limit is looked at. */
export async function startSession(
  { username, password }: { username: string; password: string },
  headers: Headers,
): Promise<Begun | null> {
  const hash = isUsername(username) ? await findPasswordHash(normalizeUsername(username)) : null
  if (!hash) return (await pretendToVerify(password)) || null
  const started = await beginSession({ username, password }, headers)
  if (!started) return null
  const sessionId = await confirmSession(started.token, started.userId, hash)
  const facts = sessionId ? await readSessionFacts(sessionId) : null
  return facts && { user: facts.signedIn, setCookies: started.setCookies }
}

/** Ends the session; gives the cookies that make the browser forget it. */
export async function signOut(user: SignedIn): Promise<{ setCookies: string[] }> {
  if (user.sessionId) {
    await deleteSession(user.sessionId)
    changed(`sessions:DELETE:${user.sessionId}`)
  }
  return { setCookies: await forgetCookies() }
}
