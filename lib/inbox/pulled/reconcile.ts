/**
 * What a scan of a vendor's unread list says about the read state of each message. Pure.
 *
 * An error is never an empty list: only a complete scan says something about what it does not list, and since offset
 * paging over a moving list skips rows, even then only the second time in a row.
 */

/** What we hold of a vendor's id. */
export type Known = { externalId: string; vendorRead: boolean; missed: number }
/** What a listing says of it. */
export type Listed = { externalId: string; read: boolean }

export type Verdict = {
  /** Seen for the first time, in the order of the listing. */
  fresh: string[]
  /** The vendor's state changed to read, or to unread. */
  nowRead: string[]
  nowUnread: string[]
  /** Missing from this complete scan, not yet believed. */
  missedOnce: string[]
  /** Listed again before the second miss. */
  foundAgain: string[]
  /** So many vanished at once that `all` must confirm before anything is believed. */
  confirm: string[]
}

export const MISSES_BELIEVED = 2
/** More than this vanishing at once is suspicious. */
export const VANISHED_AT_ONCE = 20

/**
 * Compares a listing with what is known.
 * @param known every id we hold of this person that is listed or that the vendor has unread
 * @param listing `unread`: lists only unread ones; `all`: lists both, and not listing says nothing
 * @param confirmed `all` has been asked and did not list the vanished ones otherwise: believe the scan
 */
export function reconcile(
  known: readonly Known[],
  listed: readonly Listed[],
  listing: { kind: 'unread' | 'all'; complete: boolean; confirmed?: boolean },
): Verdict {
  const verdict: Verdict = {
    fresh: [],
    nowRead: [],
    nowUnread: [],
    missedOnce: [],
    foundAgain: [],
    confirm: [],
  }
  const held = new Map(known.map((item) => [item.externalId, item]))
  const seen = new Set<string>()
  for (const { externalId, read } of listed) {
    if (seen.has(externalId)) continue
    seen.add(externalId)
    const item = held.get(externalId)
    if (!item) verdict.fresh.push(externalId)
    else if (read && !item.vendorRead) verdict.nowRead.push(externalId)
    else if (!read && item.vendorRead) verdict.nowUnread.push(externalId)
    else if (!read && item.missed > 0) verdict.foundAgain.push(externalId)
  }
  if (listing.kind === 'all' || !listing.complete) return verdict
  const vanished = known.filter((item) => !item.vendorRead && !seen.has(item.externalId))
  if (vanished.length > VANISHED_AT_ONCE && !listing.confirmed) {
    verdict.confirm = vanished.map((item) => item.externalId)
    return verdict
  }
  for (const item of vanished) {
    const believed = item.missed + 1 >= MISSES_BELIEVED
    ;(believed ? verdict.nowRead : verdict.missedOnce).push(item.externalId)
  }
  return verdict
}
