import type { Generation, SlotPush } from './fold'

/** A message row that is already there, and the pushes it shows. */
export type SlotRow = {
  id: string
  /** `Generation.key` it was last written with. */
  key: string
  pushIds: ReadonlySet<string>
  readAt: number | null
  readBy: string | null
  doneAt: number | null
  doneBy: string | null
  reopenedAt: number | null
  /** The vendor said then that the to-do was over; never older than the pushes that were here. */
  overAt: number | null
  snoozedUntil: number | null
  sentAt: number
}

/** Which row shows a round; `row` null: a new one. `absorbed` rows are taken over and go. */
export type Assignment<P extends SlotPush> = {
  generation: Generation<P>
  row: SlotRow | null
  absorbed: SlotRow[]
}

/**
 * Gives each round its row. A row keyed by a round stays with it for ever. A row made by an old-engine push or a
 * lone reminder goes with that push when a round takes it over: it becomes the round's row if that had none (the
 * oldest row where there are several), else it is absorbed.
 */
export function assignRows<P extends SlotPush>(
  generations: readonly Generation<P>[],
  rows: readonly SlotRow[],
): Assignment<P>[] {
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const assignments = generations.map((generation) => ({
    generation,
    row: byKey.get(generation.key) ?? null,
    absorbed: [] as SlotRow[],
  }))
  const live = new Set(generations.map((generation) => generation.key))
  const homeless = rows
    .filter((row) => !live.has(row.key))
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
  for (const row of homeless) {
    const heir = assignments.find(({ generation }) =>
      generation.pushes.some((push) => `p:${push.hash}` === row.key),
    )
    // Its push is no longer kept: the row stays as it is.
    if (!heir) continue
    if (heir.row) heir.absorbed.push(row)
    else heir.row = row
  }
  return assignments
}

/** The state of a row after folding; times in ms. */
export type RowState = Pick<SlotRow, 'readAt' | 'readBy' | 'doneAt' | 'doneBy' | 'reopenedAt' | 'overAt'> & {
  /** It must be seen anew: it is new, came back, or has newer news. */
  raised: boolean
  /** Its snooze is over. */
  wakes: boolean
}

/**
 * The state of a round's row. The employee's acts give way only to a push that has just arrived (`arrived`: ledger
 * ids) and was sent after the act; a newer round settles what the employee has not settled otherwise, and so does the
 * vendor's word that it is over, while no push was sent later than that. An urge or timeout that has just arrived ends
 * a snooze.
 */
export function rowState<P extends SlotPush>(
  { generation, row }: Assignment<P>,
  arrived: ReadonlySet<string>,
): RowState {
  const fresh = generation.pushes.filter((push) => arrived.has(push.id))
  const newest = fresh.length > 0 ? Math.max(...fresh.map((push) => push.sentAt)) : -Infinity
  let { readAt, readBy, doneAt, doneBy } = row ?? { readAt: null, readBy: null, doneAt: null, doneBy: null }
  const reopenedAt = row?.reopenedAt ?? null
  if (readAt !== null && newest > readAt) [readAt, readBy] = [null, null]
  if (doneBy === 'user' && doneAt !== null && newest > doneAt) [doneAt, doneBy] = [null, null]
  if (doneBy === 'source') [doneAt, doneBy] = [null, null]
  const { settledAt } = generation
  const settles = settledAt !== null && (reopenedAt === null || settledAt > reopenedAt)
  if (doneBy === null && settles) [doneAt, doneBy] = [settledAt, 'source']
  // It was said of this round: what takes another one over must be asked about anew.
  const overAt = row?.key === generation.key ? row.overAt : null
  // Being over takes an earlier reopening back (`markOver`), so one that is there is younger.
  const over = overAt !== null && reopenedAt === null && generation.sentAt <= overAt
  if (doneBy === null && over) [doneAt, doneBy] = [overAt, 'source']
  const wakes =
    doneAt === null && (row?.snoozedUntil ?? null) !== null && fresh.some((push) => push.reminder !== null)
  const cameBack =
    row !== null && ((row.readAt !== null && readAt === null) || (row.doneAt !== null && doneAt === null))
  const newer = row !== null && fresh.length > 0 && generation.sentAt > row.sentAt
  return {
    ...{ readAt, readBy, doneAt, doneBy, reopenedAt, overAt, wakes },
    raised: row === null || cameBack || newer || wakes,
  }
}
