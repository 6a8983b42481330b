import * as contract from '@/lib/contracts/connections'
import { ownOrigin } from '@/lib/http/origin'
import { route } from '@/lib/http/route'
import { createConnection, getConnection, listConnections } from '@/lib/integrations/connections/connections'

export const GET = route(contract.listConnections, async ({ request }) => ({
  items: await listConnections(ownOrigin(request.headers)),
}))

export const POST = route(contract.createConnection, async ({ user, body, locale, request }) => {
  const id = await createConnection(user, body, locale)
  return getConnection(id, ownOrigin(request.headers))
})
