import { balance, type Balance } from '@/lib/inbox/balance'
import { AppError } from '@/lib/shared/errors'
import { findConnection } from './connection-store'

/** Whether everything a connection has received is accounted for. */
export async function getBalance(connectionId: string): Promise<Balance> {
  if (!(await findConnection(connectionId))) throw new AppError('not_found')
  return balance(connectionId)
}
