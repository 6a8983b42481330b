import * as contract from '@/lib/contracts/sending'
import { route } from '@/lib/http/route'
import { sendToUsers } from '@/lib/integrations/sending/send-to-users'

export const POST = route(contract.sendMessage, async ({ user, params, body, locale }) => ({
  result: await sendToUsers(user, params.id, body, locale),
}))
