import { z } from 'zod'
import { operation, time } from './operation'

const cardField = z.object({
  name: z.string(),
  kind: z.enum(['text', 'url', 'secret', 'number', 'choice', 'list', 'switch', 'forward']),
  label: z.string(),
  help: z.string(),
  placeholder: z.string().optional(),
  required: z.boolean(),
  advanced: z.boolean(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
  rotates: z.boolean(),
  /** What this installation lacks for the setting to have an effect: `BASE_URL`, without which no link leads back. */
  lacks: z.enum(['base_url']).optional(),
})
export type CardField = z.infer<typeof cardField>

/** A connector as pages show it, in the reader's language. */
export const connectorCard = z.object({
  connector: z.string(),
  name: z.string(),
  about: z.string(),
  tile: z.object({ letter: z.string(), hue: z.number() }),
  open: z.string(),
  tellsRead: z.boolean(),
  sync: z
    .object({ pending: z.string(), synced: z.string(), failed: z.string(), unread: z.string() })
    .optional(),
  /** What an administrator must know when its pushes keep being refused here. */
  pushOff: z.string().optional(),
  /** Whether it receives pushes (has a webhook address) and whether it is polled. */
  pushes: z.boolean(),
  pulls: z.boolean(),
  /** Whether it can list its members. */
  directory: z.boolean(),
  /** Whether messages can be sent into it, by administrators and by forwarding. */
  sends: z.boolean(),
  fields: z.array(cardField),
  guide: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      text: z.string(),
      picture: z.string().optional(),
      check: z.enum(['received', 'test']).optional(),
    }),
  ),
  mappingKeys: z.array(
    z.object({ key: z.enum(['externalId', 'loginName']), label: z.string(), help: z.string() }),
  ),
  types: z.record(z.string(), z.string()),
  ops: z.record(z.string(), z.string()),
  actions: z.record(z.string(), z.string()),
  checks: z.record(z.string(), z.string()),
})
export type ConnectorCard = z.infer<typeof connectorCard>

export const listConnectors = operation({
  id: 'listConnectors',
  method: 'GET',
  path: '/api/v1/connectors',
  who: 'user',
  tag: 'admin',
  summary: 'The vendors that can be connected: names, setting fields, guide',
  answer: z.object({ items: z.array(connectorCard) }),
})

export const connectionState = z.enum(['setup', 'active', 'failing', 'archived'])

export const connection = z.object({
  id: z.string(),
  connector: z.string(),
  name: z.string(),
  state: connectionState,
  /** Where the vendor pushes to; absent where it does not push. */
  webhookUrl: z.string().optional(),
  /** For single sign-on: where the vendor's system asks whose a ticket is, and where it sends people; absent without. */
  ssoUrls: z.object({ handshake: z.string(), entry: z.string() }).optional(),
  /** Without the secret ones. */
  settings: z.record(z.string(), z.unknown()),
  /** Names of the secret settings that are there. */
  secretsSet: z.array(z.string()),
  setupUntil: time.nullable(),
  createdAt: time,
  archivedAt: time.nullable(),
  lastSuccessAt: time.nullable(),
  failingSince: time.nullable(),
  lastError: z.string().nullable(),
  persons: z.object({ mapped: z.number().int(), unmapped: z.number().int(), waiting: z.number().int() }),
  /** Its members can be listed now. */
  canImportPeople: z.boolean(),
})
export type Connection = z.infer<typeof connection>

const shownHeaders = z.record(z.string(), z.string())
export const connectionDetail = connection.extend({
  /** What reached the address during set-up, newest first. */
  setupCalls: z.array(
    z.object({
      at: time,
      bytes: z.number().int(),
      headers: shownHeaders,
      query: z.string(),
      body: z.string(),
    }),
  ),
  refusals: z.object({
    counts: z.record(z.string(), z.number().int()),
    last: z.array(
      z.object({ at: time, reason: z.string(), address: z.string().nullable(), sample: z.string() }),
    ),
  }),
})
export type ConnectionDetail = z.infer<typeof connectionDetail>

const connectionName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]*$/u)
const settings = z.record(z.string(), z.unknown())
const params = z.object({ id: z.uuid() })

export const listConnections = operation({
  id: 'listConnections',
  method: 'GET',
  path: '/api/v1/admin/connections',
  who: 'admin',
  tag: 'admin',
  summary: 'All connections',
  answer: z.object({ items: z.array(connection) }),
})

export const createConnection = operation({
  id: 'createConnection',
  method: 'POST',
  path: '/api/v1/admin/connections',
  who: 'admin',
  tag: 'admin',
  summary: 'Connects a vendor system',
  body: z.strictObject({
    connector: z.string().max(50),
    name: connectionName,
    settings: settings.default({}),
  }),
  answer: connectionDetail,
  status: 201,
  errors: ['invalid_input', 'name_taken'],
})

export const getConnection = operation({
  id: 'getConnection',
  method: 'GET',
  path: '/api/v1/admin/connections/{id}',
  who: 'admin',
  tag: 'admin',
  summary: 'One connection, with what reached it in set-up and what was refused',
  params,
  answer: connectionDetail,
  errors: ['not_found'],
})

export const changeConnection = operation({
  id: 'changeConnection',
  method: 'PATCH',
  path: '/api/v1/admin/connections/{id}',
  who: 'admin',
  tag: 'admin',
  summary: 'Changes settings: absent keeps, null clears; a new rotating secret keeps the old one for 24 h',
  params,
  body: z.strictObject({
    name: connectionName.optional(),
    settings: settings.optional(),
    /** Opens the set-up window of a connection without a secret for another 30 minutes. */
    reopenSetup: z.literal(true).optional(),
  }),
  answer: connectionDetail,
  errors: ['not_found', 'invalid_input', 'name_taken'],
})

export const deleteConnection = operation({
  id: 'deleteConnection',
  method: 'DELETE',
  path: '/api/v1/admin/connections/{id}',
  who: 'admin',
  tag: 'admin',
  summary: 'Archives: polling stops, unsent write-backs are cancelled; with purge everything is removed',
  params,
  query: z.strictObject({ purge: z.enum(['true', 'false']).optional() }),
  status: 204,
  errors: ['not_found'],
})

export const testConnection = operation({
  id: 'testConnection',
  method: 'POST',
  path: '/api/v1/admin/connections/{id}/test',
  who: 'admin',
  tag: 'admin',
  summary: 'Tries the connection, one check per thing that can be wrong',
  params,
  answer: z.object({
    checks: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        ok: z.boolean(),
        detail: z.string(),
        /** A setting that would mend it: save it with `PATCH` and test again. */
        suggest: z.object({ setting: z.string(), value: z.unknown(), label: z.string() }).optional(),
      }),
    ),
  }),
  errors: ['not_found'],
})

export const getBalance = operation({
  id: 'getBalance',
  method: 'GET',
  path: '/api/v1/admin/connections/{id}/balance',
  who: 'admin',
  tag: 'admin',
  summary: 'Whether everything received is accounted for',
  params,
  answer: z.object({
    received: z.number().int(),
    delivered: z.number().int(),
    waiting: z.number().int(),
    duplicates: z.number().int(),
    dead: z.number().int(),
    difference: z.number().int(),
  }),
  errors: ['not_found'],
})
