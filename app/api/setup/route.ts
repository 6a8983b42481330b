import { createFirstAdministrator, isSetUpNeeded } from '@/lib/auth/first-administrator'
import { sessionUser } from '@/lib/auth/session-user'
import * as contract from '@/lib/contracts/auth'
import { reply, route } from '@/lib/http/route'

export const GET = route(contract.getSetup, async () => ({ needed: await isSetUpNeeded() }))

export const POST = route(contract.createFirstAdministrator, async ({ body, request, address }) => {
  const { user, setCookies } = await createFirstAdministrator(body, { address, headers: request.headers })
  return reply({ user: sessionUser(user) }, { setCookies })
})
