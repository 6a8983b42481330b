import type { Tx } from '@/lib/platform/transaction'
import { findOriginals, markArrived } from '../forwards/copy-store'
import { askToTell } from '../outbox/ask-to-tell'
import { writeReads } from '../outbox/outbox-store'
import { insertItems, type LeasedPerson } from './pulled-store'
import type { ScanItem } from './scan-item'

/**
 * Takes out of what a scan has found for the first time the copies of messages that were forwarded to this person:
 * they become no messages, but stand for the ones they were made of. Where such a one has been read here already, the
 * system is told at once.
 * @returns what remains, and those copies that are read over there (their originals are to follow)
 */
export async function takeCopies(
  tx: Tx,
  personId: string,
  { connectionId, userId }: LeasedPerson,
  fresh: ScanItem[],
): Promise<{ others: ScanItem[]; read: string[] }> {
  const tokens = fresh.flatMap(({ echo }) => echo ?? [])
  if (tokens.length === 0) return { others: fresh, read: [] }
  const found = await findOriginals(tx, { connectionId, personId, userId }, tokens)
  const originals = new Map(found.map((original) => [original.token, original]))
  const others: ScanItem[] = []
  const copies: { item: ScanItem; messageId: string; readHere: boolean }[] = []
  for (const item of fresh) {
    const original = item.echo ? originals.get(item.echo) : undefined
    if (!original) others.push(item)
    else copies.push({ item, ...original })
    // A token counts once.
    originals.delete(item.echo ?? '')
  }
  if (copies.length === 0) return { others, read: [] }
  await markArrived(
    tx,
    copies.flatMap(({ item }) => item.echo ?? []),
  )
  await insertItems(
    tx,
    connectionId,
    personId,
    copies.map(({ item, messageId }) => ({ externalId: item.externalId, read: false, messageId })),
  )
  const behind = copies.filter(({ item, readHere }) => readHere && !item.read)
  const due = await writeReads(
    tx,
    userId,
    behind.map(({ messageId }) => messageId),
    0,
  )
  await askToTell(tx, due)
  return { others, read: copies.filter(({ item }) => item.read).map(({ item }) => item.externalId) }
}
