import type { Folding } from '@/lib/inbox/message'
import type { FlowAction } from './flow-actions'
import type { RecordAddress } from './url'

/** What the messages about one record share; the same for both forms of its address. Ids have no bar in them. */
export function recordKey({ app, form, record }: RecordAddress): string {
  return `${app}|${form}|${record}`
}

/**
 * Only a to-do about one known record folds, with the urges and timeouts about it. The action is the body's: the one
 * in the address may be that of the step before.
 */
export function readFolding(
  { category, batch, reminder }: FlowAction,
  address: RecordAddress,
): Folding | null {
  if (category !== 'todo' || batch) return null
  return {
    slot: `${recordKey(address)}|${address.flow ?? ''}`,
    generation: address.task,
    reminder: reminder ?? null,
  }
}
