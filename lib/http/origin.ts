import { environment } from '@/lib/platform/env'
import { AppError } from '@/lib/shared/errors'

/**
 * Refuses requests that another site makes with this browser. Without BASE_URL the accepted origin is the one whose
 * host is the request's `Host`: the browser, not the page, writes both.
 * @param mayLack whether a request without an `Origin` is let through: true where no cookie gives it power
 */
export function checkOrigin(headers: Headers, { mayLack }: { mayLack: boolean }): void {
  const origin = headers.get('origin')
  if (origin === null && mayLack) return
  if (origin === null || !isOwnOrigin(origin, headers.get('host'))) throw new AppError('wrong_origin')
}

function isOwnOrigin(origin: string, host: string | null): boolean {
  const { baseUrl } = environment()
  if (baseUrl) return origin === baseUrl
  if (!host || /[/?#@\\]/.test(host) || !URL.canParse(origin)) return false
  const { protocol, host: originHost } = new URL(origin)
  const own = `${protocol}//${host}`
  return /^https?:$/.test(protocol) && URL.canParse(own) && new URL(own).host === originHost
}

/** Where this installation is reached, as far as the request tells: BASE_URL, else what the client called us. */
export function ownOrigin(headers: Headers): string {
  const { baseUrl } = environment()
  return baseUrl ?? `http://${headers.get('host') ?? 'localhost'}`
}
