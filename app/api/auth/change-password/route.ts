import { changePassword } from '@/lib/auth/change-password'
import * as contract from '@/lib/contracts/auth'
import { reply, route } from '@/lib/http/route'

export const POST = route(contract.changePassword, async ({ body, user, request, address }) => {
  const { setCookies } = await changePassword(user, body, { address, headers: request.headers })
  return reply(undefined, { setCookies })
})
