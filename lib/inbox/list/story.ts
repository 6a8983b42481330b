import type { MessageDetail } from '@/lib/contracts/messages'
import {
  selectActs,
  selectDetail,
  selectForward,
  selectPushes,
  type DetailRow,
  type ForwardRow,
} from './detail-store'

type Story = Pick<MessageDetail, 'text' | 'changes' | 'events' | 'syncError'>
type StoryEvent = MessageDetail['events'][number]

/** What a message's page tells beyond its row: whole text, changes, and what happened when. Null: not the user's. */
export async function tellStory(userId: string, id: string): Promise<Story | null> {
  const [detail, pushes, acts, forward] = await Promise.all([
    selectDetail(userId, id),
    selectPushes(userId, id),
    selectActs(userId, id),
    selectForward(userId, id),
  ])
  if (!detail) return null
  const received = pushes.map((push): StoryEvent => ({
    at: push.sent_at.toISOString(),
    what: push.reminder === 'urge' ? 'urged' : push.reminder === 'timeout' ? 'overdue' : 'received',
    title: push.title,
    action: push.action,
  }))
  const done = acts.flatMap((act): StoryEvent[] => [
    ...(act.kind === 'retry' ? [] : [{ at: act.at.toISOString(), what: act.kind as StoryEvent['what'] }]),
    ...(act.undone_at ? [{ at: act.undone_at.toISOString(), what: 'undo' as const }] : []),
  ])
  const events = [...received, ...done, ...atSource(detail), ...passedOn(forward)]
  return {
    text: detail.text,
    changes: detail.changes,
    events: events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    syncError: detail.sync_state === 'failed' && !detail.told_to ? detail.sync_error : null,
  }
}

function atSource(detail: DetailRow): StoryEvent[] {
  const events: StoryEvent[] = []
  if (detail.read_at && detail.read_by === 'source') {
    const at = detail.read_at.toISOString()
    // What is passed on comes from systems that say nothing of reads: it was the copy that was read.
    events.push(
      detail.copy_in ? { at, what: 'readThere', connection: detail.copy_in } : { at, what: 'readAtSource' },
    )
  }
  if (detail.done_at && detail.done_by === 'source') {
    events.push({ at: detail.done_at.toISOString(), what: 'settled' })
  }
  if (detail.sync_state === 'sent' && detail.sync_at) {
    const at = detail.sync_at.toISOString()
    const told = detail.told_to
    events.push(told ? { at, what: 'syncedThere', connection: told } : { at, what: 'synced' })
  }
  return events
}

const PASSED_ON = { sent: 'forwarded', unclear: 'forwardUnclear', refused: 'forwardRefused' } as const

/** What became of passing it on; as long as that is open, nothing. */
function passedOn(forward: ForwardRow | null): StoryEvent[] {
  if (!forward || !(forward.state in PASSED_ON)) return []
  const { state, connection, error } = forward
  const what = PASSED_ON[state as keyof typeof PASSED_ON]
  return [{ at: forward.at.toISOString(), what, connection, ...(error && { detail: error }) }]
}
