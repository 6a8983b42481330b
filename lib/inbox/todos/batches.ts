import type { Content } from '../message'

/**
 * Batch notices: "you have N new things to do", without saying which. Where the vendor's list can be asked they are
 * taken apart: it brings the N things, and these stand in the notice's place. See docs/decisions/0011.
 */
export function isBatchNotice(content: Pick<Content, 'category' | 'count'>): boolean {
  return content.category === 'todo' && content.count !== null
}

/** A batch notice of a person; `open`: still to be done here. */
export type BatchNotice = { messageId: string; count: number; sentAt: Date; open: boolean }

/** The things of a batch begin at the time of its notice, within so much. */
export const BATCH_MS = 10 * 60_000

/**
 * The open notices in whose place things stand: each takes the things that came by comparison closest to its own time,
 * `count` of them and none twice, the oldest notice first. One that finds fewer stays, and keeps what it found from the
 * others.
 * @param notices of one person, those that are done included, so that theirs are not taken for another's
 * @param items when the things that came by comparison began
 */
export function takenApart(notices: readonly BatchNotice[], items: readonly Date[]): BatchNotice[] {
  const free = new Set(items.map((item) => ({ at: item.getTime() })))
  const inTurn = [...notices].sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime())
  return inTurn.filter((notice) => {
    const distance = ({ at }: { at: number }) => Math.abs(at - notice.sentAt.getTime())
    const own = [...free]
      .filter((item) => distance(item) <= BATCH_MS)
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, notice.count)
    for (const item of own) free.delete(item)
    return notice.open && notice.count > 0 && own.length >= notice.count
  })
}
