import type { PushReading, RawPush } from '@/lib/connectors/contract'
import { hashBody, storePush, type NewDelivery } from '@/lib/inbox/intake/store-push'
import { isBatchNotice } from '@/lib/inbox/todos/batches'
import { compareSoon } from '@/lib/inbox/todos/todos'
import { log } from '@/lib/platform/log'
import { countPush, countRefusal } from '@/lib/platform/metrics'
import { defer } from '@/lib/platform/shutdown'
import { AppError } from '@/lib/shared/errors'
import { goLive, type LiveConnection } from '../connections/connection-settings'
import { findConnectionFast } from '../connections/connection-store'
import { forwardRuleOf } from '../forwarding/forward-rule'
import { noteSuccess } from './note-success'
import { noteRefusal } from './refusals'
import { insertSetupCall } from './webhook-store'

export type IncomingPush = {
  connectionId: string
  headers: Headers
  /** The query as it came, without `?`. */
  query: string
  address: string
  isJson: boolean
  /** Reads the raw body; throws `too_large` beyond the limit, bytes. */
  read(limit: number): Promise<Uint8Array>
}

const RETRY_SECONDS = 5
const MOST_BYTES = 1024 * 1024
const MOST_SETUP_BYTES = 64 * 1024
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Takes a push: checked over its raw bytes, committed, then acknowledged. Resolves when the vendor is to be told
 * success; `invalid_signature` for whatever does not prove itself (no such connection included), `too_large`,
 * `not_json`; anything else thrown means that it could not be committed and must come again.
 */
export async function receiveWebhook(push: IncomingPush): Promise<void> {
  const row = UUID.test(push.connectionId) ? await findConnectionFast(push.connectionId) : null
  const live = row && goLive(row)
  if (!live?.connector.webhook) return refuse(push, null, 'no_connection')
  if (live.row.archivedAt === null && !live.connector.webhook.ready(live.settings)) return setUp(push, live)
  const body = await push.read(MOST_BYTES)
  const raw = rawPush(push, body)
  const authenticity = live.connector.webhook.authenticate(raw, live.settings, new Date())
  if (!authenticity.ok) return refuse(push, live.row.id, authenticity.reason, body)
  if (!push.isJson) throw new AppError('not_json')
  const skewSeconds = skewOf(authenticity.timestamp)
  const delivery = deliveryOf(live, raw, { query: push.query, skewSeconds, receivedAt: new Date() })
  const forward = forwardRuleOf(live)
  const { verdict } = await committed(live.row.id, () => storePush({ ...delivery, forward }))
  countPush(live.row.id, verdict)
  noteSuccess(live.row.id)
  if (verdict === 'accepted') askForWhatIsMeant(live, delivery)
}

/** A notice that there is more to do without saying what: the vendor is asked, where it can be. */
function askForWhatIsMeant({ row, connector, settings }: LiveConnection, delivery: NewDelivery): void {
  if (!delivery.content || !isBatchNotice(delivery.content) || !connector.todos?.ready(settings)) return
  const people = delivery.recipients.flatMap((one) => ('externalId' in one ? [one.externalId] : []))
  defer('compare soon', () => compareSoon(row.id, people))
}

/** A push of the log as it is read today. */
export function readDelivery(live: LiveConnection, stored: StoredPush): NewDelivery {
  const { body, headers, query } = stored
  const raw = { body, headers, query: new URLSearchParams(query) }
  return deliveryOf(live, raw, stored)
}

type StoredPush = Arrival & Pick<RawPush, 'body' | 'headers'>
type Arrival = { query: string; skewSeconds: number | null; receivedAt: Date }

/** Whatever keeps a push from being stored, the vendor must send it again. */
async function committed<T>(connectionId: string, store: () => Promise<T>): Promise<T> {
  try {
    return await store()
  } catch (cause) {
    log().error({ err: cause }, 'a push could not be stored')
    countPush(connectionId, 'failed')
    throw new AppError('unavailable', { retryAfter: RETRY_SECONDS, cause })
  }
}

function deliveryOf(live: LiveConnection, raw: RawPush, arrival: Arrival): NewDelivery {
  const { connector } = live
  const webhook = connector.webhook!
  // What an archived connection still gets is kept, and is nobody's message.
  const reading = live.row.archivedAt ? null : readSafely(live, raw, arrival.receivedAt)
  const base = {
    connectionId: live.row.id,
    deliverId: webhook.deliveryId(raw),
    bodyHash: hashBody(raw.body),
    skewSeconds: arrival.skewSeconds,
    query: arrival.query,
    headers: keptHeaders(raw.headers),
    body: raw.body,
    content: null,
    hasLink: false,
    recipients: [],
  }
  if (reading === null) return { ...base, verdict: 'other', reason: 'archived', hasSendTime: true, op: null }
  const { op, hasSendTime } = reading
  if (reading.kind !== 'message') {
    return { ...base, verdict: reading.kind, reason: reading.reason, hasSendTime, op }
  }
  const { content, recipients } = reading
  const hasLink = connector.link.has(content)
  return { ...base, verdict: 'accepted', reason: null, hasSendTime, op, content, hasLink, recipients }
}

/** A reader that fails on a push is our mistake: the push is kept for a later replay, and the vendor is content. */
function readSafely({ connector, settings }: LiveConnection, raw: RawPush, receivedAt: Date): PushReading {
  try {
    return connector.webhook!.read(raw, settings, receivedAt)
  } catch (error) {
    log().error({ err: error, connector: connector.id }, 'a push could not be read')
    return { kind: 'dead', op: null, hasSendTime: false, reason: 'reader_failed' }
  }
}

/** The vendor's own connection test comes before there is a secret: anything is welcome, nothing is read. */
async function setUp(push: IncomingPush, { row }: LiveConnection): Promise<void> {
  if (!row.setupUntil || row.setupUntil.getTime() < Date.now()) return refuse(push, row.id, 'setup_over')
  const body = await push.read(MOST_SETUP_BYTES)
  const headers = keptHeaders(rawPush(push, body).headers)
  await insertSetupCall(row.id, { headers, query: push.query, body: new Uint8Array(body) })
  countPush(row.id, 'setup')
}

function refuse(
  push: IncomingPush,
  connectionId: string | null,
  reason: string,
  body: Uint8Array = new Uint8Array(),
): never {
  noteRefusal(connectionId, reason, push.address, body)
  countRefusal(connectionId, reason)
  throw new AppError('invalid_signature')
}

function rawPush(push: IncomingPush, body: Uint8Array): RawPush {
  return { body, headers: Object.fromEntries(push.headers), query: new URLSearchParams(push.query) }
}

const HIDDEN_HEADERS = new Set(['cookie', 'authorization', 'proxy-authorization'])
const MOST_HEADERS = 60
const HEADER_LENGTH = 1000

/** What of the headers is worth keeping: nothing that could sign somebody in, and not without end. */
function keptHeaders(headers: RawPush['headers']): Record<string, string> {
  const kept = Object.entries(headers)
    .filter(([name]) => !HIDDEN_HEADERS.has(name))
    .slice(0, MOST_HEADERS)
    .map(([name, value]) => [name, value.slice(0, HEADER_LENGTH)])
  return Object.fromEntries(kept) as Record<string, string>
}

/** Seconds by which the vendor's clock is behind ours, a retry's age included. */
function skewOf(timestamp: Date | null): number | null {
  if (!timestamp || Number.isNaN(timestamp.getTime())) return null
  const seconds = Math.round((Date.now() - timestamp.getTime()) / 1000)
  return Math.max(-2_147_483_648, Math.min(2_147_483_647, seconds))
}
