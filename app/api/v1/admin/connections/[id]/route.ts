import * as contract from '@/lib/contracts/connections'
import { ownOrigin } from '@/lib/http/origin'
import { route } from '@/lib/http/route'
import { changeConnection, deleteConnection, getConnection } from '@/lib/integrations/connections/connections'

export const GET = route(contract.getConnection, ({ params, request }) =>
  getConnection(params.id, ownOrigin(request.headers)),
)

export const PATCH = route(contract.changeConnection, async ({ user, params, body, locale, request }) => {
  await changeConnection(user, params.id, body, locale)
  return getConnection(params.id, ownOrigin(request.headers))
})

export const DELETE = route(contract.deleteConnection, async ({ user, params, query }) => {
  await deleteConnection(user, params.id, query.purge === 'true')
})
