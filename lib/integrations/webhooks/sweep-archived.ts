import { deleteArchivedPushes } from './webhook-store'

/** What an archived connection still gets is kept for so long, in case it was archived by mistake. */
const KEPT_DAYS = 30
const AT_ONCE = 10_000

/** Removes pushes to archived connections that have been kept long enough; they are in no balance. */
export async function sweepArchived(): Promise<void> {
  while ((await deleteArchivedPushes(KEPT_DAYS, AT_ONCE)) === AT_ONCE);
}
