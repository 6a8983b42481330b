import { deleteToken, getToken } from '@/lib/auth/tokens'
import * as contract from '@/lib/contracts/auth'
import { route } from '@/lib/http/route'

export const GET = route(contract.getToken, ({ user, params }) => getToken(user, params.id))

export const DELETE = route(contract.deleteToken, ({ user, params }) => deleteToken(user, params.id))
