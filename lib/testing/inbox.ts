import { randomUUID } from 'node:crypto'
import { listMessages } from '@/lib/inbox/list/list-messages'
import { storePush } from '@/lib/inbox/intake/store-push'
import type { ScanItem } from '@/lib/inbox/pulled/apply-scan'
import type { Content, View } from '@/lib/inbox/message'
import type { Lease } from '@/lib/inbox/pulled/lease-store'
import { rows } from '@/lib/platform/db'
import { aContent, aDelivery } from './builders'

/** What tests of the inbox ask and do again and again. */

/** All messages of a view, in the order of the list. */
export async function inboxOf(userId: string, view: View = 'all') {
  return (await listMessages(userId, { view }, { limit: 200 })).items
}

export async function titlesOf(userId: string, view: View = 'all'): Promise<string[]> {
  return (await inboxOf(userId, view)).map((message) => message.title)
}

/** Pushes one message to a person and gives its id. */
export async function aMessage(
  connectionId: string,
  to: string,
  content: Partial<Content> = {},
): Promise<string> {
  const { deliveryId } = await storePush(aDelivery(connectionId, [to], content))
  const [row] = await rows<{ id: string }>(
    null,
    'select message_id::text as id from recipients where delivery_id = $1::bigint',
    deliveryId,
  )
  return row!.id
}

/** What a listing says of one message. */
export function aListed(
  externalId: string,
  { read = false, ...content }: Partial<Content> & { read?: boolean } = {},
): ScanItem {
  return { externalId, read, content: aContent({ title: externalId, ...content }), hasLink: false }
}

/** A lease of the person, as the poller takes it, without waiting until they are due. */
export async function aLease(personId: string): Promise<Lease> {
  const [row] = await rows<Lease>(
    null,
    `update persons set lease_token = $2::uuid, lease_until = now() + interval '2 minutes' where id = $1::bigint
     returning id::text as "personId", connection_id as "connectionId", external_id as "externalId",
       login_name as "loginName", lease_token as token, backfilled_at is not null as backfilled,
       mapped_at as "seenAt", scanned_at as "scannedAt", pages, newest_first as "newestFirst",
       coalesce(listed_at, backfilled_at) as "listedAt", compared_at as "comparedAt"`,
    personId,
    randomUUID(),
  )
  return row!
}

export type OutboxRow = {
  messageId: string
  state: string
  refusals: number
  dueIn: number
  externalId: string
}

/** What the vendor is still to be told of a person, `dueIn` seconds. */
export function outboxOf(personId: string): Promise<OutboxRow[]> {
  return rows<OutboxRow>(
    null,
    `select message_id::text as "messageId", state, refusals, external_id as "externalId",
       extract(epoch from due_at - now())::float8 as "dueIn"
     from outbox where person_id = $1::bigint order by id`,
    personId,
  )
}
