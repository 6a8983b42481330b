import { changePreferences, sessionUser } from '@/lib/auth/session-user'
import * as contract from '@/lib/contracts/auth'
import { route } from '@/lib/http/route'

export const GET = route(contract.getSession, async ({ user }) => ({ user: sessionUser(user) }))

export const PATCH = route(contract.changePreferences, async ({ user, body }) => ({
  user: await changePreferences(user, body),
}))
