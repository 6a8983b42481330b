import * as contract from '@/lib/contracts/messages'
import { route } from '@/lib/http/route'
import { listMessages } from '@/lib/inbox/list/list-messages'

export const GET = route(contract.listMessages, ({ user, query: { cursor, limit, ...filter } }) =>
  listMessages(user.id, filter, { cursor, limit }),
)
