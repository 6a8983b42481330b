import * as contract from '@/lib/contracts/activity'
import { route } from '@/lib/http/route'
import { getHealth } from '@/lib/integrations/connections/health'

export const GET = route(contract.getHealth, () => getHealth())
