import { createHash } from 'node:crypto'
import { shared } from '@/lib/platform/state'
import type { ConnectorError, Context } from '../../contract'
import { shareOf } from '../../turns'
import type { SeeyonSettings } from '../settings'

/** Whose token: the account's own, or one bound to a member (by id). */
export type TokenOwner = 'service' | { memberId: string }

/** What this process knows of one owner's token. */
export type KeptToken = {
  token: string | null
  usedAt: number
  /** Being fetched: whoever else wants it waits for the same. */
  pending: Promise<string> | null
  refusal: { error: ConnectorError; until: number } | null
  /** Endpoint → until when its 401 is not taken for a dead token. */
  fruitless: Map<string, number>
}

/** The tokens of one REST user on one connection. */
type Account = {
  service: KeptToken
  /** By member id, the least recently used first. */
  members: Map<string, KeptToken>
  /** Endpoint → until when it is taken for one that this server does not offer. */
  missing: Map<string, number>
}

/**
 * So many tokens bound to members are kept at once, by all processes together: each is a session in Seeyon, and what sessions do to licences is
 * known nowhere.
 */
export const MOST_BOUND = 50
/** An endpoint that a server has not is not looked for again by every person's poll. */
const MISSING_MS = 60 * 60_000
const MOST_ACCOUNTS = 200

/** What is kept for that owner, from now on the most recently used. */
export function keptToken(context: Context<SeeyonSettings>, owner: TokenOwner): KeptToken {
  const { service, members } = accountOf(context)
  if (owner === 'service') return service
  const kept = members.get(owner.memberId) ?? nothingKept()
  members.delete(owner.memberId)
  members.set(owner.memberId, kept)
  return kept
}

/** Lets go of the bound tokens that are too many, the least recently used first. */
export function dropSpareTokens(context: Context<SeeyonSettings>): void {
  const { members } = accountOf(context)
  let spare = boundTokens(context) - shareOf(MOST_BOUND)
  for (const [memberId, kept] of members) {
    if (spare > 0 && kept.token !== null) {
      kept.token = null
      spare--
    }
    // That an endpoint or the account was refused outlives the token: it must not be tried again at once.
    if (kept.token === null && kept.pending === null && !remembers(kept)) members.delete(memberId)
  }
}

/** How many tokens bound to members are kept just now. */
export function boundTokens(context: Context<SeeyonSettings>): number {
  return [...accountOf(context).members.values()].filter(({ token }) => token !== null).length
}

/** Remembers for an hour that this server does not offer an endpoint, or not to this REST user. */
export function noteMissing(context: Context<SeeyonSettings>, endpoint: string): void {
  accountOf(context).missing.set(endpoint, Date.now() + MISSING_MS)
}

/** Whether the endpoint was found missing within the last hour. */
export function isMissing(context: Context<SeeyonSettings>, endpoint: string): boolean {
  return (accountOf(context).missing.get(endpoint) ?? 0) > Date.now()
}

/** Forgets all that is known of a connection: an administrator wants to know how it is now. */
export function forgetTokens(connectionId: string): void {
  const all = accounts()
  for (const key of all.keys()) if (key.startsWith(`${connectionId} `)) all.delete(key)
}

function accountOf({ connectionId, settings }: Context<SeeyonSettings>): Account {
  const all = accounts()
  const { baseUrl, restUser, restPassword } = settings
  const credentials = createHash('sha256')
    .update(JSON.stringify([baseUrl, restUser, restPassword]))
    .digest('base64')
  const key = `${connectionId} ${credentials}`
  const known = all.get(key)
  if (known) return known
  // Credentials that were changed leave an account behind; whatever is still needed is fetched again.
  if (all.size >= MOST_ACCOUNTS) all.clear()
  const account: Account = { service: nothingKept(), members: new Map(), missing: new Map() }
  all.set(key, account)
  return account
}

function accounts(): Map<string, Account> {
  return shared('connectors.seeyon.tokens', () => new Map<string, Account>())
}

function nothingKept(): KeptToken {
  return { token: null, usedAt: 0, pending: null, refusal: null, fruitless: new Map() }
}

function remembers({ refusal, fruitless }: KeptToken): boolean {
  const now = Date.now()
  return (refusal?.until ?? 0) > now || [...fruitless.values()].some((until) => until > now)
}
