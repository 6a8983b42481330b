import type { SignedIn } from '@/lib/auth/signed-in'
import { act } from '@/lib/inbox/acts/act'
import { linkSourceOf } from '@/lib/inbox/list/link-source'
import { AppError } from '@/lib/shared/errors'
import { liveConnection } from './connection-settings'

/**
 * The checked address of a message's original; marks it read, and the vendor is told at once, unless the user marks
 * by hand. `no_link`, or `source_unavailable` where the vendor must be asked and does not answer.
 */
export async function openMessage(user: Pick<SignedIn, 'id' | 'preferences'>, id: string): Promise<string> {
  const source = await linkSourceOf(user.id, id)
  const { connector, context } = await liveConnection(source.connectionId)
  const address = await connector.link.resolve(context, source)
  if (address === null) throw new AppError('no_link')
  if (user.preferences.markRead === 'onOpen' && source.unread) {
    await act(user.id, 'read', { ids: [id] }, { tellAtOnce: true })
  }
  return address
}
