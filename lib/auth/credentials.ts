import { SESSION_COOKIE } from '@/lib/contracts/auth'

/** What a request shows to be let in. */
export type Credential = { kind: 'token'; value: string } | { kind: 'cookie'; value: string }

/**
 * The credential of a request; a bearer token counts before a cookie. `null` without one.
 * Cookies are taken exactly as they were sent: the signature is over that text.
 */
export function credentialOf(headers: Headers): Credential | null {
  const bearer = /^bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer) return { kind: 'token', value: bearer }
  const value = cookieOf(headers, SESSION_COOKIE)
  return value ? { kind: 'cookie', value } : null
}

/** The first cookie of that name, as sent. */
export function cookieOf(headers: Headers, name: string): string | null {
  for (const pair of headers.get('cookie')?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null
  }
  return null
}
