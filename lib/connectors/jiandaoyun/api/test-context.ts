import { randomUUID } from 'node:crypto'
import { ConnectorError } from '../../contract'
import { settings, type JiandaoyunSettings } from '../settings'
import type { ApiContext } from './client'

/** For tests: a connection of its own to a simulated API, so that no rates are shared between tests. */
export function contextOf(
  api: { url: string; apiKey: string },
  change: Partial<JiandaoyunSettings> = {},
  signal?: AbortSignal,
): ApiContext {
  const given = settings.parse({ apiUrl: api.url, apiKey: api.apiKey, ...change })
  return { connectionId: randomUUID(), settings: given, signal }
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
