import type { ScanPlan } from '@/lib/connectors/contract'
import type { Lease } from '@/lib/inbox/pulled/leases'

/** Lists of so few pages are read whole every time. */
const SHORT_PAGES = 3
/** Longer ones every so often. */
const WHOLE_EVERY_MS = 10 * 60 * 1000

/**
 * How deep the unread list of a person is read this time. Pure. A short list whole. A long one for news only, and whole
 * every 10 min, in larger pages; but where the last whole scan did not run from new to old, news may be anywhere: then
 * whole every time, in larger pages.
 */
export function planOf(
  { scannedAt, pages, newestFirst }: Pick<Lease, 'scannedAt' | 'pages' | 'newestFirst'>,
  now: Date,
): ScanPlan['depth'] {
  if (scannedAt === null || pages <= SHORT_PAGES) return 'all'
  if (!newestFirst) return 'all_large'
  return now.getTime() - scannedAt.getTime() >= WHOLE_EVERY_MS ? 'all_large' : 'news'
}
