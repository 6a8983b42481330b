import type { Tx } from '@/lib/platform/transaction'
import { contentOf, type ContentKind } from './content-store'
import type { ToDistribute } from './delivery-store'
import { insertMessages, threadIdOf, type MessageRow } from './message-store'
import { lockInboxes, publish, type InboxEvent } from '../number-store'
import { meetPersons, type Addressee } from './person-store'
import { fileRecipients } from './slot-store'
import { foldPersons, type Folded } from './fold-persons'

/**
 * Writes the messages of a push for these recipients: persons first, then inboxes, both in order, so that pushes,
 * mappings and acts at the same time come one after the other.
 */
export async function writeMessages(tx: Tx, batch: ToDistribute): Promise<void> {
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
  await publish(tx, eventsOf(folded), numbers)
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
  return addressees.map((to) => ({ userId: to.recipient, fresh: [idOf(to)], changed: [] }))
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
