import type { OutgoingMessage, Receiver, SendResult } from '@/lib/connectors/contract'
import { recordFailure, recordSuccess } from '../connections/circuit-store'
import type { LiveConnection } from '../connections/connection-settings'

/**
 * Sends one message, once, and lets the circuit of the connection know how the system is.
 * @throws Error if the connector cannot send: ask before
 */
export async function sendOne(
  live: LiveConnection,
  to: Receiver,
  message: OutgoingMessage,
  signal?: AbortSignal,
): Promise<SendResult> {
  const { send } = live.connector
  if (!send) throw new Error(`${live.connector.id} cannot send`)
  const result = await send.send({ ...live.context, signal }, to, message)
  if (result.state === 'sent') await recordSuccess(live.row.id)
  else if (saysAway(result) && !signal?.aborted) {
    const retryAfter = result.state === 'not_sent' ? result.retryAfterSeconds : undefined
    await recordFailure(live.row.id, result.detail['zh-CN'], retryAfter)
  }
  return result
}

/** Whether the next one would fare alike: the system is away, or does not let us in. */
export function saysAway(
  result: SendResult,
): result is Extract<SendResult, { state: 'not_sent' | 'unclear' }> {
  return result.state === 'not_sent' || (result.state === 'unclear' && result.outage)
}

/** Seconds for which the system is not called, as it has just failed; 0: it may be. */
export function pauseOf({ row }: LiveConnection): number {
  return row.retryAt ? Math.max(0, (row.retryAt.getTime() - Date.now()) / 1000) : 0
}
