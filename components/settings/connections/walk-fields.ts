import type { CardField, ConnectorCard } from '@/lib/contracts/connections'

/**
 * The settings that are filled in during the guide and not before: for a system that pushes, the secrets that bear
 * a guide step's name. They are generated over there, after the address was entered there.
 */
export function walkFields(card: ConnectorCard): CardField[] {
  if (!card.pushes) return []
  const steps = card.guide.map(({ id }) => id)
  return card.fields.filter(
    ({ kind, required, name }) => kind === 'secret' && !required && steps.includes(name),
  )
}
