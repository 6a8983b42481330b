import * as contract from '@/lib/contracts/activity'
import { route } from '@/lib/http/route'
import { listAudit } from '@/lib/integrations/audit-log'

export const GET = route(contract.listAudit, ({ query }) => listAudit(query))
