import { changeUser } from '@/lib/auth/users'
import * as contract from '@/lib/contracts/users'
import { route } from '@/lib/http/route'
import { afterUserChanged } from '@/lib/integrations/people/after-user-change'

export const PATCH = route(contract.changeUser, async ({ user, params, body }) => {
  const { after } = await changeUser(user, params.id, body)
  // Also where it was so before: asking again finishes what a crash has cut off.
  if (body.disabled !== undefined) await afterUserChanged(after)
  return after
})
