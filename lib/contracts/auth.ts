import { z } from 'zod'
import { operation, time } from './operation'

/** The name stays the same on http and https, so that setting BASE_URL signs nobody out. */
export const SESSION_COOKIE = 'huixin.session_token'

const noControl = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u
/** 1–64 characters of any script, no control characters, no outer spaces; compared without case. */
export const username = z
  .string()
  .regex(noControl)
  .refine((value) => value === value.trim() && [...value].length >= 1 && [...value].length <= 64)
export const password = z.string().min(8).max(128)
export const personName = z
  .string()
  .regex(noControl)
  .refine((value) => value.trim() === value && [...value].length >= 1 && [...value].length <= 100)
export const role = z.enum(['employee', 'admin'])

export const preferences = z.object({
  /** Whether opening the original marks read. */
  markRead: z.enum(['onOpen', 'byHand']),
  locale: z.enum(['auto', 'zh-CN', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
})
export type Preferences = z.infer<typeof preferences>

export const sessionUser = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role,
  preferences,
  /** The server's TIME_ZONE, by which "today" is told. */
  timeZone: z.string(),
})
export type SessionUser = z.infer<typeof sessionUser>

export const signIn = operation({
  id: 'signIn',
  method: 'POST',
  path: '/api/auth/sign-in/username',
  who: 'public',
  tag: 'auth',
  summary: 'Signs in and sets the session cookie',
  body: z.object({ username: z.string().max(200), password: z.string().max(200) }),
  answer: z.object({ user: sessionUser }),
  errors: ['wrong_credentials', 'too_many_attempts'],
})

export const signOut = operation({
  id: 'signOut',
  method: 'POST',
  path: '/api/auth/sign-out',
  who: 'user',
  tag: 'auth',
  summary: 'Ends this session',
  status: 204,
  scope: null,
})

export const getSession = operation({
  id: 'getSession',
  method: 'GET',
  path: '/api/v1/session',
  who: 'user',
  tag: 'auth',
  summary: 'Who is signed in',
  answer: z.object({ user: sessionUser }),
})

export const changePreferences = operation({
  id: 'changePreferences',
  method: 'PATCH',
  path: '/api/v1/session',
  who: 'user',
  tag: 'auth',
  summary: 'Changes the caller’s preferences',
  body: z.strictObject(preferences.partial().shape),
  answer: z.object({ user: sessionUser }),
})

export const changePassword = operation({
  id: 'changePassword',
  method: 'POST',
  path: '/api/auth/change-password',
  who: 'user',
  tag: 'auth',
  summary: 'Changes the caller’s password and ends their other sessions',
  scope: null,
  body: z.strictObject({ current: z.string().max(200), password }),
  status: 204,
  errors: ['wrong_credentials', 'too_many_attempts'],
})

export const getSetup = operation({
  id: 'getSetup',
  method: 'GET',
  path: '/api/setup',
  who: 'public',
  tag: 'auth',
  summary: 'Whether the first administrator is still to be created',
  answer: z.object({ needed: z.boolean() }),
})

export const createFirstAdministrator = operation({
  id: 'createFirstAdministrator',
  method: 'POST',
  path: '/api/setup',
  who: 'public',
  tag: 'auth',
  summary: 'Creates the first administrator with the one-time code of the log, and signs in',
  body: z.strictObject({ code: z.string().min(1).max(64), username, name: personName, password }),
  answer: z.object({ user: sessionUser }),
  status: 201,
  errors: ['wrong_setup_code', 'already_set_up', 'too_many_attempts'],
})

/** A one-time link, by which somebody sets their own password. */
export const getInvitation = operation({
  id: 'getInvitation',
  method: 'POST',
  path: '/api/auth/invitation',
  who: 'public',
  tag: 'auth',
  summary: 'Whose one-time link it is',
  body: z.strictObject({ token: z.string().min(1).max(100) }),
  answer: z.object({ username: z.string(), name: z.string() }),
  errors: ['not_found', 'too_many_attempts'],
})

export const acceptInvitation = operation({
  id: 'acceptInvitation',
  method: 'POST',
  path: '/api/auth/invitation/accept',
  who: 'public',
  tag: 'auth',
  summary: 'Sets the password by a one-time link, and signs in',
  body: z.strictObject({ token: z.string().min(1).max(100), password }),
  answer: z.object({ user: sessionUser }),
  errors: ['not_found', 'too_many_attempts'],
})

const scope = z.enum(['read', 'write', 'admin'])
export const token = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
})

export const createToken = operation({
  id: 'createToken',
  method: 'POST',
  path: '/api/v1/tokens',
  who: 'user',
  tag: 'auth',
  summary: 'Makes a bearer token for scripts; it is shown once',
  body: z.strictObject({
    name: personName,
    /** Without scopes: all that the user may do. */
    scopes: z.array(scope).max(3).optional(),
    expiresAt: time.optional(),
  }),
  answer: z.object({ id: z.string(), token: z.string() }),
  status: 201,
})

export const listTokens = operation({
  id: 'listTokens',
  method: 'GET',
  path: '/api/v1/tokens',
  who: 'user',
  tag: 'auth',
  summary: 'The caller’s tokens',
  answer: z.object({ items: z.array(token) }),
})

const tokenParams = z.object({ id: z.uuid() })

export const getToken = operation({
  id: 'getToken',
  method: 'GET',
  path: '/api/v1/tokens/{id}',
  who: 'user',
  tag: 'auth',
  summary: 'One of the caller’s tokens, without the token itself',
  params: tokenParams,
  answer: token,
  errors: ['not_found'],
})

export const deleteToken = operation({
  id: 'deleteToken',
  method: 'DELETE',
  path: '/api/v1/tokens/{id}',
  who: 'user',
  tag: 'auth',
  summary: 'Ends a token at once',
  params: tokenParams,
  status: 204,
  errors: ['not_found'],
})
