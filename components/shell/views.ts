import { AtSign, CheckCheck, CircleDot, Clock3, Inbox, ListTodo, Star, type LucideIcon } from 'lucide-react'
import type { Counts } from '@/lib/contracts/messages'

/** The views of the rail, in its order; `inbox` is the one that sources open and has no line of its own. */
export const RAIL_VIEWS = ['todo', 'unread', 'all', 'cc', 'starred', 'snoozed', 'done'] as const
export type RailView = (typeof RAIL_VIEWS)[number]

export const VIEW_ICONS: Record<RailView, LucideIcon> = {
  todo: ListTodo,
  unread: CircleDot,
  all: Inbox,
  cc: AtSign,
  starred: Star,
  snoozed: Clock3,
  done: CheckCheck,
}

/** How many a view holds; null where nobody is helped by the number. */
export function countOf(view: string, counts: Counts | undefined): number | null {
  if (!counts || view === 'done' || view === 'all' || view === 'inbox') return null
  return counts.views[view as Exclude<RailView, 'all'>] ?? null
}

/** The address of a view, or of a source. */
export function viewHref(view: string, source: { connector?: string; connection?: string } = {}): string {
  const words = new URLSearchParams({ view })
  if (source.connector) words.set('connector', source.connector)
  if (source.connection) words.set('connection', source.connection)
  return `/?${words}`
}
