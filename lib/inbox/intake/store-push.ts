import { createHash } from 'node:crypto'
import { inSqlTransaction, type Tx } from '@/lib/platform/transaction'
import { enqueue } from '@/lib/platform/queue'
import { insertContents } from './content-store'
import {
  insertDelivery,
  insertRecipients,
  undistributed,
  type LedgerEntry,
  type ToDistribute,
} from './delivery-store'
import { lockDelivery, rewriteDelivery, selectDelivery } from './delivery-list-store'
import type { ForwardRule } from '../forwards/forward-new'
import { announcing, writeMessages } from './distribute'
import type { NewDelivery } from './delivery'

/**
 * The way in for pushes: a delivery, its ledger of recipients and its messages are committed together, before the
 * vendor is answered.
 */
export type { NewDelivery } from './delivery'

export type Intake = { deliveryId: string; verdict: 'accepted' | 'dead' | 'other' | 'duplicate' }

/** Up to here messages are written before the answer; beyond, the worker writes the rest in steps of as many. */
export const AT_ONCE = 500

/** Stores one push in one transaction. Throws if it could not be committed. */
export function storePush(delivery: NewDelivery): Promise<Intake> {
  return inSqlTransaction((tx) => storePushIn(tx, delivery))
}

/** Stores a push in a transaction that does more; `announce` tells open pages of its messages. */
export async function storePushIn(
  tx: Tx,
  delivery: NewDelivery,
  announce = announcing(delivery.forward),
): Promise<Intake> {
  const entries = ledger(delivery)
  const stored = await insertDelivery(tx, delivery, entries.length)
  if (stored.original) return { deliveryId: stored.id, verdict: 'duplicate' }
  const { id } = stored
  const contentId = await storeContent(tx, delivery, id)
  await insertRecipients(tx, { id, connectionId: delivery.connectionId, contentId }, entries)
  const forwardFrom = delivery.forward ? delivery.connectionId : null
  if (contentId) await distributeSome(tx, id, announce, forwardFrom)
  return { deliveryId: id, verdict: delivery.verdict }
}

async function storeContent(tx: Tx, delivery: NewDelivery, deliveryId: string): Promise<string | null> {
  if (!delivery.content) return null
  const bodyHash = Buffer.from(delivery.bodyHash).toString('hex')
  // Without a send time two equal bodies are two pushes, so the hash alone does not tell them apart.
  const hash = delivery.hasSendTime ? bodyHash : `${bodyHash}-${deliveryId}`
  const { connectionId, content, hasLink } = delivery
  const [contentId] = await insertContents(tx, connectionId, deliveryId, [{ content, hash, hasLink }])
  return contentId!
}

/** One ledger row per entry of the push: a person named twice is two, the second a duplicate. */
function ledger(delivery: NewDelivery): LedgerEntry[] {
  const nobody = { externalId: null, name: null }
  if (delivery.verdict === 'other') return []
  if (delivery.verdict === 'dead') return [{ state: 'dead', reason: delivery.reason, ...nobody }]
  const seen = new Set<string>()
  return delivery.recipients.map((recipient) => {
    if ('problem' in recipient) return { state: 'dead', reason: recipient.problem, ...nobody }
    const { externalId, name } = recipient
    const state = seen.has(externalId) ? 'duplicate' : 'accepted'
    seen.add(externalId)
    return { state, reason: state === 'duplicate' ? 'named_twice' : null, externalId, name }
  })
}

/**
 * Writes messages for the next `AT_ONCE` recipients of a delivery, and asks the worker for the rest. `forwardFrom`: the
 * connection whose rule says what of the rest is passed on.
 */
async function distributeSome(
  tx: Tx,
  deliveryId: string,
  announce = announcing(null),
  forwardFrom: string | null = null,
): Promise<void> {
  const batch = await undistributed(tx, deliveryId, AT_ONCE + 1)
  if (!batch) return
  const more = batch.recipients.length > AT_ONCE
  await writeMessages(tx, more ? firstOnes(batch) : batch, announce)
  if (!more) return
  const payload = { deliveryId, ...(forwardFrom && { forwardFrom }) }
  await enqueue(tx, 'distribute', payload, { key: `distribute:${deliveryId}` })
}

function firstOnes(batch: ToDistribute): ToDistribute {
  return { ...batch, recipients: batch.recipients.slice(0, AT_ONCE) }
}

/**
 * Stores a push that is in the log already, as it is read now: a dead letter may have become a message, and a push
 * that was cut short is written to its end. What is delivered stays as it is, however often this runs.
 */
export function storeAgain(id: string, delivery: NewDelivery): Promise<void> {
  return inSqlTransaction(async (tx) => {
    await lockDelivery(tx, id)
    const stored = await selectDelivery(id, tx)
    if (!stored || stored.verdict === 'duplicate') return
    if (stored.verdict !== 'accepted') {
      const entries = ledger(delivery)
      const sentAt = delivery.content?.sentAt ?? null
      await rewriteDelivery(tx, id, { ...delivery, recipients: entries.length, sentAt })
      const contentId = await storeContent(tx, delivery, id)
      await insertRecipients(tx, { id, connectionId: delivery.connectionId, contentId }, entries)
    }
    await distributeSome(tx, id)
  })
}

/** The worker's part of a large push; safe to run again. `forward`: the rule of the connection it came from. */
export function distribute(
  deliveryId: string,
  forward: { from: string; rule: ForwardRule } | null = null,
): Promise<void> {
  const announce = announcing(forward?.rule)
  return inSqlTransaction((tx) => distributeSome(tx, deliveryId, announce, forward?.from ?? null))
}

/** SHA-256 of the raw bytes: what a push is known again by. */
export function hashBody(body: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(body).digest())
}
