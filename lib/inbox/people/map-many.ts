import type { Tx } from '@/lib/platform/transaction'
import { AppError } from '@/lib/shared/errors'
import { groupBy } from '@/lib/shared/group-by'
import { lockInboxes, publish } from '../number-store'
import {
  claimIds,
  claimLoginNames,
  deliverAll,
  lockMappings,
  setUsers,
  usersAwaited,
  type Claimed,
} from './map-many-store'

export { countWaiting } from './map-many-store'

/** A mapping of a person whom nobody is mapped to, to a user who has nobody in that connection. */
export type FreshMapping = {
  connectionId: string
  userId: string
  /** The connection is polled. */
  poll: boolean
  /** A sign-in name is looked up by the poll; until then somebody without an id stands for it. */
  key: { externalId: string } | { loginName: string }
}

/**
 * Lets no other mapping of these connections begin until the transaction ends, so that what is read from now on
 * stays true but for unmappings. To be called before deciding what to map. Throws `conflict` for a connection that is
 * no longer in use.
 */
export async function holdMappings(tx: Tx, connectionIds: string[]): Promise<void> {
  for (const connectionId of [...connectionIds].sort()) {
    if (!(await lockMappings(tx, connectionId))) throw changedMeanwhile()
  }
}

/**
 * Maps many persons with a few statements, and delivers what waited for them, under one event per user. Locks are
 * taken as by `mapPerson`: persons in the order of (connection, id), then inboxes.
 * @returns how many messages were delivered; throws `conflict` when somebody was mapped since it was decided
 */
export async function mapMany(tx: Tx, mappings: FreshMapping[]): Promise<number> {
  const done: Claimed[] = []
  const byConnection = groupBy(mappings, (mapping) => mapping.connectionId)
  for (const connectionId of [...byConnection.keys()].sort()) {
    const own = byConnection.get(connectionId)!
    const claimed = await claim(tx, connectionId, own)
    if ((await setUsers(tx, claimed)) < own.length) throw changedMeanwhile()
    done.push(...claimed)
  }
  return deliverTo(tx, done)
}

async function claim(tx: Tx, connectionId: string, mappings: FreshMapping[]): Promise<Claimed[]> {
  const byId = mappings.flatMap((one) =>
    'externalId' in one.key ? [{ ...one, word: one.key.externalId }] : [],
  )
  const byName = mappings.flatMap((one) =>
    'loginName' in one.key ? [{ ...one, word: one.key.loginName }] : [],
  )
  const words = (ones: { word: string }[]) => ones.map((one) => one.word)
  // Persons without an id come last in the order of locks.
  const ids = await claimIds(tx, connectionId, words(byId))
  const names = await claimLoginNames(tx, connectionId, words(byName))
  const claimed = (ones: typeof byId, found: Map<string, string>) =>
    ones.map(({ word, userId, poll }) => ({ personId: found.get(word)!, userId, poll }))
  return [...claimed(byId, ids), ...claimed(byName, names)]
}

async function deliverTo(tx: Tx, claimed: Claimed[]): Promise<number> {
  // The persons are locked, so what a push has made wait by now is all there is.
  const numbers = await lockInboxes(tx, await usersAwaited(tx, claimed))
  if (numbers.size === 0) return 0
  const delivered = await deliverAll(tx, claimed, numbers)
  await publish(
    tx,
    delivered.map((one) => ({ ...one, kind: 'delivered' })),
    numbers,
  )
  return delivered.reduce((sum, { count }) => sum + count, 0)
}

const changedMeanwhile = () =>
  new AppError('conflict', {
    message: {
      'zh-CN': '对应关系刚刚被改动，请再试一次',
      en: 'Mappings were changed at the same moment. Try again.',
    },
  })
