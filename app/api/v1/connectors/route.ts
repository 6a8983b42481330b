import * as contract from '@/lib/contracts/connections'
import { route } from '@/lib/http/route'
import { describeConnectors } from '@/lib/integrations/connections/describe-connector'

export const GET = route(contract.listConnectors, async ({ locale }) => ({
  items: describeConnectors(locale),
}))
