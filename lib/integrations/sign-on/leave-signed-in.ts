import type { SignedIn } from '@/lib/auth/signed-in'
import { isConnectorError } from '@/lib/connectors/contract'
import type { LiveConnection } from '../connections/connection-settings'
import { isStillNamed } from './same-person'
import { keepTicket, personOfMessage, type NamedPerson } from './sign-on-store'
import { newTicket, ticketHash } from './tickets'

/**
 * The address by which the user's message opens in the vendor's system without another sign-in: it carries a ticket
 * that is made now and can be used once, within a minute. Where that is not set up, or it is not certain who the user
 * is over there, or the link leads elsewhere, the link as it is.
 *
 * Only for people at their browsers: a script's token with the right to read shall not open a vendor's whole account.
 * @param link checked
 */
export async function leaveSignedIn(
  live: LiveConnection,
  user: Pick<SignedIn, 'id'> & Partial<Pick<SignedIn, 'sessionId'>>,
  messageId: string,
  link: string,
): Promise<string> {
  const { connector, settings, row } = live
  if (!user.sessionId || row.archivedAt || !connector.signOn?.ready(settings)) return link
  const ticket = newTicket(row.id)
  const entry = connector.signOn.entry(settings, link, ticket)
  const person = entry === null ? null : await personOfMessage(user.id, messageId)
  if (entry === null || !person || !(await isCertain(live, person))) return link
  const { loginName } = person
  await keepTicket({ hash: ticketHash(row.id, ticket), connectionId: row.id, userId: user.id, loginName })
  return entry
}

async function isCertain(live: LiveConnection, person: NamedPerson): Promise<boolean> {
  try {
    return await isStillNamed(live, person)
  } catch (error) {
    if (isConnectorError(error)) return false
    throw error
  }
}
