import { AppError } from '@/lib/shared/errors'
import { liveConnection } from '../connections/connection-settings'
import { redeemTicket } from './sign-on-store'
import { isOurs, ticketHash } from './tickets'

/**
 * Tells a vendor's system whose ticket it was shown, once; `not_found` for everything else, whatever the reason.
 * Nothing of the ticket is logged.
 */
export async function answerHandshake(connectionId: string, ticket: string): Promise<string> {
  if (!isOurs(connectionId, ticket)) throw new AppError('not_found')
  const { row, connector, settings } = await liveConnection(connectionId)
  if (row.archivedAt || !connector.signOn?.ready(settings)) throw new AppError('not_found')
  const loginName = await redeemTicket(connectionId, ticketHash(connectionId, ticket))
  if (loginName === null) throw new AppError('not_found')
  return loginName
}
