import { execute, inTransaction, rows, type Tx } from '@/lib/platform/db'
import { preferencesOf, type Role, type Scope, type SignedIn } from '../signed-in'

/** What is read of a session or token for each check: whose it is, and until when. */
export type Facts = { signedIn: SignedIn; expiresAt: number | null }

type UserColumns = {
  id: string
  username: string
  name: string
  role: Role
  preferences: unknown
  stale: boolean
}
type SessionRow = UserColumns & { sessionId: string; expiresAt: Date }
type TokenRow = UserColumns & { tokenId: string; scopes: Scope[]; expiresAt: Date | null }

const USER = `u.id::text as id, u.display_username as username, u.name, u.role, u.preferences`
const ENABLED = 'u.disabled_at is null'
/** "Last seen" and "last used" are written once a minute at most. */
const MINUTE_AGO = `now() - interval '1 minute'`

/** The live session of an enabled user, `null` for any other. Notes that the user was seen. */
export async function readSessionFacts(sessionId: string): Promise<Facts | null> {
  const [row] = await rows<SessionRow>(
    null,
    `select ${USER}, s.id::text as "sessionId", s.expires_at as "expiresAt",
            coalesce(u.last_seen_at < ${MINUTE_AGO}, true) as stale
       from sessions s join users u on u.id = s.user_id
      where s.id = $1::uuid and s.expires_at > now() and ${ENABLED}`,
    sessionId,
  )
  if (!row) return null
  if (row.stale) await touchLastSeen(row.id)
  const signedIn = { ...userOf(row), sessionId: row.sessionId, tokenId: null, scopes: null }
  return { signedIn, expiresAt: row.expiresAt.getTime() }
}

/** The live token of an enabled user, by its SHA-256 or its id; `null` for any other. Notes that it was used. */
export async function readTokenFacts(by: { hash: Uint8Array } | { id: string }): Promise<Facts | null> {
  const [condition, value] = 'id' in by ? ['t.id = $1::uuid', by.id] : ['t.hash = $1', by.hash]
  const [row] = await rows<TokenRow>(
    null,
    `select ${USER}, t.id::text as "tokenId", t.scopes, t.expires_at as "expiresAt",
            coalesce(t.last_used_at < ${MINUTE_AGO}, true) as stale
       from api_tokens t join users u on u.id = t.user_id
      where ${condition} and (t.expires_at is null or t.expires_at > now()) and ${ENABLED}`,
    value,
  )
  if (!row) return null
  if (row.stale) await touchLastUsed(row.tokenId)
  const signedIn = { ...userOf(row), sessionId: null, tokenId: row.tokenId, scopes: row.scopes }
  return { signedIn, expiresAt: row.expiresAt?.getTime() ?? null }
}

function userOf({ id, username, name, role, preferences }: UserColumns) {
  return { id, username, name, role, preferences: preferencesOf(preferences) }
}

async function touchLastSeen(userId: string): Promise<void> {
  const stale = `coalesce(last_seen_at < ${MINUTE_AGO}, true)`
  await execute(null, `update users set last_seen_at = now() where id = $1::uuid and ${stale}`, userId)
}

async function touchLastUsed(tokenId: string): Promise<void> {
  const stale = `coalesce(last_used_at < ${MINUTE_AGO}, true)`
  await execute(null, `update api_tokens set last_used_at = now() where id = $1::uuid and ${stale}`, tokenId)
}

/** Those of these sessions and tokens that still let their user in. */
export async function stillValid(ids: string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    null,
    `select s.id::text as id from sessions s join users u on u.id = s.user_id
      where s.id = any($1::uuid[]) and s.expires_at > now() and ${ENABLED}
     union all
     select t.id::text from api_tokens t join users u on u.id = t.user_id
      where t.id = any($1::uuid[]) and (t.expires_at is null or t.expires_at > now()) and ${ENABLED}`,
    ids,
  )
  return new Set(found.map(({ id }) => id))
}

/**
 * Keeps a session that was just begun only if the user is enabled and the password is still the one that was
 * checked; else removes it again. The locks make it wait for a change that is under way, so that a sign-in can never
 * outlive the change that should have ended it.
 * @returns the session's id
 */
export function confirmSession(token: string, userId: string, passwordHash: string): Promise<string | null> {
  return inTransaction(async (tx) => {
    const [user] = await rows<{ enabled: boolean }>(
      tx,
      'select disabled_at is null as enabled from users where id = $1::uuid for share',
      userId,
    )
    const [account] = await rows<{ password: string | null }>(
      tx,
      `select password from accounts where user_id = $1::uuid and provider_id = 'credential'`,
      userId,
    )
    const keep = user?.enabled === true && account?.password === passwordHash
    const sql = keep
      ? 'select id::text as id from sessions where token = $1'
      : 'delete from sessions where token = $1 returning null as id'
    const [session] = await rows<{ id: string | null }>(tx, sql, token)
    return session?.id ?? null
  })
}

/**
 * Keeps a session that was just begun for a user known otherwise than by a password; false for a disabled user. What
 * must be written with it is, in the same transaction; where that throws, the caller drops the session.
 */
export function keepVouchedSession(
  token: string,
  userId: string,
  alongside: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  return inTransaction(async (tx) => {
    // Whoever disables the user or ends their sessions waits for this lock, or has done so before it.
    const [user] = await rows<{ enabled: boolean }>(
      tx,
      'select disabled_at is null as enabled from users where id = $1::uuid for share',
      userId,
    )
    const [session] = await rows(tx, 'select 1 as found from sessions where token = $1', token)
    if (!user?.enabled || !session) return false
    await alongside(tx)
    return true
  })
}

/** Takes back a session that was begun and told to nobody. */
export async function dropSession(token: string): Promise<void> {
  await execute(null, 'delete from sessions where token = $1', token)
}

/** Ends one session. */
export async function deleteSession(sessionId: string): Promise<void> {
  await execute(null, 'delete from sessions where id = $1::uuid', sessionId)
}

/** Removes sessions that have run out, and tokens a month after they have. */
export async function deleteExpired(): Promise<void> {
  await execute(null, 'delete from sessions where expires_at < now()')
  await execute(null, `delete from api_tokens where expires_at < now() - interval '30 days'`)
}
