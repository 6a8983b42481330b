import { signOut } from '@/lib/auth/sign-in'
import * as contract from '@/lib/contracts/auth'
import { reply, route } from '@/lib/http/route'

export const POST = route(contract.signOut, async ({ user }) => reply(undefined, await signOut(user)))
