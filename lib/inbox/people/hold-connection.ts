import type { Tx } from '@/lib/platform/transaction'
import { lockInboxes } from '../number-store'
import { lockPersonsIn } from './mapping-store'

/**
 * Holds everybody of a connection for a change that touches all their messages: persons, then the inboxes of their
 * users, in the order that all writers keep. Gives the users.
 */
export async function holdConnection(tx: Tx, connectionId: string): Promise<string[]> {
  const users = await lockPersonsIn(tx, connectionId)
  return [...(await lockInboxes(tx, users)).keys()]
}
