import type { Preferences, SessionUser } from '@/lib/contracts/auth'
import { environment } from '@/lib/platform/env'
import { changed } from './sessions/cache'
import { updatePreferences } from './people/users-store'
import type { SignedIn } from './signed-in'

/** The signed-in user as the browser sees them. */
export function sessionUser({ id, username, name, role, preferences }: SignedIn): SessionUser {
  return { id, username, name, role, preferences, timeZone: environment().timeZone }
}

/** Changes the given preferences and gives the user with all of them. */
export async function changePreferences(user: SignedIn, change: Partial<Preferences>): Promise<SessionUser> {
  const preferences = await updatePreferences(user.id, change)
  changed(`users:UPDATE:${user.id}`)
  return sessionUser({ ...user, preferences })
}
