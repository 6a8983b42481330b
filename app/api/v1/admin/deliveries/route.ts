import * as contract from '@/lib/contracts/deliveries'
import { route } from '@/lib/http/route'
import { listDeliveries } from '@/lib/integrations/webhooks/deliveries'

export const GET = route(contract.listDeliveries, ({ query, locale }) => listDeliveries(query, locale))
