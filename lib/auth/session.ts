import { createHash } from 'node:crypto'
import { shared } from '@/lib/platform/state'
import { AppError } from '@/lib/shared/errors'
import { credentialOf } from './credentials'
import { readSession } from './sessions/library-store'
import { factsOf, knownId, learn } from './sessions/cache'
import { readSessionFacts, readTokenFacts, type Facts } from './sessions/session-store'
import type { SignedIn } from './signed-in'

export { watchSession } from './sessions/watch'
export type { SignedIn } from './signed-in'

/** Who makes a request; `setCookies` must reach the browser, else its session ends early. */
export type Identified = { user: SignedIn | null; setCookies: string[] }

/** A session is renewed for another week once a day of it has passed (sessions/library-store.ts). */
const RENEW_BELOW_MS = 6 * 86_400_000
/** Never-seen credentials that turn out wrong, per address and minute; what is known costs no query and no count. */
const MOST_WRONG = 100
const NOBODY: Identified = { user: null, setCookies: [] }

/**
 * Who is signed in, for pages: they cannot set cookies, so nothing is renewed. `null` for nobody.
 * @param headers of the request
 */
export async function signedInFrom(headers: Headers): Promise<SignedIn | null> {
  return (await identify(headers, null)).user
}

/**
 * Who makes a request, by its bearer token or else its session cookie. A session or token that ended, also elsewhere,
 * lets nobody in from that moment on, ten seconds later at the very latest.
 * @param address the client's, for the limit of wrong credentials; `null`: no limit and no renewal
 * @returns throws `too_many_attempts`
 */
export async function identify(headers: Headers, address: string | null): Promise<Identified> {
  const credential = credentialOf(headers)
  if (!credential) return NOBODY
  const known = knownId(credential.value)
  if (known === null) return NOBODY
  if (known === undefined) refuseNoise(address)
  const found =
    credential.kind === 'token'
      ? await byToken(credential.value, known)
      : await byCookie(credential.value, known, address !== null)
  if (!found.user) {
    learn(credential.value, null)
    noteNoise(address)
  }
  return found
}

async function byToken(token: string, known: string | undefined): Promise<Identified> {
  if (known !== undefined) return of(await factsOf(known, () => readTokenFacts({ id: known })))
  const facts = token.startsWith('hx_') ? await readTokenFacts({ hash: hashToken(token) }) : null
  if (facts?.signedIn.tokenId) learn(token, facts.signedIn.tokenId)
  return of(facts)
}

/** What is kept of a token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

async function byCookie(cookie: string, known: string | undefined, renew: boolean): Promise<Identified> {
  let id = known
  let setCookies: string[] = []
  if (id === undefined) {
    const session = await readSession(cookie, { renew })
    if (!session) return NOBODY
    ;({ sessionId: id, setCookies } = session)
    learn(cookie, id)
  }
  const sessionId = id
  const facts = await factsOf(sessionId, () => readSessionFacts(sessionId))
  const due = facts?.expiresAt && facts.expiresAt - Date.now() < RENEW_BELOW_MS
  if (due && renew && setCookies.length === 0) {
    setCookies = (await readSession(cookie, { renew }))?.setCookies ?? []
  }
  return of(facts, setCookies)
}

function of(facts: Facts | null, setCookies: string[] = []): Identified {
  return facts ? { user: facts.signedIn, setCookies } : NOBODY
}

// ── Floods of wrong credentials ─────────────────────────────────────────────────────────────────────────────────

type Noise = Map<string, { wrong: number; until: number }>
const noise = () => shared<Noise>('auth.noise', () => new Map())

function refuseNoise(address: string | null): void {
  const heard = address === null ? undefined : noise().get(address)
  if (!heard || heard.wrong < MOST_WRONG) return
  const rest = heard.until - Date.now()
  if (rest > 0) throw new AppError('too_many_attempts', { retryAfter: Math.ceil(rest / 1_000) })
}

function noteNoise(address: string | null): void {
  if (address === null) return
  const all = noise()
  const heard = all.get(address)
  if (heard && heard.until > Date.now()) return void heard.wrong++
  if (all.size >= 10_000) all.clear()
  all.set(address, { wrong: 1, until: Date.now() + 60_000 })
}
