import * as contract from '@/lib/contracts/deliveries'
import { route } from '@/lib/http/route'
import { getDelivery } from '@/lib/integrations/webhooks/deliveries'

export const GET = route(contract.getDelivery, ({ params, locale }) => getDelivery(params.id, locale))
