import { allConnectors } from '@/lib/connectors/registry'
import { pauseUser, resumeUser, usersPassedOver } from '@/lib/inbox/people/map-person'
import { inTransaction } from '@/lib/platform/transaction'
import { activeConnections } from '../connections/connection-store'

/**
 * What follows when a user was disabled or enabled: nobody polls for a disabled one, and what arrives waits; when
 * they are back it is delivered and they are polled again. Safe to run again.
 */
export async function afterUserChanged(user: { id: string; disabled: boolean }): Promise<void> {
  if (user.disabled) return inTransaction((tx) => pauseUser(tx, user.id))
  const polled = await polledConnections()
  await inTransaction((tx) => resumeUser(tx, user.id, polled))
}

/** The net under it: a process that ended between enabling a user and what follows leaves messages waiting. */
export async function resumePassedOver(): Promise<void> {
  const polled = await polledConnections()
  for (const id of await usersPassedOver(polled)) await inTransaction((tx) => resumeUser(tx, id, polled))
}

async function polledConnections(): Promise<string[]> {
  const pulling = allConnectors().filter((connector) => connector.pull)
  const found = await activeConnections(pulling.map((connector) => connector.id))
  return found.map((row) => row.id)
}
