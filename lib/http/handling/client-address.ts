/**
 * The client's address. `server.ts` replaces whatever a client sent in `X-Forwarded-For` by the one address that it
 * or its trusted proxies saw; where there is no such server (tests) everybody is `local`.
 */
export function clientAddress(headers: Headers): string {
  const forwarded = headers.get('x-forwarded-for')
  return forwarded?.slice(forwarded.lastIndexOf(',') + 1).trim() || 'local'
}
