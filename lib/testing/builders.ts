import { randomUUID } from 'node:crypto'
import { createHash } from 'node:crypto'
import { execute, inTransaction, rows } from '@/lib/platform/db'
import type { NewDelivery } from '@/lib/inbox/intake/store-push'
import type { Content, Folding } from '@/lib/inbox/message'
import { mapPerson } from '@/lib/inbox/people/map-person'

/** Things to test with, written the way the product writes them. */

/** An employee with an inbox; gives the id. */
export async function aUser(username = `user-${randomUUID()}`, role = 'employee'): Promise<string> {
  const [row] = await rows<{ id: string }>(
    null,
    `with u as (
       insert into users (name, email, username, display_username, role)
       values ($1, $1 || '@users.invalid', $1, $1, $2) returning id
     ), i as (insert into inboxes (user_id) select id from u)
     select id::text from u`,
    username,
    role,
  )
  return row!.id
}

/** A connection; gives the id. */
export async function aConnection(connector = 'test', settings: object = {}): Promise<string> {
  const id = randomUUID()
  await execute(
    null,
    'insert into connections (id, connector, name, settings) values ($1::uuid, $2, $3, $4::jsonb)',
    id,
    connector,
    `connection ${id}`,
    JSON.stringify(settings),
  )
  return id
}

/** Maps a person of the connection to the user; gives the person's id. */
export async function aMapping(
  connectionId: string,
  externalId: string,
  userId: string,
  more: { history?: 'all' | 'none'; replace?: boolean; poll?: boolean } = {},
): Promise<{ personId: string; delivered: number }> {
  return inTransaction((tx) =>
    mapPerson(tx, {
      connectionId,
      key: { externalId },
      userId,
      replace: more.replace ?? false,
      history: more.history ?? 'none',
      poll: more.poll ?? false,
      describe: async () => 'taken',
    }),
  )
}

export function aContent(more: Partial<Content> = {}): Content {
  return {
    category: 'todo',
    type: 'test',
    action: null,
    title: 'A title',
    plainTitle: false,
    subtitle: null,
    text: null,
    fields: [],
    changes: [],
    sender: null,
    sentAt: new Date('2026-01-01T00:00:00.000Z'),
    link: null,
    linkRef: null,
    openType: null,
    count: null,
    important: false,
    threadKey: null,
    folding: null,
    ...more,
  }
}

let pushes = 0

/** A push of this content to these people; every one has a body of its own unless `body` is given. */
export function aDelivery(
  connectionId: string,
  to: string[],
  content: Partial<Content> & { folding?: Folding | null } = {},
  more: Partial<NewDelivery> & { text?: string } = {},
): NewDelivery {
  const serial = ++pushes
  const body = new TextEncoder().encode(more.text ?? `push ${serial}`)
  return {
    connectionId,
    verdict: 'accepted',
    reason: null,
    deliverId: `delivery-${serial}`,
    bodyHash: new Uint8Array(createHash('sha256').update(body).digest()),
    hasSendTime: true,
    op: 'test',
    skewSeconds: null,
    query: '',
    headers: {},
    body,
    content: aContent(content),
    hasLink: false,
    recipients: to.map((externalId) => ({ externalId, name: null })),
    ...more,
  }
}
