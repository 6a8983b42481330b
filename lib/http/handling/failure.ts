import { AppError, isAppError, type Locale } from '@/lib/shared/errors'
import { isDatabaseAway } from './database-away'

/** Seconds after which trying again makes sense when the database is away. */
const DATABASE_RETRY = 2

/** What a connector throws; http knows no connector, hence by its brand. */
type ConnectorFailure = { detail: Record<Locale, string>; retryAfterSeconds?: number }

function isConnectorFailure(error: unknown): error is ConnectorFailure {
  return (
    typeof error === 'object' && error !== null && 'brand' in error && error.brand === 'huixin.ConnectorError'
  )
}

/** Any error as one that may be told; what nobody expected becomes `internal`, which tells nothing. */
export function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error
  if (isConnectorFailure(error)) {
    const { detail, retryAfterSeconds } = error
    return new AppError('source_unavailable', {
      message: detail,
      retryAfter: retryAfterSeconds,
      cause: error,
    })
  }
  if (isDatabaseAway(error)) return new AppError('unavailable', { retryAfter: DATABASE_RETRY, cause: error })
  return new AppError('internal', { cause: error })
}

/** The answer that every failure has: `{ error: { code, message, fields? } }` and `Retry-After` where it is known. */
export function failureResponse(error: AppError, locale: Locale): Response {
  const { code, status, fields, retryAfter } = error
  const body = JSON.stringify({ error: { code, message: error.in(locale), ...(fields && { fields }) } })
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' }
  if (retryAfter !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfter)))
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  return new Response(body, { status, headers })
}
