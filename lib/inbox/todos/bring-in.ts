import { inSqlTransaction, type Tx } from '@/lib/platform/transaction'
import { forwardNew, type ForwardRule } from '../forwards/forward-new'
import type { NewDelivery } from '../intake/delivery'
import type { Announce } from '../intake/distribute'
import { storePushIn } from '../intake/store-push'
import { lockInboxes, publish, type InboxEvent } from '../number-store'
import { BROUGHT_IN } from './batch-store'
import { knownOf, lockCompared, type Compared, type ComparedPerson } from './todo-store'

/** So many in one transaction: the user's inbox is locked for as long. */
const AT_ONCE = 100
/** More than this at once is no news but what has piled up. */
const MOST_NEWS = 20

/** What the delivery of a to-do that was missing is known by. */
export function deliverIdOf(externalId: string, ref: string): string {
  return `${BROUGHT_IN}${externalId}:${ref}`
}

/**
 * Brings in to-dos of the person that never were here, as if they had been pushed, with their own times. What anybody
 * who was mapped before has had is left where it is. All are announced together: after a mapping, or when they are
 * many, as what has waited, else as news; and only news is passed on.
 * @param missing deliveries to this person alone, under `deliverIdOf`
 * @param forward what of it is passed on to another connection
 * @returns false if the lease is gone: what was not yet written stays out
 */
export async function bringIn(
  lease: Compared,
  missing: NewDelivery[],
  forward: ForwardRule | null = null,
): Promise<boolean> {
  const brought: Brought = { fresh: [], made: [], changed: [] }
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    const part = missing.slice(from, from + AT_ONCE)
    const last = from + AT_ONCE >= missing.length
    if (!(await bringInSome(lease, part, brought, { last, forward }))) return false
  }
  return true
}

/** Ids of all so far: to be announced, those of them that are new, and those that only changed. */
type Brought = { fresh: string[]; made: string[]; changed: string[] }

/** Adds to `brought`; says what that is with the last part, before that only "read anew". */
function bringInSome(
  lease: Compared,
  part: NewDelivery[],
  brought: Brought,
  { last, forward }: { last: boolean; forward: ForwardRule | null },
): Promise<boolean> {
  return inSqlTransaction(async (tx) => {
    const person = await lockCompared(tx, lease)
    if (!person) return false
    const { userId } = person
    const numbers = await lockInboxes(tx, [userId])
    if (!numbers.has(userId)) return false
    const note: Announce = async (_tx, folded) => {
      for (const one of folded) {
        brought.fresh.push(...one.fresh)
        brought.made.push(...one.made)
        brought.changed.push(...one.changed)
      }
    }
    for (const delivery of await unknown(tx, person, part)) {
      await storePushIn(tx, delivery, note)
    }
    const event = eventOf(brought, { first: person.first, last })
    if (event) await publish(tx, [{ userId, ...event }], numbers)
    if (event?.kind === 'new' && forward) await forwardNew(tx, forward, brought.made)
    return true
  })
}

async function unknown(tx: Tx, person: ComparedPerson, deliveries: NewDelivery[]): Promise<NewDelivery[]> {
  const known = await knownOf(tx, person, {
    generations: deliveries.flatMap(({ content }) => content?.folding?.generation ?? []),
    deliverKeys: deliveries.flatMap(({ deliverId }) => deliverId ?? []),
  })
  return deliveries.filter(({ deliverId, content }) => {
    const generation = content?.folding?.generation
    if (deliverId !== null && known.deliverKeys.has(deliverId)) return false
    return generation === undefined || generation === null || !known.generations.has(generation)
  })
}

function eventOf(
  { fresh, changed }: Brought,
  { first, last }: { first: boolean; last: boolean },
): Omit<InboxEvent, 'userId'> | null {
  const ids = [...new Set([...fresh, ...changed])]
  if (ids.length === 0) return null
  if (!last) return { kind: 'changed', ids: [], count: ids.length }
  if (fresh.length === 0) return { kind: 'changed', ids, count: ids.length }
  const piledUp = first || fresh.length > MOST_NEWS
  return { kind: piledUp ? 'delivered' : 'new', ids, count: fresh.length }
}
