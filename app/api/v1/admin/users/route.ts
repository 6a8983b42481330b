import { createUser, listUsers } from '@/lib/auth/users'
import * as contract from '@/lib/contracts/users'
import { route } from '@/lib/http/route'

export const GET = route(contract.listUsers, ({ query }) => listUsers(query))

export const POST = route(contract.createUser, ({ user, body }) => createUser(user, body))
