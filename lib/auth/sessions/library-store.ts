import { prismaAdapter } from 'better-auth/adapters/prisma'
import { betterAuth } from 'better-auth/minimal'
import { username } from 'better-auth/plugins/username'
import { SESSION_COOKIE } from '@/lib/contracts/auth'
import { prismaClient } from '@/lib/platform/db'
import { deriveKey } from '@/lib/platform/app-secret'
import { environment } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { shared } from '@/lib/platform/state'
import { isUsername, normalizeUsername } from '../username'
import { vouched } from './vouched-plugin'

/**
 * The sign-in library, set up for us and called from here only: it makes sessions, signs their cookies and renews
 * them. None of its own HTTP routes is mounted; limits, users and tokens are ours.
 */

const DAY = 86_400

function create(client: ReturnType<typeof prismaClient>) {
  const { baseUrl } = environment()
  return betterAuth({
    appName: 'huixin',
    // Never derived from a request; without BASE_URL nothing of it reaches the browser.
    baseURL: baseUrl ?? 'http://localhost',
    secret: deriveKey('sessions.v1').toString('base64url'),
    database: prismaAdapter(client, { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 128 },
    session: { expiresIn: 7 * DAY, updateAge: DAY, cookieCache: { enabled: false } },
    plugins: [
      username({
        // The contract counts characters, the library UTF-16 units: `isUsername` decides.
        minUsernameLength: 1,
        maxUsernameLength: 1_000,
        usernameValidator: isUsername,
        usernameNormalization: normalizeUsername,
      }),
      vouched(),
    ],
    advanced: {
      cookiePrefix: 'huixin',
      useSecureCookies: false,
      defaultCookieAttributes: {
        httpOnly: true,
        sameSite: 'lax',
        secure: baseUrl?.startsWith('https:') ?? false,
      },
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { log: (level, message) => level === 'error' && log('auth').error(message) },
  })
}

type Library = { client: unknown; auth: ReturnType<typeof create> }

function library() {
  const client = prismaClient()
  const holder = shared<{ current: Library | null }>('auth.library', () => ({ current: null }))
  // Another client: the database was closed and opened again.
  if (holder.current?.client !== client) holder.current = { client, auth: create(client) }
  return holder.current.auth
}

export type Started = { userId: string; token: string; setCookies: string[] }

/** Checks the password and begins a session; `null` if they are not right. The headers say from where. */
export async function beginSession(
  credentials: { username: string; password: string },
  headers: Headers,
): Promise<Started | null> {
  try {
    const { headers: answer, response } = await library().api.signInUsername({
      body: credentials,
      headers: originOf(headers),
      returnHeaders: true,
    })
    return { userId: response.user.id, token: response.token, setCookies: answer.getSetCookie() }
  } catch (error) {
    const status = statusOf(error)
    if (status !== null && status < 500) return null
    throw causeOf(error)
  }
}

/** Begins a session for a user who is known otherwise than by a password. The headers say from where. */
export async function beginVouchedSession(userId: string, headers: Headers): Promise<Started> {
  try {
    const { headers: answer, response } = await library().api.beginVouched({
      body: { userId },
      headers: originOf(headers),
      returnHeaders: true,
    })
    return { userId, token: response.token, setCookies: answer.getSetCookie() }
  } catch (error) {
    throw causeOf(error)
  }
}

/**
 * The session behind the exact value of a session cookie, `null` if its signature is wrong or it has ended.
 * @param renew extend it when a day of it has passed; its cookie must then reach the browser
 */
export async function readSession(
  cookie: string,
  { renew }: { renew: boolean },
): Promise<{ sessionId: string; setCookies: string[] } | null> {
  try {
    const { headers, response } = await library().api.getSession({
      headers: new Headers({ cookie: `${SESSION_COOKIE}=${cookie}` }),
      query: { disableCookieCache: true, disableRefresh: !renew },
      returnHeaders: true,
    })
    return response && { sessionId: response.session.id, setCookies: headers.getSetCookie() }
  } catch (error) {
    // It ended while it was being renewed.
    if (statusOf(error) === 401) return null
    throw causeOf(error)
  }
}

/** The `Set-Cookie` headers that make a browser forget its session. */
export async function forgetCookies(): Promise<string[]> {
  const { headers } = await library().api.signOut({ headers: new Headers(), returnHeaders: true })
  return headers.getSetCookie()
}

/** What the library may keep of a request: address and browser, no cookies. */
function originOf(headers: Headers): Headers {
  const kept = new Headers()
  for (const name of ['user-agent', 'x-forwarded-for']) {
    const value = headers.get(name)
    if (value) kept.set(name, value.slice(0, 500))
  }
  return kept
}

/** The status of an error of the library itself; by its shape, for its classes may exist twice in a process. */
function statusOf(error: unknown): number | null {
  const { name, statusCode } = error as { name?: unknown; statusCode?: unknown }
  return name === 'APIError' && typeof statusCode === 'number' ? statusCode : null
}

/** The library wraps what the database threw. */
function causeOf(error: unknown): unknown {
  return statusOf(error) === null ? error : ((error as { cause?: unknown }).cause ?? error)
}
