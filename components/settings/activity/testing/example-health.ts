import type { ConnectionHealth } from '@/lib/contracts/activity'
import { CONNECTION_ID } from '../../testing/example-connection'

/** A connection that is well. */
export function exampleHealth(more: Partial<ConnectionHealth> = {}): ConnectionHealth {
  return {
    id: CONNECTION_ID,
    name: '总部',
    connector: 'example',
    state: 'active',
    lastSuccessAt: '2026-11-21T02:04:00Z',
    failingSince: null,
    lastError: null,
    lastErrorAt: null,
    retryAt: null,
    lagSeconds: 0,
    polled: 12,
    due: 1,
    outbox: { pending: 0, failed: 0 },
    waiting: 0,
    dead: 0,
    unmapped: 0,
    refused: 0,
    balance: { received: 1204, delivered: 1200, waiting: 0, duplicates: 4, dead: 0, difference: 0 },
    ...more,
  }
}
