import type { Tx } from '@/lib/platform/transaction'
import { contentOf, type ContentKind } from './content-store'
import type { ToDistribute } from './delivery-store'
import { forwardNew, type ForwardRule } from '../forwards/forward-new'
import { insertMessages, threadIdOf, type MessageRow } from './message-store'
import { lockInboxes, publish, type InboxEvent } from '../number-store'
import { meetPersons, type Addressee } from './person-store'
import { fileRecipients } from './slot-store'
import { foldPersons, type Folded } from './fold-persons'

/** Tells open pages what a push has done to the messages of its users. */
export type Announce = (tx: Tx, folded: Folded[], numbers: Map<string, bigint>) => Promise<void>

/** One event per user and push. */
export const announceEach: Announce = (tx, folded, numbers) => publish(tx, eventsOf(folded), numbers)

/** As `announceEach`, and messages that are new and somebody's are passed on as the rule says. */
export function announcing(forward: ForwardRule | null | undefined): Announce {
  if (!forward) return announceEach
  return async (tx, folded, numbers) => {
    await announceEach(tx, folded, numbers)
    const made = folded.flatMap((one) => (one.userId ? one.made : []))
    await forwardNew(tx, forward, made)
  }
}

/**
 * Writes the messages of a push for these recipients: persons first, then inboxes, both in order, so that pushes,
 * mappings and acts at the same time come one after the other.
 */
export async function writeMessages(tx: Tx, batch: ToDistribute, announce = announceEach): Promise<void> {
  const content = await contentOf(tx, batch.contentId)
  const persons = await meetPersons(tx, batch.connectionId, batch.recipients)
  const users = persons.flatMap((person) => person.userId ?? [])
  const numbers = await lockInboxes(tx, users)
  const ledger = new Map(batch.recipients.map((recipient) => [recipient.externalId, recipient.id]))
  const addressees = persons.map((person) => ({
    ...person,
    ledgerId: ledger.get(person.externalId)!,
    recipient: person.userId && numbers.has(person.userId) ? person.userId : null,
  }))
  const folded = content.slot
    ? await foldPersons(tx, batch.connectionId, content.slot, addressees, numbers)
    : await writeAlone(tx, batch.connectionId, content, addressees, numbers)
  await announce(tx, folded, numbers)
}

/** Messages that fold with nothing: one per person and push. */
async function writeAlone(
  tx: Tx,
  connectionId: string,
  content: ContentKind,
  addressees: Addressee[],
  numbers: Map<string, bigint>,
): Promise<Folded[]> {
  const key = `p:${content.hash}`
  const threadId = threadIdOf(connectionId, content.threadKey ?? key)
  const ids = await insertMessages(
    tx,
    addressees.map((to): MessageRow => ({
      connectionId,
      personId: to.id,
      epoch: to.epoch,
      userId: to.recipient,
      key,
      slot: null,
      contentId: content.id,
      threadId,
      category: content.category,
      type: content.type,
      urgent: content.important || content.reminder !== null,
      marks: content.reminder ? [content.reminder] : [],
      sentAt: content.sentAt.getTime(),
      readAt: null,
      readBy: null,
      doneAt: null,
      doneBy: null,
      seq: (to.recipient ? numbers.get(to.recipient)! : 0n).toString(),
    })),
  )
  const idOf = (to: Addressee) => ids.get(`${to.id} ${key}`)!
  await fileRecipients(
    tx,
    addressees.map((to) => ({ id: to.ledgerId, personId: to.id, slot: null, messageId: idOf(to) })),
  )
  return addressees.map((to) => {
    const made = [idOf(to)]
    return { userId: to.recipient, fresh: made, made, changed: [] }
  })
}

/** One event per user: `new` where there is something to see, else `changed`. */
function eventsOf(folded: Folded[]): InboxEvent[] {
  return folded.flatMap(({ userId, fresh, changed }): InboxEvent[] => {
    if (!userId || fresh.length + changed.length === 0) return []
    const ids = [...fresh, ...changed]
    const kind = fresh.length > 0 ? 'new' : 'changed'
    return [{ userId, kind, ids, count: kind === 'new' ? fresh.length : ids.length }]
  })
}
