import type { SignedIn } from '@/lib/auth/signed-in'
import { isConnectorError, type LinkSource } from '@/lib/connectors/contract'
import { act } from '@/lib/inbox/acts/act'
import { linkSourceOf } from '@/lib/inbox/list/link-source'
import { AppError } from '@/lib/shared/errors'
import { leaveSignedIn } from '../sign-on/leave-signed-in'
import { liveConnection, type LiveConnection } from './connection-settings'

type Reader = Pick<SignedIn, 'id' | 'preferences'> & Partial<Pick<SignedIn, 'sessionId'>>

/**
 * The checked address of a message's original, by way of single sign-on where that is set up; marks it read, and the
 * vendor is told at once, unless the user marks by hand. `no_link`, or `source_unavailable` where the vendor must be
 * asked and does not answer.
 */
export async function openMessage(user: Reader, id: string): Promise<string> {
  const source = await linkSourceOf(user.id, id)
  const live = await liveConnection(source.connectionId)
  const address = await resolve(live, source)
  if (address === null) throw new AppError('no_link')
  if (user.preferences.markRead === 'onOpen' && source.unread) {
    await act(user.id, 'read', { ids: [id] }, { tellAtOnce: true })
  }
  return leaveSignedIn(live, user, id, address)
}

/** What an administrator must know of an outage is on the connection; who opens a message only learns that there is one. */
async function resolve(
  { connector, context, row }: LiveConnection,
  source: LinkSource,
): Promise<string | null> {
  const pause = row.retryAt ? (row.retryAt.getTime() - Date.now()) / 1000 : 0
  // Nobody waits for a time-out that everybody else has just had.
  if (pause > 0 && source.link === null) throw new AppError('source_unavailable', { retryAfter: pause })
  try {
    return await connector.link.resolve(context, source)
  } catch (cause) {
    if (!isConnectorError(cause)) throw cause
    throw new AppError('source_unavailable', { retryAfter: cause.retryAfterSeconds, cause })
  }
}
