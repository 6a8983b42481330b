import type { ConnectorError } from '@/lib/connectors/contract'

/** A refusal or a wrong setting may be about one person alone: it must not stop the others. */
export function isOutage({ kind }: ConnectorError): boolean {
  return kind === 'unavailable' || kind === 'unauthorized'
}
