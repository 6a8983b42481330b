import { preferences, type Preferences } from '@/lib/contracts/auth'

export type Role = 'employee' | 'admin'
export type Scope = 'read' | 'write' | 'admin'

/** Who makes a request, and by what: a session or an API token. */
export type SignedIn = {
  id: string
  /** As it was typed when the user was created. */
  username: string
  name: string
  role: Role
  preferences: Preferences
  sessionId: string | null
  tokenId: string | null
  /** Of the token; empty: all that the user may do. `null` for a session. */
  scopes: Scope[] | null
}

const DEFAULTS: Preferences = { markRead: 'onOpen', locale: 'auto', theme: 'system', density: 'comfortable' }

/** The preferences in a user's row, with the ordinary ones where they say nothing or nothing that is known. */
export function preferencesOf(stored: unknown): Preferences {
  const given = typeof stored === 'object' && stored !== null ? stored : {}
  const known = Object.entries(preferences.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse((given as Record<string, unknown>)[name])
    return parsed.success ? [[name, parsed.data]] : []
  })
  return { ...DEFAULTS, ...(Object.fromEntries(known) as Partial<Preferences>) }
}
