import * as contract from '@/lib/contracts/deliveries'
import { route } from '@/lib/http/route'
import { replayDelivery } from '@/lib/integrations/webhooks/deliveries'

export const POST = route(contract.replayDelivery, ({ user, params, locale }) =>
  replayDelivery(user, params.id, locale),
)
