import type { MessageDetail } from '@/lib/contracts/messages'
import { selectActs, selectDetail, selectPushes, type DetailRow } from './detail-store'

type Story = Pick<MessageDetail, 'text' | 'changes' | 'events' | 'syncError'>
type StoryEvent = MessageDetail['events'][number]

/** What a message's page tells beyond its row: whole text, changes, and what happened when. Null: not the user's. */
export async function tellStory(userId: string, id: string): Promise<Story | null> {
  const [detail, pushes, acts] = await Promise.all([
    selectDetail(userId, id),
    selectPushes(userId, id),
    selectActs(userId, id),
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
  const events = [...received, ...done, ...atSource(detail)]
  return {
    text: detail.text,
    changes: detail.changes,
    events: events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    syncError: detail.sync_state === 'failed' ? detail.sync_error : null,
  }
}

function atSource(detail: DetailRow): StoryEvent[] {
  const events: StoryEvent[] = []
  if (detail.read_at && detail.read_by === 'source') {
    events.push({ at: detail.read_at.toISOString(), what: 'readAtSource' })
  }
  if (detail.done_at && detail.done_by === 'source') {
    events.push({ at: detail.done_at.toISOString(), what: 'settled' })
  }
  if (detail.sync_state === 'sent' && detail.sync_at) {
    events.push({ at: detail.sync_at.toISOString(), what: 'synced' })
  }
  return events
}
