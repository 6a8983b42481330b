import * as contract from '@/lib/contracts/mappings'
import { reply, route } from '@/lib/http/route'
import { listMappings, putMapping } from '@/lib/integrations/people/map-people'

export const GET = route(contract.listMappings, ({ query }) => listMappings(query))

export const PUT = route(contract.putMapping, async ({ user, body }) => {
  const result = await putMapping(user, body)
  return reply(result, { status: result.state === 'resolving' ? 202 : 200 })
})
