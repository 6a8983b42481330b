import * as contract from '@/lib/contracts/import'
import { route } from '@/lib/http/route'
import { importProgress } from '@/lib/integrations/people-file/import-progress'

export const GET = route(contract.getImport, ({ params, locale }) => importProgress(params.job, locale))
