import { describe, expect, it } from 'vitest'
import { newestUndoable, remember, UNDO_FOR, type Undoable } from './undo-register'

const act = (at: number, quiet = false): Undoable => ({
  token: Promise.resolve(`t${at}`),
  changes: [],
  at,
  quiet,
})
const register = (...acts: Undoable[]) => acts.reduce(remember, [] as Undoable[])

describe('the undo register', () => {
  it('gives the newest act', () => {
    expect(newestUndoable(register(act(1), act(2)), 3)?.at).toBe(2)
  })

  it('passes over what happened by the way, while there is an act on purpose', () => {
    expect(newestUndoable(register(act(1), act(2, true)), 3)?.at).toBe(1)
    expect(newestUndoable(register(act(2, true)), 3)?.at).toBe(2)
  })

  it('forgets what is too old', () => {
    const both = register(act(0), act(5_000, true))
    expect(newestUndoable(both, UNDO_FOR)?.at).toBe(5_000)
    expect(newestUndoable(both, 5_000 + UNDO_FOR)).toBeNull()
    expect(remember(both, act(5_000 + UNDO_FOR))).toHaveLength(1)
  })
})
