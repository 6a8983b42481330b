import { getInvitation } from '@/lib/auth/invitations'
import * as contract from '@/lib/contracts/auth'
import { route } from '@/lib/http/route'

export const POST = route(contract.getInvitation, ({ body, address }) => getInvitation(body.token, address))
