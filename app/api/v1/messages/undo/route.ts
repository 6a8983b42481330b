import * as contract from '@/lib/contracts/messages'
import { route } from '@/lib/http/route'
import { undo } from '@/lib/inbox/acts/act'

export const POST = route(contract.undoAction, ({ user, body }) => undo(user.id, body.undo))
