import { inSqlTransaction, type Tx } from '@/lib/platform/transaction'
import { insertContents } from '../intake/content-store'
import { insertMessages, threadIdOf, type MessageRow } from '../intake/message-store'
import { lockInboxes, publish } from '../number-store'
import type { Lease } from './lease-store'
import {
  insertItems,
  knownItems,
  lockLeased,
  moveToRead,
  moveToUnread,
  setMissed,
  type LeasedPerson,
} from './pulled-store'
import { reconcile } from './reconcile'
import { settleReads } from './settle-read-store'
import type { ScanItem } from './scan-item'
import { takeCopies } from './take-copies'

export type { ScanItem } from './scan-item'

export type ScanToApply = {
  kind: 'unread' | 'all'
  complete: boolean
  items: ScanItem[]
  /** `all` has confirmed what vanished. */
  confirmed?: boolean
  /** First contact: pages read anew, nobody is told of arrivals. */
  silent: boolean
  /** A to-do that the vendor says was read there is done; not at first contact, when much was read long ago. */
  readSettles?: boolean
}

export type Applied =
  | { state: 'applied'; fresh: number; changed: number }
  /** So many vanished at once that `all` must be asked; nothing has been believed of them. */
  | { state: 'confirm'; fresh: number; changed: number }
  /** The lease is gone: somebody else polls, or the mapping changed. */
  | { state: 'stale' }

/** Brings a listing of one person's messages into their inbox, in one transaction. */
export function applyScan(lease: Lease, scan: ScanToApply): Promise<Applied> {
  return inSqlTransaction(async (tx): Promise<Applied> => {
    const person = await lockLeased(tx, lease.personId, lease.token)
    if (!person) return { state: 'stale' }
    const numbers = await lockInboxes(tx, [person.userId])
    const number = numbers.get(person.userId)
    if (number === undefined) return { state: 'stale' }
    const known = await knownItems(
      tx,
      lease.personId,
      scan.items.map((item) => item.externalId),
    )
    const verdict = reconcile(known, scan.items, scan)
    const byId = new Map(scan.items.map((item) => [item.externalId, item]))
    const found = verdict.fresh.map((id) => byId.get(id)!)
    const copies = await takeCopies(tx, lease.personId, person, found)
    const fresh = await insertFresh(tx, lease.personId, person, copies.others, number)
    await setMissed(tx, lease.personId, verdict.missedOnce, 1)
    await setMissed(tx, lease.personId, verdict.foundAgain, 0)
    const owner = { personId: lease.personId, userId: person.userId }
    const read = await moveToRead(tx, owner, [...verdict.nowRead, ...copies.read])
    const unread = await moveToUnread(tx, owner, verdict.nowUnread, number)
    if (scan.readSettles && !scan.silent) await settleReads(tx, lease.personId, { read, unread })
    const changed = [...read, ...unread]
    if (fresh.length + changed.length > 0) {
      const unheard = fresh.length > 0 && !scan.silent
      const ids = scan.silent ? [] : [...fresh, ...changed]
      const event = unheard
        ? { kind: 'new' as const, count: fresh.length }
        : { kind: 'changed' as const, count: fresh.length + changed.length }
      await publish(tx, [{ userId: person.userId, ids, ...event }], numbers)
    }
    const state = verdict.confirm.length > 0 ? 'confirm' : 'applied'
    return { state, fresh: fresh.length, changed: changed.length }
  })
}

async function insertFresh(
  tx: Tx,
  personId: string,
  person: LeasedPerson,
  items: ScanItem[],
  number: bigint,
): Promise<string[]> {
  if (items.length === 0) return []
  const { connectionId, userId, epoch } = person
  const contentIds = await insertContents(
    tx,
    connectionId,
    null,
    items.map(({ content, hasLink, externalId }) => ({ content, hasLink, hash: externalId })),
  )
  const now = Date.now()
  const ids = await insertMessages(
    tx,
    items.map(({ externalId, read, content }, i): MessageRow => {
      const key = `i:${externalId}`
      return {
        connectionId,
        personId,
        epoch,
        userId,
        key,
        slot: null,
        contentId: contentIds[i]!,
        threadId: threadIdOf(connectionId, content.threadKey ?? `${personId} ${key}`),
        category: content.category,
        type: content.type,
        urgent: content.important,
        marks: [],
        sentAt: content.sentAt.getTime(),
        readAt: read ? now : null,
        readBy: read ? 'source' : null,
        doneAt: null,
        doneBy: null,
        seq: number.toString(),
      }
    }),
  )
  const messageIds = items.map(({ externalId }) => ids.get(`${personId} i:${externalId}`)!)
  await insertItems(
    tx,
    connectionId,
    personId,
    items.map(({ externalId, read }, i) => ({ externalId, read, messageId: messageIds[i]! })),
  )
  return messageIds
}
