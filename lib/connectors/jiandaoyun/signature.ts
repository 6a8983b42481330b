import { createHash, timingSafeEqual } from 'node:crypto'
import type { Authenticity, RawPush } from '../contract'
import { readTimestamp } from './push/send-time'
import type { JiandaoyunSettings } from './settings'

const SIGNATURE_HEADER = 'x-jdy-signature'
const DELIVERY_HEADER = 'x-jdy-deliverid'
const MAX_DELIVERY_ID = 200

// SHA-1 without a key can be extended behind the timestamp, and a colon could move the border between nonce and
// body. Both need characters that these do not allow.
const NONCE = /^[0-9A-Za-z_-]{1,64}$/
const TIMESTAMP = /^\d{10,13}$/
const SIGNATURE = /^(?:sha1=)?([0-9a-f]{40})$/i

/**
 * The signature of a push: SHA-1 (not HMAC) of `nonce:body:secret:timestamp`, over the body's raw bytes (the
 * vendor's developer guide). 20 bytes; on the wire in hexadecimal.
 */
export function jiandaoyunSignature(
  nonce: string,
  body: Uint8Array,
  secret: string,
  timestamp: string,
): Buffer {
  return createHash('sha1').update(`${nonce}:`).update(body).update(`:${secret}:${timestamp}`).digest()
}

/**
 * Whether a push was signed with the connection's secret, or until its end with the one before. The age of the
 * timestamp never refuses: retries come hours later.
 */
export function authenticate(push: RawPush, settings: JiandaoyunSettings, now: Date): Authenticity {
  const header = push.headers[SIGNATURE_HEADER]?.trim()
  if (!header) return { ok: false, reason: 'signature_missing' }
  const nonce = push.query.get('nonce') ?? ''
  if (!NONCE.test(nonce)) return { ok: false, reason: 'nonce_malformed' }
  const timestamp = push.query.get('timestamp') ?? ''
  if (!TIMESTAMP.test(timestamp)) return { ok: false, reason: 'timestamp_malformed' }

  const hex = SIGNATURE.exec(header)?.[1]
  if (!hex) return { ok: false, reason: 'signature_wrong' }
  const signature = Buffer.from(hex, 'hex')
  const signed = liveSecrets(settings, now).some((secret) =>
    timingSafeEqual(signature, jiandaoyunSignature(nonce, push.body, secret, timestamp)),
  )
  return signed ? { ok: true, timestamp: readTimestamp(timestamp) } : { ok: false, reason: 'signature_wrong' }
}

/** The vendor's id of a delivery, the same in its retries. It is not signed. */
export function deliveryId(push: RawPush): string | null {
  const id = push.headers[DELIVERY_HEADER]?.trim() ?? ''
  return id !== '' && id.length <= MAX_DELIVERY_ID ? id : null
}

function liveSecrets({ secret, previousSecret }: JiandaoyunSettings, now: Date): string[] {
  const previous = previousSecret && now < new Date(previousSecret.until) ? [previousSecret.value] : []
  return secret === undefined ? previous : [secret, ...previous]
}
