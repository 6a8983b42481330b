import { pauseUser, resumeUser, usersPassedOver } from '@/lib/inbox/people/map-person'
import { inTransaction } from '@/lib/platform/transaction'
import { polledConnectionIds } from '../polling/polled-connections'

/**
 * What follows when a user was disabled or enabled: nobody polls for a disabled one, and what arrives waits; when
 * they are back it is delivered and they are polled again. Safe to run again.
 */
export async function afterUserChanged(user: { id: string; disabled: boolean }): Promise<void> {
  if (user.disabled) return inTransaction((tx) => pauseUser(tx, user.id))
  const polled = await polledConnectionIds()
  await inTransaction((tx) => resumeUser(tx, user.id, polled))
}

/** The net under it: a process that ended between enabling a user and what follows leaves messages waiting. */
export async function resumePassedOver(): Promise<void> {
  const polled = await polledConnectionIds()
  for (const id of await usersPassedOver(polled)) await inTransaction((tx) => resumeUser(tx, id, polled))
}
