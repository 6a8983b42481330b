import { randomBytes } from 'node:crypto'
import { enqueue } from '@/lib/platform/queue'
import type { Tx } from '@/lib/platform/transaction'
import { insertForwards, type ForwardRule } from './forward-store'

export type { ForwardRule } from './forward-store'

/**
 * Passes new messages on, as the rule says, in the transaction that makes them. To be called last in it: the job that
 * sends them is one for all, and whoever asks for it waits for whoever did before.
 */
export async function forwardNew(tx: Tx, rule: ForwardRule, messageIds: string[]): Promise<void> {
  if (messageIds.length === 0) return
  const messages = messageIds.map((id) => ({ id, token: newToken() }))
  if ((await insertForwards(tx, rule, messages)) > 0) await askToForward(tx, rule.connectionId, new Date())
}

/** One job a connection. A later time does not put off one that is asked for already. */
export async function askToForward(tx: Tx | null, connectionId: string, runAt: Date): Promise<void> {
  const keyMode = runAt.getTime() > Date.now() ? 'preserve_run_at' : 'replace'
  await enqueue(
    tx,
    'push-forwards',
    { connectionId },
    { key: `push-forwards:${connectionId}`, runAt, keyMode },
  )
}

/** 22 characters of base64url: 128 bits that nobody guesses. */
function newToken(): string {
  return randomBytes(16).toString('base64url')
}
