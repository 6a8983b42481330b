import type { Connector } from '@/lib/connectors/contract'
import { allConnectors, findConnector } from '@/lib/connectors/registry'
import { log } from '@/lib/platform/log'
import { goLive, type LiveConnection } from '../connections/connection-settings'
import { activeConnections, type ConnectionRow } from '../connections/connection-store'
import { isPolled } from '../connections/polled'

/** Connections whose persons are looked after one by one, when they are due: polled, or their to-dos compared. */

const goesToPeople = ({ pull, todos }: Connector) => pull !== undefined || todos !== undefined

function candidates(): Promise<ConnectionRow[]> {
  return activeConnections(
    allConnectors()
      .filter(goesToPeople)
      .map((connector) => connector.id),
  )
}

/** Those that can be used now. */
export async function polledConnections(): Promise<LiveConnection[]> {
  const found = await candidates()
  return found.flatMap((row) => {
    const live = open(row)
    return live && isPolled(live) ? [live] : []
  })
}

/** The ids of all, also of those whose settings cannot be read just now: their persons stay due. */
export async function polledConnectionIds(): Promise<string[]> {
  const found = await candidates()
  return found.flatMap((row) => {
    if (findConnector(row.connector)?.pull) return [row.id]
    const live = open(row)
    return live && isPolled(live) ? [row.id] : []
  })
}

function open(row: ConnectionRow): LiveConnection | null {
  try {
    return goLive(row)
  } catch (error) {
    // Settings that this version does not understand, or a secret under another key: the others go on.
    log().error({ err: error, connectionId: row.id }, 'a connection cannot be used')
    return null
  }
}
