import type { Change } from '@/lib/client/messages/acts'

/** How long an act can be taken back, milliseconds; the server's own limit. */
export const UNDO_FOR = 10_000

export type Undoable = {
  /** Known once the server has answered; null: nothing changed, or it failed. */
  token: Promise<string | null>
  changes: Change[]
  at: number
  /** Happened by the way (reading by opening): taken back only when nothing else can be. */
  quiet: boolean
}

/** The register with one more act, without those that are too old. */
export function remember(register: Undoable[], act: Undoable): Undoable[] {
  return [...register.filter(({ at }) => act.at - at < UNDO_FOR), act]
}

/** What `z` takes back now: the newest act the reader did on purpose, else the newest at all. */
export function newestUndoable(register: Undoable[], now: number): Undoable | null {
  const fresh = register.filter(({ at }) => now - at < UNDO_FOR)
  return fresh.findLast(({ quiet }) => !quiet) ?? fresh.at(-1) ?? null
}
