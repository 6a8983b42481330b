import * as contract from '@/lib/contracts/import'
import { ownOrigin } from '@/lib/http/origin'
import { readBody, route } from '@/lib/http/route'
import { importPeople } from '@/lib/integrations/people-file/import-people'

export const POST = route(contract.importMappings, async ({ user, query, request, locale }) => {
  const bytes = await readBody(request, contract.importMappings.maxBody)
  const { dryRun = false, createUsers = false } = query
  return importPeople(user, bytes, { dryRun, createUsers, origin: ownOrigin(request.headers), locale })
})
