import { inTransaction } from '@/lib/platform/db'
import { hashPassword } from '@/lib/auth/password'
import { insertUser } from '@/lib/auth/people/users-store'
import type { Role } from '@/lib/auth/signed-in'
import { POST as signIn } from '@/app/api/auth/sign-in/username/route'
import { browser, type Browser } from './browser'

export const PASSWORD = 'correct horse'

/** A user in the database, with an inbox and `PASSWORD`; gives the id. */
export async function givenUser(username: string, role: Role = 'employee'): Promise<string> {
  const passwordHash = await hashPassword(PASSWORD)
  const user = { username, name: username, email: null, role, passwordHash, disabled: false }
  return inTransaction((tx) => insertUser(tx, user, null))
}

/** Signs in from a browser of its own. */
export async function signedInBrowser(username: string, address?: string): Promise<Browser> {
  const own = browser(address)
  const body = { username, password: PASSWORD }
  const response = await own.send(signIn, 'POST', '/api/auth/sign-in/username', { body })
  if (response.status !== 200) throw new Error(`could not sign in: ${await response.text()}`)
  return own
}
