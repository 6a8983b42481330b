/**
 * The core's message vocabulary: what a connector says of one push or one polled item, and the words the inbox
 * uses for it. Pure; knows no vendor.
 */
export const CATEGORIES = ['todo', 'cc', 'reminder', 'alert', 'notice', 'result'] as const
export type Category = (typeof CATEGORIES)[number]

export const VIEWS = ['inbox', 'todo', 'unread', 'all', 'cc', 'starred', 'snoozed', 'done'] as const
export type View = (typeof VIEWS)[number]

/** An urge ("do it now") or a timeout ("it is late") is about a to-do that was sent before it. */
export type Reminder = 'urge' | 'timeout'

/**
 * Where a push folds together with others (docs/decisions/0003): pushes of one slot and one generation are one
 * message. `slot` leaves out connection and person: the core adds them.
 */
export type Folding = {
  /** App, form, record and flow node, as one text. */
  slot: string
  /** The vendor's id of one round of that to-do; null where the push names none. */
  generation: string | null
  reminder: Reminder | null
}

/** What a push or a polled item says, the same for all who receive it. Texts are plain text, never markup. */
export type Content = {
  category: Category
  /** The vendor's own word for the kind of message; shown in filters and kept as it is. */
  type: string
  action: string | null
  title: string
  /** The title is the vendor's standing text, so that lists lead with the form and its first fields. */
  plainTitle: boolean
  /** The form, dashboard or module it comes from. */
  subtitle: string | null
  /** The whole text as it came. */
  text: string | null
  fields: { label: string; value: string }[]
  changes: { label: string; from: string; to: string }[]
  sender: string | null
  sentAt: Date
  /** The address as the vendor sent it, unchecked; the connector checks it when it is opened. */
  link: string | null
  /** What the connector needs to ask for the address when the vendor sent none. */
  linkRef: Record<string, string> | null
  openType: 'window' | 'workarea' | null
  /** How many things a batch notice is about. */
  count: number | null
  /** The vendor calls it important. */
  important: boolean
  /** Messages about one thing share it; null: it stands alone. */
  threadKey: string | null
  folding: Folding | null
}

/** Longest texts kept; what is longer is cut with an ellipsis (the raw push keeps everything). */
export const TEXT_LIMITS = {
  title: 500,
  subtitle: 200,
  text: 20_000,
  sender: 100,
  label: 200,
  value: 4_000,
  link: 4_000,
}
export const MAX_FIELDS = 200

/**
 * Text as PostgreSQL and browsers can hold it: NUL and lone surrogates replaced by U+FFFD, other control
 * characters but tab and line feed dropped, CRLF as LF, cut at `limit` UTF-16 units (never inside a pair).
 */
export function cleanText(value: string, limit: number): string {
  const text = value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/\0/g, '\uFFFD')

    .replace(/[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
  if (text.length <= limit) return text
  return `${text
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`
}
