import type { Tx } from '@/lib/platform/transaction'
import { setPollingIn } from './mapping-store'

/** So long it may take until all persons of a connection that is newly asked are due for the first time. */
const SPREAD_SECONDS = 180

/**
 * An administrator has allowed asking for the persons of a connection, or forbidden it: whoever is mapped is due within
 * minutes, or nobody any more. The connection's row must be locked, as for any change of its settings.
 */
export function setPolled(tx: Tx, connectionId: string, polled: boolean): Promise<void> {
  return setPollingIn(tx, connectionId, polled ? SPREAD_SECONDS : null)
}
