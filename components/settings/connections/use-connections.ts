'use client'

import { useQuery } from '@tanstack/react-query'
import { call } from '@/lib/client/call'
import { connectorsQuery } from '@/lib/client/queries'
import {
  getConnection,
  listConnections,
  type ConnectionDetail,
  type ConnectorCard,
} from '@/lib/contracts/connections'
import { settingsKeys } from '../settings-keys'

/** Within two seconds an administrator sees that the vendor's test arrived. */
const SETUP_POLL = 1500
const CALM_POLL = 15_000

/** The cards of all connectors. */
export function useConnectors() {
  return useQuery(connectorsQuery())
}

/** All connections, archived ones too. */
export function useConnectionList() {
  return useQuery({
    queryKey: settingsKeys.connections,
    queryFn: ({ signal }) => call(listConnections, { signal }),
    refetchInterval: CALM_POLL,
  })
}

/** One connection; asked again often while it is waiting for the vendor's test or for its first push. */
export function useConnection(id: string) {
  return useQuery({
    queryKey: settingsKeys.connection(id),
    queryFn: ({ signal }) => call(getConnection, { params: { id }, signal }),
    refetchInterval: ({ state }) => (isWaiting(state.data) || isNew(state.data) ? SETUP_POLL : CALM_POLL),
  })
}

/** In set-up, and its address still takes anything. */
export function isWaiting(connection: Pick<ConnectionDetail, 'state' | 'setupUntil'> | undefined): boolean {
  if (connection?.state !== 'setup' || !connection.setupUntil) return false
  return Date.parse(connection.setupUntil) > Date.now()
}

/** It can receive, and has not received anything that proved itself. */
function isNew(connection: ConnectionDetail | undefined): boolean {
  return connection?.state === 'active' && connection.webhookUrl !== undefined && !connection.lastSuccessAt
}

/** How a connector is drawn where its card is not there (not loaded yet, or the connector was taken out). */
export function tileOf(cards: ConnectorCard[] | undefined, connector: string) {
  const card = cards?.find((one) => one.connector === connector)
  return card
    ? { letter: card.tile.letter, hue: card.tile.hue, name: card.name }
    : { letter: connector.slice(0, 1).toUpperCase(), hue: 255, name: connector }
}
