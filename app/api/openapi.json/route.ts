import { openApiDocument } from '@/lib/contracts/openapi'
import * as contract from '@/lib/contracts/system'
import { route } from '@/lib/http/route'

export const GET = route(contract.getOpenApi, async () => openApiDocument())
