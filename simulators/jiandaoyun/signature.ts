import { createHash } from 'node:crypto'

/**
 * The vendor's signature: plain SHA-1 in lower-case hex over `nonce:body:secret:timestamp`, the body as the
 * bytes on the wire. Not an HMAC.
 */
export function signPush(nonce: string, rawBody: Buffer | string, secret: string, timestamp: string): string {
  return createHash('sha1')
    .update(`${nonce}:`, 'utf8')
    .update(rawBody)
    .update(`:${secret}:${timestamp}`, 'utf8')
    .digest('hex')
}
