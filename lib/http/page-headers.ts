import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * What a browser may do with our pages. Scripts run only with the number that this one answer carries, so text that
 * slipped through as markup stays without effect. Styles may stand in attributes: many components position with them.
 * @param nonce of this answer
 * @param https the installation's public address is https: the browser shall not go back to http
 */
export function pageHeaders(nonce: string, https: boolean): Record<string, string> {
  const policy = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self' data:`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `frame-src 'none'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'cross-origin-opener-policy': 'same-origin',
    ...(https ? { 'strict-transport-security': 'max-age=15552000' } : {}),
  }
}

/**
 * Puts these headers on the answer, and the nonce into the request, where Next (in the policy) and the layout (in
 * `x-nonce`) look for it.
 */
export function stampPageHeaders(incoming: IncomingMessage, outgoing: ServerResponse, https: boolean): void {
  const nonce = randomBytes(16).toString('base64')
  const headers = pageHeaders(nonce, https)
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
  incoming.headers['x-nonce'] = nonce
  incoming.headers['content-security-policy'] = headers['content-security-policy']
}
