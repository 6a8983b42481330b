import * as contract from '@/lib/contracts/connections'
import { route } from '@/lib/http/route'
import { getBalance } from '@/lib/integrations/connections/balance'

export const GET = route(contract.getBalance, ({ params }) => getBalance(params.id))
