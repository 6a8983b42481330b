import { selectKnown } from './known-store'

/** For a scan that stops where there is nothing new: which of these ids of a person say nothing new. */
export type AreKnown = (ids: string[]) => Promise<ReadonlySet<string>>

/** Listed as unread: what is held, and was unread there when last told. One that was read and is back is news. */
export function knownUnread(personId: string): AreKnown {
  return (ids) => selectKnown(personId, ids, true)
}

/** Listed at all: what is held. */
export function knownAtAll(personId: string): AreKnown {
  return (ids) => selectKnown(personId, ids, false)
}
