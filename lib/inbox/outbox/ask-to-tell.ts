import { enqueue } from '@/lib/platform/queue'
import type { Tx } from '@/lib/platform/transaction'
import type { Due } from './outbox-store'

/** Asks for what `writeReads` wrote to be told. One job a person: it runs when the first is due and sees to the later. */
export async function askToTell(tx: Tx, due: Due[]): Promise<void> {
  for (const { personId, dueAt } of due) {
    const sooner = dueAt.getTime() <= Date.now()
    await enqueue(
      tx,
      'push-outbox',
      { personId },
      { key: `push-outbox:${personId}`, runAt: dueAt, keyMode: sooner ? 'replace' : 'preserve_run_at' },
    )
  }
}
