import { AppError } from '@/lib/shared/errors'
import { bigintText } from '../bigint-text'
import {
  selectDeliveries,
  selectDelivery,
  selectLedger,
  type DeliveryQuery,
  type DeliveryRow,
  type LedgerRow,
  type WholeDelivery,
} from './delivery-list-store'

export type { DeliveryRow, LedgerRow, WholeDelivery } from './delivery-list-store'

const SHOWN_RECIPIENTS = 200

/** A page of the delivery log, newest first. */
export async function listDeliveries(
  query: DeliveryQuery & { cursor?: string; limit: number },
): Promise<{ items: DeliveryRow[]; nextCursor: string | null }> {
  const { cursor, limit } = query
  if (cursor !== undefined && !/^\d{1,19}$/.test(cursor)) {
    throw new AppError('invalid_input', { fields: { cursor: 'cursor' } })
  }
  const found = await selectDeliveries(query, {
    limit: limit + 1,
    before: cursor === undefined ? null : bigintText(cursor),
  })
  return { items: found.slice(0, limit), nextCursor: found.length > limit ? found[limit - 1]!.id : null }
}

/** One delivery byte for byte, and what became of its first recipients; `not_found` without it. */
export async function getDelivery(wanted: string): Promise<{ delivery: WholeDelivery; ledger: LedgerRow[] }> {
  const id = bigintText(wanted)
  const [delivery, ledger] = await Promise.all([selectDelivery(id), selectLedger(id, SHOWN_RECIPIENTS)])
  if (!delivery) throw new AppError('not_found')
  return { delivery, ledger }
}
