import type { Random } from '../../random'
import type { SeeyonOptions } from '../options'
import type { Member } from './world'

/** A token that the REST account holds; `boundTo` is the member whose session it is, if any. */
export interface Token {
  id: string
  userName: string
  boundTo: Member | null
  lastUsedAt: number
}

/** Issues tokens and lets them die when they idle too long. */
export interface Tokens {
  /** A new token, or null for wrong credentials. */
  issue(userName: string, password: string, boundTo: Member | null): Token | null
  /** The token if it is alive, which keeps it alive. */
  use(id: string): Token | null
  alive(): Token[]
  /** How many were issued since the start. */
  issued(): number
  /** Kills all of them, as a restart of Seeyon does. */
  expireAll(): void
}

const TOKEN_LIMIT = 10_000

/** An empty token store that obeys `options` as they change. */
export function createTokens(options: SeeyonOptions, random: Random, now: () => number): Tokens {
  const tokens = new Map<string, Token>()
  let issued = 0

  const isAlive = (token: Token) => now() - token.lastUsedAt < options.tokenIdleMs

  function forgetDead(): void {
    for (const [id, token] of tokens) if (!isAlive(token) || tokens.size > TOKEN_LIMIT) tokens.delete(id)
  }

  return {
    issue(userName, password, boundTo) {
      if (userName !== options.restUser || password !== options.restPassword) return null
      forgetDead()
      const token: Token = { id: random.uuid(), userName, boundTo, lastUsedAt: now() }
      tokens.set(token.id, token)
      issued++
      return token
    },
    use(id) {
      const token = tokens.get(id)
      if (!token || !isAlive(token)) return null
      token.lastUsedAt = now()
      return token
    },
    alive: () => [...tokens.values()].filter(isAlive),
    issued: () => issued,
    expireAll: () => tokens.clear(),
  }
}
