import { sweepEvents } from './event-store'

/** Pages resume for a day; an hour more, so that nobody falls between. */
const KEPT_HOURS = 25
const AT_ONCE = 10_000

/** Removes events that no page resumes from any more. */
export async function sweepOldEvents(): Promise<void> {
  while ((await sweepEvents(KEPT_HOURS, AT_ONCE)) === AT_ONCE);
}
