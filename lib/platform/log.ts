import pino from 'pino'
import { environment } from './env'
import { shared } from './state'

/** The log: JSON lines on stdout, one readable line each in a terminal. Secrets do not get in. */
export type Log = pino.Logger

const SECRET_NAME = /passw(or)?d|secret|token|authorization|cookie|api-?_?key|signature|credential/i
/** Names that merely look like one. */
const HARMLESS_NAME = /^(tokenMode|tokenId|hasSecret|hasToken)$/
const HIDDEN = '[hidden]'
const DEEPEST = 6

/**
 * The object as it may be logged: values of secret names are hidden at any depth, and so are the user and password
 * inside of addresses, wherever they occur in a text.
 */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, `$1${HIDDEN}@`)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth >= DEEPEST) return '[deep]'
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1))
  if (value instanceof Error) return describeError(value, depth)
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const hide = SECRET_NAME.test(name) && !HARMLESS_NAME.test(name) && item !== null && item !== undefined
      return [name, hide ? HIDDEN : withoutSecrets(item, depth + 1)]
    }),
  )
}

function describeError(error: Error, depth: number): unknown {
  const { name, message, stack, cause, ...rest } = error as Error & { cause?: unknown }
  return withoutSecrets(
    { type: name, message, stack, ...rest, ...(cause === undefined ? {} : { cause }) },
    depth,
  )
}

/**
 * The log, or the one of a part of the project.
 * @param part named in each of its lines: `jobs`, `connectors`, …
 */
export function log(part?: string): Log {
  const root = shared('platform.log', create)
  return part ? root.child({ part }) : root
}

/** A bad environment must be reported too. */
function wantedLevel(): string {
  try {
    return environment().logLevel
  } catch {
    return 'info'
  }
}

function create(): Log {
  const options: pino.LoggerOptions = {
    level: wantedLevel(),
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error) => error, error: (error) => error },
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => withoutSecrets(fields) as Record<string, unknown>,
    },
    hooks: {
      // Texts go in as they are; what is put into them by format arguments is looked through too.
      logMethod(args, method) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? withoutSecrets(arg) : arg)) as typeof args,
        )
      },
    },
  }
  return process.stdout.isTTY
    ? pino(options, { write: (line) => process.stdout.write(readable(line)) })
    : pino(options)
}

/** `12:30:05 warn  jobs  the message  {"its":"fields"}` */
export function readable(line: string): string {
  const { level, time, part, msg, ...fields } = JSON.parse(line) as Record<string, unknown>
  const rest = Object.keys(fields).length > 0 ? JSON.stringify(fields) : ''
  const clock = new Date(String(time)).toLocaleTimeString('en-GB')
  return [clock, String(level).padEnd(5), part, msg, rest].filter(Boolean).join('  ') + '\n'
}
