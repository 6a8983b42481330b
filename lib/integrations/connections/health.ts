import { findConnector } from '@/lib/connectors/registry'
import type { ConnectionHealth } from '@/lib/contracts/activity'
import { balance } from '@/lib/inbox/balance'
import { openPages } from '@/lib/inbox/live/hub'
import { stateOf } from './connections'
import { allConnections, countPersons } from './connection-store'
import { selectHealth } from './health-store'

/** Whether everything flows, per connection in use. `openPages` counts those of this process. */
export async function getHealth(): Promise<{ connections: ConnectionHealth[]; openPages: number }> {
  const found = (await allConnections()).filter((row) => row.archivedAt === null)
  const [health, persons, balances] = await Promise.all([
    selectHealth(),
    countPersons(found.map((row) => row.id)),
    Promise.all(found.map((row) => balance(row.id))),
  ])
  const iso = (date: Date | null) => date?.toISOString() ?? null
  const connections = found.map((row, i): ConnectionHealth => {
    const flow = health.find((one) => one.id === row.id)!
    const people = persons.find((one) => one.connectionId === row.id)!
    const connector = findConnector(row.connector)
    return {
      id: row.id,
      name: row.name,
      connector: row.connector,
      state: stateOf(row),
      lastSuccessAt: iso(row.lastSuccessAt),
      failingSince: iso(row.failingSince),
      lastError: row.lastError,
      lastErrorAt: iso(row.lastErrorAt),
      retryAt: iso(row.retryAt),
      // Where messages are pushed, only to-dos are compared: how late that is says nothing of messages.
      lagSeconds: connector && !connector.pull ? null : flow.lagSeconds,
      polled: flow.polled,
      due: flow.due,
      outbox: { pending: flow.outboxPending, failed: flow.outboxFailed },
      ...(connector?.send && {
        forwards: {
          pending: flow.forwardsPending,
          refused: flow.forwardsRefused,
          unclear: flow.forwardsUnclear,
        },
      }),
      waiting: people.waiting,
      dead: balances[i]!.dead,
      unmapped: people.unmapped,
      refused: flow.refused,
      balance: balances[i]!,
    }
  })
  return { connections, openPages: openPages() }
}
