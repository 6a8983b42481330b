import { writeAudit } from '@/lib/auth/audit'
import type { SignedIn } from '@/lib/auth/signed-in'
import type { CardTexts } from '@/lib/connectors/contract'
import { findConnector } from '@/lib/connectors/registry'
import type { Delivery, DeliveryDetail } from '@/lib/contracts/deliveries'
import {
  getDelivery as wholeDelivery,
  listDeliveries as page,
  type DeliveryRow,
} from '@/lib/inbox/intake/delivery-log'
import { storeAgain } from '@/lib/inbox/intake/store-push'
import { inTransaction } from '@/lib/platform/transaction'
import { AppError, type Locale } from '@/lib/shared/errors'
import { liveConnection } from '../connections/connection-settings'
import { readDelivery } from './receive-webhook'

/** The delivery log, for administrators: what arrived, byte for byte, and what became of it. */

/** Why something is no message, where the core says so and not a connector. */
const REASONS: Record<string, Record<Locale, string>> = {
  delivery: { 'zh-CN': '重复的推送', en: 'A copy of an earlier push' },
  named_twice: { 'zh-CN': '同一条推送里重复出现', en: 'Named twice in one push' },
  archived: { 'zh-CN': '连接已归档', en: 'The connection is archived' },
  test: { 'zh-CN': '连接测试', en: 'A connection test' },
  other_family: { 'zh-CN': '其他类型的推送，不是消息', en: 'Another kind of push, no message' },
  reader_failed: { 'zh-CN': '读取时出错，可以重放', en: 'Reading it failed; it can be replayed' },
}

export async function listDeliveries(
  query: Parameters<typeof page>[0],
  locale: Locale,
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  const { items, nextCursor } = await page(query)
  return { items: items.map((row) => present(row, locale)), nextCursor }
}

/** One delivery with its raw bytes and its ledger; `not_found` without it. */
export async function getDelivery(id: string, locale: Locale): Promise<DeliveryDetail> {
  const { delivery, ledger } = await wholeDelivery(id)
  const body = delivery.body && Buffer.from(delivery.body)
  return {
    ...present(delivery, locale),
    deliverId: delivery.deliverId,
    bodyHash: Buffer.from(delivery.bodyHash).toString('hex'),
    query: delivery.query,
    headers: delivery.headers,
    body: body && body.toString('utf8'),
    bodyBase64: body && body.toString('base64'),
    ledger: ledger.map((row) => ({ ...row, reason: reasonOf(delivery.connector, row.reason, locale) })),
  }
}

/**
 * Reads a push again with what the connector knows today. Copies and purged ones have nothing to read: `conflict`.
 */
export async function replayDelivery(
  actor: Pick<SignedIn, 'id' | 'username'>,
  id: string,
  locale: Locale,
): Promise<DeliveryDetail> {
  const { delivery } = await wholeDelivery(id)
  if (delivery.verdict === 'duplicate' || !delivery.body) {
    const message = {
      'zh-CN': '重复的或已清除内容的推送不能重放',
      en: 'A copy or a purged push cannot be replayed',
    }
    throw new AppError('conflict', { message })
  }
  const live = await liveConnection(delivery.connectionId)
  await storeAgain(id, readDelivery(live, { ...delivery, body: delivery.body }))
  const after = await getDelivery(id, locale)
  await inTransaction((tx) => {
    const detail = { connectionId: delivery.connectionId, before: delivery.verdict, after: after.verdict }
    return writeAudit(tx, { actor, action: 'delivery.replay', subject: id, detail })
  })
  return after
}

function present(row: DeliveryRow, locale: Locale): Delivery {
  return {
    id: row.id,
    connectionId: row.connectionId,
    connectionName: row.connectionName,
    connector: row.connector,
    receivedAt: row.receivedAt.toISOString(),
    verdict: row.verdict,
    reason: reasonOf(row.connector, row.reason, locale),
    op: row.op,
    title: row.title,
    sentAt: row.sentAt?.toISOString() ?? null,
    skewSeconds: row.skewSeconds,
    bytes: row.bytes,
    recipients: row.recipients,
    duplicateOf: row.duplicateOf,
  }
}

function reasonOf(connector: string, reason: string | null, locale: Locale): string | null {
  if (reason === null) return null
  const texts: CardTexts | undefined = findConnector(connector)?.texts[locale]
  return texts?.reasons?.[reason] ?? REASONS[reason]?.[locale] ?? reason
}
