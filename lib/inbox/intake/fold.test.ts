import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldSlot, type SlotPush } from './fold'
import { assignRows, rowState, type SlotRow } from './slot-rows'

let serial = 0
const at = (seconds: number) => Date.UTC(2026, 0, 1) + seconds * 1000
const push = (seconds: number, more: Partial<SlotPush> = {}): SlotPush => ({
  id: String(++serial),
  sentAt: at(seconds),
  hash: `h${String(seconds).padStart(6, '0')}${more.generation ?? ''}${more.reminder ?? ''}`,
  generation: null,
  reminder: null,
  ...more,
})
const task = (seconds: number, generation: string, reminder: SlotPush['reminder'] = null) =>
  push(seconds, { generation, reminder })

describe('foldSlot', () => {
  it('makes one round of the pushes of one task', () => {
    const first = task(0, 'a')
    const urge = task(50, 'a', 'urge')
    const [round, ...rest] = foldSlot([urge, first])
    expect(rest).toEqual([])
    expect(round).toMatchObject({ key: 't:a', marks: ['urge'], sentAt: at(50), settledAt: null })
    expect(round!.speaker).toBe(first)
  })

  it('settles an older round when a newer one begins, whichever came first', () => {
    for (const order of [
      [task(0, 'a'), task(500, 'b')],
      [task(500, 'b'), task(0, 'a')],
    ]) {
      expect(foldSlot(order).map(({ key, settledAt }) => [key, settledAt])).toEqual([
        ['t:a', at(500)],
        ['t:b', null],
      ])
    }
  })

  it('makes each push without a task a round of its own', () => {
    expect(foldSlot([push(0), push(100)]).map((round) => round.settledAt)).toEqual([at(100), null])
  })

  it('joins an urge without a task to the newest round not later than itself', () => {
    const rounds = foldSlot([task(0, 'a'), task(100, 'b'), push(50, { reminder: 'urge' })])
    expect(rounds.map((round) => round.marks)).toEqual([['urge'], []])
  })

  it('keeps an urge alone until its round comes', () => {
    const urge = push(50, { reminder: 'urge' })
    expect(foldSlot([urge])).toMatchObject([{ key: `p:${urge.hash}`, marks: ['urge'], settledAt: null }])
    expect(foldSlot([urge, task(60, 'late')])).toMatchObject([{ settledAt: at(60) }, { key: 't:late' }])
    expect(foldSlot([urge, task(10, 'a')])).toMatchObject([{ key: 't:a', marks: ['urge'] }])
  })

  it('joins an old-engine push to a new-engine round within 60 s, and not beyond', () => {
    expect(foldSlot([push(60), task(0, 'a')])).toHaveLength(1)
    expect(foldSlot([push(61), task(0, 'a')])).toHaveLength(2)
    expect(foldSlot([push(61), task(0, 'a'), task(90, 'b')]).at(-1)!.pushes).toHaveLength(2)
  })
})

// ── Any order ───────────────────────────────────────────────────────────────────────────────────────────────────

const pushes = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 0, max: 400 }),
      generation: fc.constantFrom(null, null, 'a', 'b', 'c'),
      reminder: fc.constantFrom(null, null, null, 'urge' as const, 'timeout' as const),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((list) => list.map((p, i) => ({ ...push(p.seconds, p), hash: `${(i * 7919) % 97}-${i}` })))

type Shown = SlotRow & { said: string }

/** Lets the pushes arrive one by one as the store does, and gives the rows that are there in the end. */
function arrive(list: SlotPush[]): Shown[] {
  let rows: Shown[] = []
  let next = 1
  const here: SlotPush[] = []
  for (const one of list) {
    if (here.some((known) => known.hash === one.hash)) continue
    here.push(one)
    const before = new Map(rows.map((row) => [row.id, row]))
    rows = assignRows(foldSlot(here), rows).map((assignment) => {
      const { generation, row } = assignment
      const state = rowState(assignment, new Set([one.id]))
      const said = JSON.stringify([
        generation.speaker.hash,
        generation.marks,
        generation.sentAt,
        state.doneAt,
      ])
      const pushIds = new Set(generation.pushes.map((p) => p.id))
      return {
        ...state,
        id: row?.id ?? String(next++),
        key: generation.key,
        pushIds,
        sentAt: generation.sentAt,
        said,
      }
    })
    for (const row of rows) {
      const old = before.get(row.id)
      // A row that shows a task shows it for ever.
      if (old?.key.startsWith('t:')) expect(row.key).toBe(old.key)
    }
    for (const old of before.values()) {
      if (old.key.startsWith('t:')) expect(rows.some((row) => row.id === old.id)).toBe(true)
    }
  }
  return rows
}

describe('any order', () => {
  it('says the same whatever the order and however often each push comes', () => {
    fc.assert(
      fc.property(
        pushes.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray([...list, ...list], { minLength: list.length, maxLength: list.length * 2 }),
          ),
        ),
        ([list, shuffled]) => {
          const missing = list.filter((one) => !shuffled.includes(one))
          const said = (rows: Shown[]) => rows.map((row) => row.said).sort()
          expect(said(arrive([...shuffled, ...missing]))).toEqual(said(arrive(list)))
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('loses no push and shows each once', () => {
    fc.assert(
      fc.property(pushes, (list) => {
        const shown = foldSlot(list).flatMap((round) => round.pushes.map((p) => p.id))
        expect(shown.sort()).toEqual(list.map((p) => p.id).sort())
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the employee’s acts', () => {
  const row = (more: Partial<SlotRow>): SlotRow => ({
    id: '1',
    key: 't:a',
    pushIds: new Set(),
    readAt: null,
    readBy: null,
    doneAt: null,
    doneBy: null,
    reopenedAt: null,
    sentAt: at(0),
    ...more,
  })
  const state = (list: SlotPush[], present: SlotRow, arrived: SlotPush) =>
    rowState(assignRows(foldSlot(list), [present])[0]!, new Set([arrived.id]))

  it('give way to a push sent later, and only to that', () => {
    const first = task(0, 'a')
    const done = row({ readAt: at(30), readBy: 'user', doneAt: at(30), doneBy: 'user' })
    const before = task(20, 'a', 'urge')
    const after = task(40, 'a', 'urge')
    expect(state([first, before], done, before)).toMatchObject({ readAt: at(30), doneAt: at(30) })
    expect(state([first, after], done, after)).toMatchObject({ readAt: null, doneAt: null, raised: true })
  })

  it('stay when an older push comes while a newer one was there before the act', () => {
    const first = task(0, 'a')
    const ahead = task(90, 'a', 'urge')
    const late = task(10, 'a', 'timeout')
    const read = row({ readAt: at(30), readBy: 'user', sentAt: at(90) })
    expect(state([first, ahead, late], read, late)).toMatchObject({ readAt: at(30), raised: false })
  })

  it('taken back "done" stays open until a round newer than that', () => {
    const reopened = row({ reopenedAt: at(300) })
    const newer = task(200, 'b')
    expect(state([task(0, 'a'), newer], reopened, newer).doneBy).toBeNull()
    const newest = task(400, 'c')
    expect(state([task(0, 'a'), newest], reopened, newest).doneBy).toBe('source')
  })
})
