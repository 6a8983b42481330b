import type { LiveConnection } from '../connections/connection-settings'
import type { NamedPerson } from './sign-on-store'

/**
 * Whether the sign-in name is still that person's: when somebody leaves, their name may be given to somebody else, and
 * neither of the two may arrive in the other's account. False only where the system says so; one that finds nobody, or
 * somebody by another name (directories have names of their own), says nothing. Throws `ConnectorError`.
 */
export async function isStillNamed(live: LiveConnection, person: NamedPerson): Promise<boolean> {
  const found = await live.connector.pull?.findPerson(live.context, person.loginName)
  return found?.loginName !== person.loginName || found.externalId === person.externalId
}
