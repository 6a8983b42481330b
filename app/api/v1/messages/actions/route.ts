import * as contract from '@/lib/contracts/messages'
import { route } from '@/lib/http/route'
import { act } from '@/lib/inbox/acts/act'

export const POST = route(contract.actOnMessages, ({ user, body }) => {
  // The schema has seen to it that there are ids, or a filter with its watermark.
  const target = body.ids ? { ids: body.ids } : { filter: body.filter!, through: body.through! }
  return act(user.id, body.action, target, { until: body.until })
})
