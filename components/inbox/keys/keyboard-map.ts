import { RAIL_VIEWS, type RailView } from '@/components/shell/views'

export type Command =
  | 'next'
  | 'previous'
  | 'open'
  | 'openOriginal'
  | 'done'
  | 'read'
  | 'unread'
  | 'star'
  | 'snooze'
  | 'select'
  | 'undo'
  | 'search'
  | 'help'
  | 'close'
  | 'goTo'
  | { go: RailView }

/** What follows `g`. */
export const GO_KEYS: Record<string, RailView> = {
  t: 'todo',
  u: 'unread',
  a: 'all',
  c: 'cc',
  s: 'starred',
  l: 'snoozed',
  d: 'done',
}

/** The keys and what they do, in the order in which the help shows them. */
export const KEYS: { keys: string[]; command: Exclude<Command, { go: RailView } | 'goTo'> }[] = [
  { keys: ['j', '↓'], command: 'next' },
  { keys: ['k', '↑'], command: 'previous' },
  { keys: ['Enter', 'o'], command: 'open' },
  { keys: ['v'], command: 'openOriginal' },
  { keys: ['e'], command: 'done' },
  { keys: ['r'], command: 'read' },
  { keys: ['u'], command: 'unread' },
  { keys: ['s'], command: 'star' },
  { keys: ['h'], command: 'snooze' },
  { keys: ['x'], command: 'select' },
  { keys: ['z'], command: 'undo' },
  { keys: ['/'], command: 'search' },
  { keys: ['Esc'], command: 'close' },
  { keys: ['?'], command: 'help' },
]

/** The views that can be gone to, with the key after `g`. */
export const GO_VIEWS = RAIL_VIEWS.map((view) => ({
  view,
  key: Object.keys(GO_KEYS).find((key) => GO_KEYS[key] === view) ?? '',
}))

const BY_KEY: Record<string, Command> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  Enter: 'open',
  o: 'open',
  v: 'openOriginal',
  e: 'done',
  r: 'read',
  u: 'unread',
  s: 'star',
  h: 'snooze',
  x: 'select',
  z: 'undo',
  '/': 'search',
  '?': 'help',
  Escape: 'close',
  g: 'goTo',
}

export type KeyPress = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing?: boolean
}

/**
 * The command of a key; null for none. `afterG`: `g` was pressed just before. Keys with ctrl, alt or cmd belong to
 * the browser, and while an input method composes, letters belong to it.
 */
export function commandFor(press: KeyPress, afterG: boolean): Command | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null
  // Caps lock on is still the same key.
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  if (afterG) {
    const view = GO_KEYS[key]
    return view ? { go: view } : null
  }
  return BY_KEY[key] ?? null
}

/** True for the keys that stay when single-key shortcuts are turned off: they are the list's own. */
export function isListKey(key: string): boolean {
  return ['ArrowDown', 'ArrowUp', 'Enter', 'Escape'].includes(key)
}

const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
const OWN_KEYS =
  '[role="menu"], [role="listbox"], [role="radiogroup"], [role="tablist"], [role="dialog"], [role="alertdialog"]'
const PRESSED = 'button, a[href], summary, [role="checkbox"]'

/** Whether the key belongs to what has the focus: a field that is typed into, a menu, a dialog, a button for Enter. */
export function belongsElsewhere(key: string, target: Element | null): boolean {
  if (!target) return false
  if (target.closest(TYPING) || target.closest(OWN_KEYS)) return true
  return key === 'Enter' && target.closest(PRESSED) !== null
}
