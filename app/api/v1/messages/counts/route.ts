import * as contract from '@/lib/contracts/messages'
import { route } from '@/lib/http/route'
import { countMessages } from '@/lib/inbox/list/list-messages'

export const GET = route(contract.countMessages, ({ user }) => countMessages(user.id))
