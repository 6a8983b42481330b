import { createToken, listTokens } from '@/lib/auth/tokens'
import * as contract from '@/lib/contracts/auth'
import { route } from '@/lib/http/route'

export const GET = route(contract.listTokens, async ({ user }) => ({ items: await listTokens(user) }))

export const POST = route(contract.createToken, ({ user, body }) => createToken(user, body))
