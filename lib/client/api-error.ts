import type { ErrorCode } from '@/lib/shared/errors'

/**
 * `offline`: nothing answered. `unreadable`: something answered that is not this API (a proxy's page, an answer
 * that does not fit its contract). Other codes are the server's own; a newer server may know more of them.
 */
export type ApiErrorCode = ErrorCode | 'offline' | 'unreadable' | (string & {})

type Details = {
  /** HTTP status; 0 where nothing answered. */
  status: number
  message: string
  /** Field path → what is wrong with it, in the reader's language. */
  fields?: Record<string, string>
  /** Seconds. */
  retryAfter?: number
  cause?: unknown
}

/** What a call of the API throws. `message` is the server's sentence, in the reader's language where it sent one. */
export class ApiError extends Error {
  readonly code: ApiErrorCode
  readonly status: number
  readonly fields?: Record<string, string>
  readonly retryAfter?: number

  constructor(code: ApiErrorCode, details: Details) {
    super(details.message, { cause: details.cause })
    this.name = 'ApiError'
    this.code = code
    this.status = details.status
    this.fields = details.fields
    this.retryAfter = details.retryAfter
  }
}

/** True for what `call` throws. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError
}
