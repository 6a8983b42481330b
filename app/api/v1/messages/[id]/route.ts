import * as contract from '@/lib/contracts/messages'
import { route } from '@/lib/http/route'
import { getMessage } from '@/lib/inbox/list/list-messages'

export const GET = route(contract.getMessage, ({ user, params }) => getMessage(user.id, params.id))
