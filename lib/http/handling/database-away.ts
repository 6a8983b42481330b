/** PostgreSQL's, Prisma's and Node's words for: it does not answer, it is going away, it has no connection left. */
const CODES = new Set([
  ...['57P01', '57P02', '57P03', '53300', '08000', '08001', '08003', '08004', '08006'],
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
])
const KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])
/** What the pool and our own closing say carries no code. */
const MESSAGES =
  /^(no database configured|timeout exceeded when trying to connect|Connection terminated|Cannot use a pool after calling end|Client has encountered a connection error)/
const DEEPEST = 6

/**
 * Whether an error says that the database is away or closing, so that trying again later makes sense. Only for errors
 * that come from database code: other connections fail with the same codes.
 */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return false
  const { code, originalCode, kind, message, cause, meta } = error as Record<string, unknown>
  if (CODES.has(String(code)) || CODES.has(String(originalCode)) || KINDS.has(String(kind))) return true
  if (typeof message === 'string' && MESSAGES.test(message)) return true
  const inner = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError
  return isDatabaseAway(inner, depth + 1) || isDatabaseAway(cause, depth + 1)
}
