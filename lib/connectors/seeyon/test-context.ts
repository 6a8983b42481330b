import { randomUUID } from 'node:crypto'
import { ConnectorError, type Context } from '../contract'
import { settings, type SeeyonSettings } from './settings'

type Server = { baseUrl: string; restUser: string; restPassword: string }

/** For tests: a connection of its own to a simulated server, so that no token is shared between tests. */
export function contextOf(server: Server, change: Partial<SeeyonSettings> = {}): Context<SeeyonSettings> {
  const { baseUrl, restUser, restPassword } = server
  return {
    connectionId: randomUUID(),
    settings: settings.parse({ baseUrl, restUser, restPassword, ...change }),
  }
}

/** For tests: the `ConnectorError` that a promise must end with. */
export async function failureOf(promise: Promise<unknown>): Promise<ConnectorError> {
  const ended: unknown = await promise.then(
    (value) => new Error(`expected a failure, got ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  if (ended instanceof ConnectorError) return ended
  throw ended
}
