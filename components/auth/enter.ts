import type { Preferences } from '@/lib/contracts/auth'
import { rememberLocale } from '@/lib/client/device-preferences'

/**
 * Goes in after signing in. The user's language holds from the next page on. A whole new page, so that nothing of
 * an earlier session stays in memory.
 * @param place a path of this site
 */
export function enter(place: string, { locale }: Preferences): void {
  rememberLocale(locale)
  window.location.assign(place)
}
