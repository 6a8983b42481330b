import { viewHolds } from '@/lib/client/messages/filter'
import type { Message } from '@/lib/contracts/messages'

export type Mark = 'done' | 'snoozed' | 'overdue' | 'urged' | 'urgent' | 'sentBack' | 'transferred' | 'cc'
export type MarkTone = 'danger' | 'warning' | 'neutral'

const MOST = 2

/** Red only for what must not wait, amber for overdue; the rest only says what it is. */
export const MARK_TONES: Record<Mark, MarkTone> = {
  done: 'neutral',
  snoozed: 'neutral',
  overdue: 'warning',
  urged: 'danger',
  urgent: 'danger',
  sentBack: 'neutral',
  transferred: 'neutral',
  cc: 'neutral',
}

// Words of the API (`action`), whichever system they come from.
const SENT_BACK = ['flow_back', 'flow_auto_back']
const TRANSFERRED = ['flow_member_transfer', 'flow_admin_transfer', 'flow_batch_transfer']

/**
 * At most two words on a row, what presses most first. In the view of copies nothing says that it is a copy. Among all
 * messages, where a search looks too, those that are out of the inbox say so before anything else.
 */
export function rowMarks(message: Message, view: string, now: Date): Mark[] {
  const { marks, urgent, action, category } = message
  const pressing = marks.length > 0
  const all: [Mark, boolean][] = [
    ['done', view === 'all' && viewHolds('done', message, now)],
    ['snoozed', view === 'all' && viewHolds('snoozed', message, now)],
    ['overdue', marks.includes('timeout')],
    ['urged', marks.includes('urge')],
    // An urged or overdue message is urgent by that alone.
    ['urgent', urgent && !pressing],
    ['sentBack', SENT_BACK.includes(action ?? '')],
    ['transferred', TRANSFERRED.includes(action ?? '')],
    ['cc', category === 'cc' && view !== 'cc'],
  ]
  return all.flatMap(([mark, is]) => (is ? [mark] : [])).slice(0, MOST)
}
