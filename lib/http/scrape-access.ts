import { createHash, timingSafeEqual } from 'node:crypto'
import { credentialOf } from '@/lib/auth/credentials'
import { getMetrics } from '@/lib/contracts/system'
import { environment } from '@/lib/platform/env'
import { authorise } from './handling/authorise'

/**
 * Lets a scraper in: METRICS_TOKEN as bearer token, else an administrator's session or token. With the former no
 * question is asked of the database. Throws `unauthenticated` or `forbidden`.
 * @returns cookies to send with the answer
 */
export async function admitScraper(request: Request, address: string): Promise<{ setCookies: string[] }> {
  const credential = credentialOf(request.headers)
  const { metricsToken } = environment()
  if (metricsToken !== null && credential?.kind === 'token' && isSame(credential.value, metricsToken)) {
    return { setCookies: [] }
  }
  return authorise({ ...getMetrics, who: 'admin', scope: 'admin' }, request, address)
}

/** In a time that tells nothing of either. */
function isSame(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(right))
}
