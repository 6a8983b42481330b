import * as contract from '@/lib/contracts/mappings'
import { route } from '@/lib/http/route'
import { importMembers } from '@/lib/integrations/people/import-members'

export const POST = route(contract.importPeople, ({ user, params }) => importMembers(user, params.id))
