import { z } from 'zod'
import { cursor, operation, time } from './operation'

export const connectionHealth = z.object({
  id: z.string(),
  name: z.string(),
  connector: z.string(),
  state: z.enum(['setup', 'active', 'failing', 'archived']),
  lastSuccessAt: time.nullable(),
  failingSince: time.nullable(),
  lastError: z.string().nullable(),
  lastErrorAt: time.nullable(),
  /** When the next call is tried while it is failing. */
  retryAt: time.nullable(),
  /** Seconds by which the latest poll is late; null where nobody is polled. */
  lagSeconds: z.number().int().nullable(),
  /** Persons being polled, and due for it now. */
  polled: z.number().int(),
  due: z.number().int(),
  /** Reads the system still has to be told, and those it refused. */
  outbox: z.object({ pending: z.number().int(), failed: z.number().int() }),
  /** Messages passed on to it: still to be sent, refused, and those of which nobody knows whether they arrived. */
  forwards: z
    .object({ pending: z.number().int(), refused: z.number().int(), unclear: z.number().int() })
    .optional(),
  waiting: z.number().int(),
  dead: z.number().int(),
  unmapped: z.number().int(),
  refused: z.number().int(),
  balance: z.object({
    received: z.number().int(),
    delivered: z.number().int(),
    waiting: z.number().int(),
    duplicates: z.number().int(),
    dead: z.number().int(),
    difference: z.number().int(),
  }),
})
export type ConnectionHealth = z.infer<typeof connectionHealth>

export const getHealth = operation({
  id: 'getHealth',
  method: 'GET',
  path: '/api/v1/admin/health',
  who: 'admin',
  tag: 'admin',
  summary: 'Whether everything flows, per connection',
  answer: z.object({ connections: z.array(connectionHealth), openPages: z.number().int() }),
})

export const auditEntry = z.object({
  id: z.string(),
  at: time,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  /** What the subject is called, where that is known. */
  subjectName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const listAudit = operation({
  id: 'listAudit',
  method: 'GET',
  path: '/api/v1/admin/audit',
  who: 'admin',
  tag: 'admin',
  summary: 'Who changed what, newest first',
  query: z.strictObject({
    actor: z.string().max(100).optional(),
    action: z.string().max(100).optional(),
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ items: z.array(auditEntry), nextCursor: z.string().nullable() }),
})
