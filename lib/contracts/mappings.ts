import { z } from 'zod'
import { cursor, flag, idText, operation, time } from './operation'
import { username } from './auth'

export const mapping = z.object({
  personId: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  connector: z.string(),
  externalId: z.string().nullable(),
  loginName: z.string().nullable(),
  name: z.string().nullable(),
  user: z.object({ id: z.string(), username: z.string(), name: z.string() }).nullable(),
  /** The sign-in name is still being looked up. */
  resolving: z.boolean(),
  /** Why the last poll or look-up failed. */
  error: z.string().nullable(),
  waiting: z.number().int(),
  held: z.number().int(),
  firstSeenAt: time,
  lastSeenAt: time,
})
export type Mapping = z.infer<typeof mapping>

export const listMappings = operation({
  id: 'listMappings',
  method: 'GET',
  path: '/api/v1/admin/mappings',
  who: 'admin',
  tag: 'admin',
  summary: 'Persons with their user or none; those with the most waiting messages first',
  query: z.strictObject({
    connection: z.uuid().optional(),
    q: z.string().max(100).optional(),
    unmapped: flag.optional(),
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ items: z.array(mapping), nextCursor: z.string().nullable() }),
})

const externalId = z.string().min(1).max(200)

export const putMapping = operation({
  id: 'putMapping',
  method: 'PUT',
  path: '/api/v1/admin/mappings',
  who: 'admin',
  tag: 'admin',
  summary: 'Says that this person is that user; 202 while the sign-in name cannot be looked up',
  body: z
    .strictObject({
      connectionId: z.uuid(),
      username,
      externalId: externalId.optional(),
      loginName: externalId.optional(),
      replace: z.boolean().optional(),
      history: z.enum(['all', 'none']).optional(),
    })
    .refine((body) => (body.externalId === undefined) !== (body.loginName === undefined), {
      path: ['externalId'],
      error: 'externalId or loginName',
    }),
  answer: z.object({
    personId: z.string(),
    delivered: z.number().int(),
    state: z.enum(['mapped', 'resolving']),
  }),
  errors: ['already_mapped', 'not_found', 'invalid_input'],
})

export const deleteMapping = operation({
  id: 'deleteMapping',
  method: 'DELETE',
  path: '/api/v1/admin/mappings/{personId}',
  who: 'admin',
  tag: 'admin',
  summary: 'Unmaps: their messages are kept but hidden, what arrives then waits',
  params: z.object({ personId: idText }),
  status: 204,
  errors: ['not_found'],
})

export const importPeople = operation({
  id: 'importPeople',
  method: 'POST',
  path: '/api/v1/admin/connections/{id}/people',
  who: 'admin',
  tag: 'admin',
  summary: 'Adds everybody whom the system lists as a person to be mapped; names follow, mappings stay',
  params: z.object({ id: z.uuid() }),
  answer: z.object({
    /** Listed by the system. */
    found: z.number().int(),
    added: z.number().int(),
    /** Were here under another name. */
    changed: z.number().int(),
    /** Of those found: not active there, and not added. */
    inactive: z.number().int(),
  }),
  errors: ['not_found', 'invalid_input', 'source_unavailable'],
})
