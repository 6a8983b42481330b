import { z } from 'zod'
import { password, personName, role, username } from './auth'
import { cursor, operation, time } from './operation'

export const user = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role,
  disabled: z.boolean(),
  createdAt: time,
  lastSeenAt: time.nullable(),
  /** The connections where somebody is mapped to them. */
  connections: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type User = z.infer<typeof user>

export const email = z.email().max(254)

export const listUsers = operation({
  id: 'listUsers',
  method: 'GET',
  path: '/api/v1/admin/users',
  who: 'admin',
  tag: 'admin',
  summary: 'Everyone who can sign in, by username',
  query: z.strictObject({
    q: z.string().max(100).optional(),
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ items: z.array(user), nextCursor: z.string().nullable() }),
})

export const createUser = operation({
  id: 'createUser',
  method: 'POST',
  path: '/api/v1/admin/users',
  who: 'admin',
  tag: 'admin',
  summary: 'Creates a user; without a password they cannot sign in yet',
  body: z.strictObject({
    username,
    name: personName,
    email: email.optional(),
    role: role.default('employee'),
    password: password.optional(),
    disabled: z.boolean().optional(),
  }),
  answer: user,
  status: 201,
  errors: ['name_taken'],
})

export const changeUser = operation({
  id: 'changeUser',
  method: 'PATCH',
  path: '/api/v1/admin/users/{id}',
  who: 'admin',
  tag: 'admin',
  summary: 'Changes a user; disabling ends sessions and polling, new messages wait',
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({
    username: username.optional(),
    name: personName.optional(),
    email: email.nullable().optional(),
    role: role.optional(),
    password: password.optional(),
    disabled: z.boolean().optional(),
  }),
  answer: user,
  errors: ['not_found', 'name_taken', 'last_admin'],
})

export const inviteUsers = operation({
  id: 'inviteUsers',
  method: 'POST',
  path: '/api/v1/admin/users/invite',
  who: 'admin',
  tag: 'admin',
  summary: 'One-time links for users to set their passwords by, shown once; earlier ones end',
  body: z.strictObject({ ids: z.array(z.uuid()).min(1).max(1000) }),
  answer: z.object({
    links: z.array(z.object({ id: z.string(), username: z.string(), name: z.string(), url: z.string() })),
    expiresAt: time,
  }),
  errors: ['not_found', 'invalid_input'],
})
