import { useQuery } from '@tanstack/react-query'
import type { Counts } from '@/lib/contracts/messages'
import { countsQuery } from '@/lib/client/queries'

export type NamedConnection = Counts['connections'][number] & { unread: number }

/** The reader's connections that must be told apart: those of connectors that have more than one. */
export function connectionsToTell(counts: Counts | undefined): NamedConnection[] {
  if (!counts) return []
  const { connections, byConnection } = counts
  return connections
    .filter((one) => connections.some(({ id, connector }) => connector === one.connector && id !== one.id))
    .map((one) => ({ ...one, unread: byConnection[one.id] ?? 0 }))
}

/** The name of one of the reader's connections; undefined while it is not known. */
export function useConnectionName(id: string | null): string | undefined {
  return useQuery(countsQuery()).data?.connections.find((one) => one.id === id)?.name
}
