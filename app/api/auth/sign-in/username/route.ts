import { sessionUser } from '@/lib/auth/session-user'
import { signIn } from '@/lib/auth/sign-in'
import * as contract from '@/lib/contracts/auth'
import { reply, route } from '@/lib/http/route'

export const POST = route(contract.signIn, async ({ body, request, address }) => {
  const { user, setCookies } = await signIn(body, { address, headers: request.headers })
  return reply({ user: sessionUser(user) }, { setCookies })
})
