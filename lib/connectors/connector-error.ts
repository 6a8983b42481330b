import type { Locale } from '@/lib/shared/errors'

/**
 * - `unavailable`: no answer, a time-out, 5xx, a page instead of data, cut-off data: says nothing, try later
 * - `unauthorized`: 401 or a refused account: an administrator must look, try later
 * - `refused`: the system understood and said no
 * - `misconfigured`: the address or the settings cannot work
 */
export type ConnectorErrorKind = 'unavailable' | 'unauthorized' | 'refused' | 'misconfigured'

const BRAND = 'huixin.ConnectorError'

/** What went wrong with a vendor system, in words for an administrator. Carries no secret and no message text. */
export class ConnectorError extends Error {
  readonly brand = BRAND
  constructor(
    readonly kind: ConnectorErrorKind,
    readonly detail: Record<Locale, string>,
    options: { cause?: unknown; retryAfterSeconds?: number; unsent?: boolean } = {},
  ) {
    super(detail.en, { cause: options.cause })
    this.name = 'ConnectorError'
    this.retryAfterSeconds = options.retryAfterSeconds
    this.unsent = options.unsent ?? false
  }
  readonly retryAfterSeconds?: number
  /** The request certainly had no effect: it did not arrive, or was turned away unread. */
  readonly unsent: boolean
}

/** True for a `ConnectorError` of any bundle of this process. */
export function isConnectorError(error: unknown): error is ConnectorError {
  return typeof error === 'object' && error !== null && (error as { brand?: unknown }).brand === BRAND
}
