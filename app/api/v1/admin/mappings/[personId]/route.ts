import * as contract from '@/lib/contracts/mappings'
import { route } from '@/lib/http/route'
import { deleteMapping } from '@/lib/integrations/people/map-people'

export const DELETE = route(contract.deleteMapping, ({ user, params }) =>
  deleteMapping(user, params.personId),
)
