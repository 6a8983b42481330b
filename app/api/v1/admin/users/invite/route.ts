import { inviteUsers } from '@/lib/auth/invitations'
import * as contract from '@/lib/contracts/users'
import { ownOrigin } from '@/lib/http/origin'
import { route } from '@/lib/http/route'

export const POST = route(contract.inviteUsers, ({ user, body, request }) =>
  inviteUsers(user, body.ids, ownOrigin(request.headers)),
)
