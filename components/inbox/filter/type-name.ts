import type { ConnectorCard } from '@/lib/contracts/connections'

/** A connector's own word for a kind of message, as its card names it. */
export function typeName(cards: ConnectorCard[], type: string): string {
  return cards.map(({ types }) => types[type]).find(Boolean) ?? type
}
