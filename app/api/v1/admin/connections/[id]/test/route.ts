import * as contract from '@/lib/contracts/connections'
import { route } from '@/lib/http/route'
import { testConnection } from '@/lib/integrations/connections/test-connection'

export const POST = route(contract.testConnection, async ({ params, locale }) => ({
  checks: await testConnection(params.id, locale),
}))
