/** Pixels after which a finger has chosen its direction, and after which letting go acts. */
const DECIDES = 10
const ACTS = 88
const FURTHEST = 132

export type Swipe = 'undecided' | 'scrolls' | 'swipes'

/** Whether a finger that has moved so far scrolls the list or swipes the row. */
export function swipeAfter(dx: number, dy: number): Swipe {
  if (Math.max(Math.abs(dx), Math.abs(dy)) < DECIDES) return 'undecided'
  return Math.abs(dx) > Math.abs(dy) * 1.5 ? 'swipes' : 'scrolls'
}

/** How far the row follows: with the finger, and less beyond the point that acts. */
export function swipeOffset(dx: number): number {
  const far = Math.abs(dx)
  const followed = far <= ACTS ? far : Math.min(FURTHEST, ACTS + (far - ACTS) / 3)
  return Math.sign(dx) * followed
}

/** What letting go here does: right is done, left is snooze. */
export function swipeResult(dx: number): 'done' | 'snooze' | null {
  if (dx >= ACTS) return 'done'
  return dx <= -ACTS ? 'snooze' : null
}
