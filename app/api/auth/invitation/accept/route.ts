import { acceptInvitation } from '@/lib/auth/invitations'
import { sessionUser } from '@/lib/auth/session-user'
import * as contract from '@/lib/contracts/auth'
import { reply, route } from '@/lib/http/route'

export const POST = route(contract.acceptInvitation, async ({ body, request, address }) => {
  const { user, setCookies } = await acceptInvitation(body, { address, headers: request.headers })
  return reply({ user: sessionUser(user) }, { setCookies })
})
