import type { ConnectorCard } from '@/lib/contracts/connections'
import type { Delivery } from '@/lib/contracts/deliveries'

/** What kind of push it is, in the connector's words; as it came where the card does not know it. */
export function opName({ connector, op }: Pick<Delivery, 'connector' | 'op'>, cards?: ConnectorCard[]) {
  const card = cards?.find((one) => one.connector === connector)
  return op === null ? null : (card?.types[op] ?? card?.ops[op] ?? op)
}
