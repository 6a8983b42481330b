import type { Tx } from '@/lib/platform/transaction'
import { AppError } from '@/lib/shared/errors'
import { bigintText } from '../bigint-text'
import { lockInbox } from '../acts/act-store'
import { lockInboxes, publish } from '../number-store'
import { cancelReadsOfPerson } from '../outbox/outbox-store'
import {
  clearUser,
  deliverHeld,
  deliverWaiting,
  holdMessages,
  lockForMapping,
  lockPerson,
  lockPersonsOf,
  setPolling,
  setUser,
  type PersonKey,
  type PersonRow,
} from './mapping-store'

export type { PersonKey, PersonRow } from './mapping-store'
export { usersPassedOver } from './mapping-store'

export type NewMapping = {
  connectionId: string
  key: PersonKey
  userId: string
  /** Take the person from their present user, and the user from their present person. */
  replace: boolean
  /** `all`: what an earlier holder had comes too (that mapping was wrong); `none`: this is a new holder. */
  history: 'all' | 'none'
  /** The connection is polled. */
  poll: boolean
  /** Who stands where: for the words of a refusal. */
  describe(tx: Tx, conflict: { person: PersonRow; present: PersonRow | null }): Promise<string>
}

/**
 * Says that a person is a user, and delivers what waited for them under one event. `already_mapped` where that takes
 * somebody's place without `replace`.
 */
export async function mapPerson(
  tx: Tx,
  mapping: NewMapping,
): Promise<{ personId: string; delivered: number; replaced: PersonRow[] }> {
  const { connectionId, key, userId } = mapping
  const { person, present } = await lockForMapping(tx, connectionId, key, userId)
  const taken = person.userId !== null && person.userId !== userId
  if ((taken || present) && !mapping.replace) {
    const message = await mapping.describe(tx, {
      person: taken ? person : { ...person, userId: null },
      present,
    })
    throw new AppError('already_mapped', { message })
  }
  const replaced = [...(taken ? [person] : []), ...(present ? [present] : [])]
  // All inboxes this will touch, in order, before the first of them is written.
  await lockInboxes(tx, [userId, ...replaced.flatMap((one) => one.userId ?? [])])
  for (const one of replaced) await release(tx, one)
  await setUser(tx, person.id, userId, mapping.poll)
  const delivered = await deliver(tx, person.id, userId, mapping.history)
  return { personId: person.id, delivered, replaced }
}

/** Takes a person from their user: the messages are hidden and kept, what arrives then waits. */
export async function unmapPerson(tx: Tx, personId: string): Promise<PersonRow> {
  const person = await lockPerson(tx, bigintText(personId))
  if (!person?.userId) throw new AppError('not_found')
  await release(tx, person)
  return person
}

async function release(tx: Tx, person: PersonRow): Promise<void> {
  const userId = person.userId!
  const number = await lockInbox(tx, userId)
  await cancelReadsOfPerson(tx, person.id)
  await clearUser(tx, person.id)
  const hidden = await holdMessages(tx, person.id, userId)
  if (number !== null && hidden > 0) {
    await publish(tx, [{ userId, kind: 'changed', ids: [], count: hidden }], new Map([[userId, number]]))
  }
}

async function deliver(tx: Tx, personId: string, userId: string, history: 'all' | 'none'): Promise<number> {
  // The number is taken after the person is locked: what a push has made wait by then is seen by the statement below.
  const numbers = await lockInboxes(tx, [userId])
  const number = numbers.get(userId)
  if (number === undefined) return 0
  const ids = await deliverWaiting(tx, personId, userId, number)
  if (history === 'all') ids.push(...(await deliverHeld(tx, personId, userId, number)))
  if (ids.length > 0) await publish(tx, [{ userId, kind: 'delivered', ids, count: ids.length }], numbers)
  return ids.length
}

/** A user may not be reached any more: nobody polls for them, and what arrives waits. */
export async function pauseUser(tx: Tx, userId: string): Promise<void> {
  const persons = await lockPersonsOf(tx, userId)
  await setPolling(tx, idsOf(persons), null)
}

/** A user is back: what waited is delivered, and the persons of these connections are polled again. */
export async function resumeUser(tx: Tx, userId: string, polledConnectionIds: string[]): Promise<void> {
  const persons = await lockPersonsOf(tx, userId)
  await setPolling(tx, idsOf(persons), polledConnectionIds)
  for (const person of persons) await deliver(tx, person.id, userId, 'none')
}

const idsOf = (persons: PersonRow[]) => persons.map((person) => person.id)
