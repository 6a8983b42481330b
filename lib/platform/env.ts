import path from 'node:path'
import { z } from 'zod'
import { projectRoot } from './project-root'
import { shared } from './state'

/** The environment of the process: read once, checked whole, nowhere else read. */
export type Environment = {
  port: number
  host: string
  /** A PostgreSQL server of the company's; `null`: the embedded one. */
  databaseUrl: string | null
  /** Absolute. Holds what must survive: the embedded database, the generated secret. */
  dataDir: string
  /** Public origin without a trailing slash; `null`: whatever the browser calls us. */
  baseUrl: string | null
  /** As given; `appSecret()` is the one in use. */
  appSecret: string | null
  firstAdministrator: { username: string; password: string } | null
  /** How many right-most `X-Forwarded-For` entries are believed. */
  trustedProxies: number
  timeZone: string
  metricsToken: string | null
  logLevel: LogLevel
  role: 'all' | 'web' | 'worker'
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof LOG_LEVELS)[number]

const optional = <T extends z.ZodType>(schema: T) => schema.optional()
const whole = (smallest: number, greatest: number, what: string) =>
  z
    .string()
    .regex(/^\d{1,6}$/, what)
    .transform(Number)
    .refine((n) => n >= smallest && n <= greatest, what)
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function isOrigin(text: string): boolean {
  const url = parsed(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false
  return url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}

const isPostgresUrl = (text: string) => /^postgres(ql)?:$/.test(parsed(text)?.protocol ?? '')

const VARIABLES = z
  .object({
    PORT: optional(whole(0, 65_535, 'must be a port, 0 to 65535')),
    HOST: optional(z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'must be an address or a host name')),
    DATABASE_URL: optional(z.string().refine(isPostgresUrl, 'must begin with postgresql://')),
    DATA_DIR: optional(z.string()),
    BASE_URL: optional(z.string().refine(isOrigin, 'must be like https://inbox.example.com, without a path')),
    APP_SECRET: optional(z.string().min(8, 'must have at least 8 characters')),
    ADMIN_USERNAME: optional(z.string()),
    ADMIN_PASSWORD: optional(z.string()),
    TRUSTED_PROXIES: optional(whole(0, 32, 'must be a number, 0 to 32')),
    TIME_ZONE: optional(z.string().refine(isTimeZone, 'must be a time zone like Asia/Shanghai')),
    METRICS_TOKEN: optional(z.string()),
    LOG_LEVEL: optional(oneOf(LOG_LEVELS)),
    ROLE: optional(oneOf(['all', 'web', 'worker'])),
  })
  .superRefine((given, issues) => {
    const missing = (name: string, message: string) =>
      issues.addIssue({ code: 'custom', path: [name], message })
    if (given.ADMIN_USERNAME && !given.ADMIN_PASSWORD)
      missing('ADMIN_PASSWORD', 'must come with ADMIN_USERNAME')
    if (given.ADMIN_PASSWORD && !given.ADMIN_USERNAME)
      missing('ADMIN_USERNAME', 'must come with ADMIN_PASSWORD')
    if (given.DATABASE_URL && given.ROLE && given.ROLE !== 'all' && !given.APP_SECRET) {
      missing(
        'APP_SECRET',
        `must be given with DATABASE_URL and ROLE=${given.ROLE}, the same to all processes`,
      )
    }
  })

/**
 * Checks and completes the variables of the contract; an empty one counts as absent. Throws an error that names each
 * bad variable, never its value.
 */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== '' && value !== undefined),
  )
  const result = VARIABLES.safeParse(given)
  if (!result.success) {
    const lines = result.error.issues.map(({ path: [name], message }) => `${String(name)}: ${message}`)
    throw new Error(lines.join('\n'))
  }
  const v = result.data
  return {
    port: v.PORT ?? 3000,
    host: v.HOST ?? (v.BASE_URL ? '0.0.0.0' : '127.0.0.1'),
    databaseUrl: v.DATABASE_URL ?? null,
    dataDir: path.resolve(projectRoot(), v.DATA_DIR ?? 'data'),
    baseUrl: v.BASE_URL ? new URL(v.BASE_URL).origin : null,
    appSecret: v.APP_SECRET ?? null,
    firstAdministrator:
      v.ADMIN_USERNAME && v.ADMIN_PASSWORD
        ? { username: v.ADMIN_USERNAME, password: v.ADMIN_PASSWORD }
        : null,
    trustedProxies: v.TRUSTED_PROXIES ?? 0,
    timeZone: v.TIME_ZONE ?? 'Asia/Shanghai',
    metricsToken: v.METRICS_TOKEN ?? null,
    logLevel: v.LOG_LEVEL ?? 'info',
    role: v.ROLE ?? 'all',
  }
}

/** The environment of this process. */
export function environment(): Environment {
  return shared('platform.environment', () => parseEnvironment(process.env))
}
