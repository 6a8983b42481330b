import { deleteExpiredInvitations } from './invitations-store'
import { sweepFailures } from './limits/attempts-store'
import { deleteExpired } from './sessions/session-store'

/** Removes what has run out: sessions, tokens, one-time links, wrong sign-ins. To be called now and then, by any process. */
export async function sweepAuth(): Promise<void> {
  await deleteExpired()
  await deleteExpiredInvitations()
  await sweepFailures()
}
