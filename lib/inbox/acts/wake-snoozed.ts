import { inSqlTransaction } from '@/lib/platform/transaction'
import { publish } from '../number-store'
import { lockInbox } from './act-store'
import { wake } from './snooze-store'

/** Brings the user's snoozed messages back whose time has come. Safe to run again. */
export function wakeSnoozed(userId: string): Promise<void> {
  return inSqlTransaction(async (tx) => {
    const number = await lockInbox(tx, userId)
    if (number === null) return
    const ids = await wake(tx, userId, number)
    if (ids.length === 0) return
    await publish(tx, [{ userId, kind: 'new', ids, count: ids.length }], new Map([[userId, number]]))
  })
}
