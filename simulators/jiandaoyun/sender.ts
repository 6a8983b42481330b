import { createRandom } from '../random'
import { signPush } from './signature'

/** What the vendor puts around a body; each can be set, and null leaves it out. */
export interface PushOptions {
  nonce?: string | null
  /** Seconds, as text. */
  timestamp?: string | number | null
  deliverId?: string | null
  /** Instead of the right one; null sends none. */
  signature?: string | null
  /** Before the signature: the vendor's header sample shows `sha1=`, its code nothing (default). */
  prefix?: string
  /** Another secret to sign with. */
  secret?: string
  contentType?: string | null
  /** Milliseconds until giving up, default 10,000. */
  timeoutMs?: number
  webhookUrl?: string
}

/** A push ready for the wire; sending it again repeats it byte for byte. */
export interface PreparedPush {
  url: string
  headers: Record<string, string>
  body: Buffer
  deliverId: string | null
  timeoutMs: number
}

/** How a push ended. status 0: no answer came, and text says why. */
export interface PushAnswer {
  status: number
  text: string
  /** From the first byte sent to the last received. */
  ms: number
  deliverId: string | null
  retryAfter: string | null
}

/** Sends pushes the way Jiandaoyun does. */
export interface Sender {
  prepare(body: unknown, options?: PushOptions): PreparedPush
  send(prepared: PreparedPush): Promise<PushAnswer>
  /** `body`: an object (sent as JSON), or text or bytes sent as they are. Never rejects. */
  push(body: unknown, options?: PushOptions): Promise<PushAnswer>
}

/** What a sender needs. Without a secret, as during set-up, nothing is signed. */
export interface SenderOptions {
  webhookUrl: string
  secret?: string | null
  seed?: number
  /** Epoch milliseconds, default `Date.now`. */
  now?: () => number
}

/** A sender for one connection; nonces and delivery ids are seeded. */
export function createSender(options: SenderOptions): Sender {
  const random = createRandom(options.seed ?? 1)
  const now = options.now ?? Date.now

  function prepare(body: unknown, push: PushOptions = {}): PreparedPush {
    const bytes = toBytes(body)
    const nonce = push.nonce === undefined ? random.hex(6) : push.nonce
    const timestamp = push.timestamp === undefined ? String(Math.floor(now() / 1000)) : push.timestamp
    const deliverId = push.deliverId === undefined ? random.uuid() : push.deliverId
    const secret = push.secret ?? options.secret ?? null
    const signature =
      push.signature !== undefined || secret === null
        ? (push.signature ?? null)
        : signPush(nonce ?? '', bytes, secret, String(timestamp ?? ''))
    const url = new URL(push.webhookUrl ?? options.webhookUrl)
    if (timestamp !== null) url.searchParams.set('timestamp', String(timestamp))
    if (nonce !== null) url.searchParams.set('nonce', nonce)
    const contentType = push.contentType === undefined ? 'application/json' : push.contentType
    return {
      url: url.href,
      headers: {
        ...(contentType === null ? {} : { 'content-type': contentType }),
        ...(signature === null ? {} : { 'x-jdy-signature': `${push.prefix ?? ''}${signature}` }),
        ...(deliverId === null ? {} : { 'x-jdy-deliverid': deliverId }),
      },
      body: bytes,
      deliverId,
      timeoutMs: push.timeoutMs ?? 10_000,
    }
  }

  return { prepare, send: sendPrepared, push: (body, push) => sendPrepared(prepare(body, push)) }
}

/** Sends what was prepared, by this sender or by hand. Never rejects. */
export async function sendPrepared(prepared: PreparedPush): Promise<PushAnswer> {
  const started = performance.now()
  const { deliverId } = prepared
  try {
    const response = await fetch(prepared.url, {
      method: 'POST',
      headers: prepared.headers,
      body: new Uint8Array(prepared.body),
      redirect: 'manual',
      signal: AbortSignal.timeout(prepared.timeoutMs),
    })
    const text = await response.text()
    const retryAfter = response.headers.get('retry-after')
    return { status: response.status, text, ms: performance.now() - started, deliverId, retryAfter }
  } catch (error) {
    return { status: 0, text: reasonOf(error), ms: performance.now() - started, deliverId, retryAfter: null }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

function toBytes(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8')
}
