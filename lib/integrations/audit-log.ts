import type { AuditEntry } from '@/lib/contracts/activity'
import { bigintText } from '@/lib/inbox/bigint-text'
import { AppError } from '@/lib/shared/errors'
import { selectAudit } from './audit-log-store'

/** A page of who changed what, newest first. `action` is matched by its beginning: `connection.`. */
export async function listAudit(query: {
  actor?: string
  action?: string
  cursor?: string
  limit: number
}): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const { cursor, limit } = query
  if (cursor !== undefined && !/^\d{1,19}$/.test(cursor)) {
    throw new AppError('invalid_input', { fields: { cursor: 'cursor' } })
  }
  const found = await selectAudit({
    ...query,
    before: cursor === undefined ? null : bigintText(cursor),
    limit: limit + 1,
  })
  const items = found.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }))
  return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
}
