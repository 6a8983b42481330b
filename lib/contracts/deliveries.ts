import { z } from 'zod'
import { cursor, idText, operation, time } from './operation'

export const verdict = z.enum(['accepted', 'duplicate', 'dead', 'other'])

/** A push as it arrived, without its bytes. */
export const delivery = z.object({
  id: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  connector: z.string(),
  receivedAt: time,
  verdict,
  /** Why it is a dead letter or nobody's message, in the reader's language. */
  reason: z.string().nullable(),
  op: z.string().nullable(),
  /** Form and title of the message. */
  title: z.string().nullable(),
  sentAt: time.nullable(),
  skewSeconds: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  recipients: z.number().int(),
  duplicateOf: z.string().nullable(),
})
export type Delivery = z.infer<typeof delivery>

export const deliveryDetail = delivery.extend({
  deliverId: z.string().nullable(),
  bodyHash: z.string(),
  query: z.string(),
  headers: z.record(z.string(), z.string()),
  /** The body as text, where it is text; and byte for byte, base64. Null once purged. */
  body: z.string().nullable(),
  bodyBase64: z.string().nullable(),
  /** What became of each recipient, the first 200. */
  ledger: z.array(
    z.object({
      position: z.number().int(),
      externalId: z.string().nullable(),
      name: z.string().nullable(),
      state: z.enum(['delivered', 'waiting', 'duplicate', 'dead']),
      reason: z.string().nullable(),
    }),
  ),
})
export type DeliveryDetail = z.infer<typeof deliveryDetail>

export const listDeliveries = operation({
  id: 'listDeliveries',
  method: 'GET',
  path: '/api/v1/admin/deliveries',
  who: 'admin',
  tag: 'admin',
  summary: 'What arrived, newest first',
  query: z.strictObject({
    verdict: verdict.optional(),
    connection: z.uuid().optional(),
    /** Looked for in title, op, delivery id and recipients. */
    q: z.string().max(100).optional(),
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ items: z.array(delivery), nextCursor: z.string().nullable() }),
})

const params = z.object({ id: idText })

export const getDelivery = operation({
  id: 'getDelivery',
  method: 'GET',
  path: '/api/v1/admin/deliveries/{id}',
  who: 'admin',
  tag: 'admin',
  summary: 'One push byte for byte, and what became of it',
  params,
  answer: deliveryDetail,
  errors: ['not_found'],
})

export const replayDelivery = operation({
  id: 'replayDelivery',
  method: 'POST',
  path: '/api/v1/admin/deliveries/{id}/replay',
  who: 'admin',
  tag: 'admin',
  summary: 'Reads a push again; what is delivered already stays as it is',
  params,
  answer: deliveryDetail,
  errors: ['not_found', 'conflict'],
})
