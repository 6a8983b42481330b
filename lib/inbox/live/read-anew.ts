import type { Tx } from '@/lib/platform/transaction'
import { lockInboxes, publish } from '../number-store'

/** Open pages of these users read everything anew once this transaction is committed. */
export async function tellUsersToReadAnew(tx: Tx, userIds: string[]): Promise<void> {
  const numbers = await lockInboxes(tx, userIds)
  const events = [...numbers.keys()].map((userId) => ({
    userId,
    kind: 'changed' as const,
    ids: [],
    count: 0,
  }))
  await publish(tx, events, numbers)
}
