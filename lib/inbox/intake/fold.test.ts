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

/** Thousands of stories on a machine that does other things too, ms. */
const LOADED = 60_000

type Shown = SlotRow & { said: string }

/**
 * Lets the pushes arrive one by one as the store does, and gives the rows that are there in the end. After the first
 * `over.after` of them the vendor says that what is open then is over.
 */
function arrive(list: SlotPush[], over: { after: number; at: number } | null = null): Shown[] {
  let rows: Shown[] = []
  let next = 1
  const here: SlotPush[] = []
  for (const [index, one] of list.entries()) {
    if (index === over?.after) rows = rows.map((row) => markedOver(row, over.at))
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
        snoozedUntil: null,
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

/** As the store does it: not earlier than what is here. */
function markedOver(row: Shown, at: number): Shown {
  if (row.doneAt !== null) return row
  const overAt = Math.max(at, row.sentAt)
  return { ...row, overAt, doneAt: overAt, doneBy: 'source' }
}

describe('any order', () => {
  it(
    'says the same whatever the order and however often each push comes',
    () => {
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
    },
    LOADED,
  )

  it(
    'says the same of what the vendor called over, in whatever order pushes came before and after that',
    () => {
      fc.assert(
        fc.property(
          pushes.chain((list) =>
            fc.nat({ max: list.length - 1 }).chain((after) => {
              const whole = (part: SlotPush[]) => fc.shuffledSubarray(part, { minLength: part.length })
              const shuffled = fc.tuple(whole(list.slice(0, after)), whole(list.slice(after)))
              return fc.tuple(
                fc.constant(list),
                fc.constant(after),
                shuffled,
                fc.integer({ min: 0, max: 400 }),
              )
            }),
          ),
          ([list, after, [before, then], seconds]) => {
            const over = { after, at: at(seconds) }
            const said = (rows: Shown[]) => rows.map((row) => row.said).sort()
            expect(said(arrive([...before, ...then], over))).toEqual(said(arrive(list, over)))
          },
        ),
        { numRuns: 3000 },
      )
    },
    LOADED,
  )

  it(
    'loses no push and shows each once',
    () => {
      fc.assert(
        fc.property(pushes, (list) => {
          const shown = foldSlot(list).flatMap((round) => round.pushes.map((p) => p.id))
          expect(shown.sort()).toEqual(list.map((p) => p.id).sort())
        }),
        { numRuns: 1000 },
      )
    },
    LOADED,
  )
})

const row = (more: Partial<SlotRow>): SlotRow => ({
  id: '1',
  key: 't:a',
  pushIds: new Set(),
  readAt: null,
  readBy: null,
  doneAt: null,
  doneBy: null,
  reopenedAt: null,
  overAt: null,
  snoozedUntil: null,
  sentAt: at(0),
  ...more,
})
const state = (list: SlotPush[], present: SlotRow, arrived: SlotPush) =>
  rowState(assignRows(foldSlot(list), [present])[0]!, new Set([arrived.id]))

describe('the employee’s acts', () => {
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

describe('what the vendor says is over', () => {
  const first = task(0, 'a')
  const over = row({ overAt: at(100), doneAt: at(100), doneBy: 'source' })

  it('stays so while its pushes are not newer than that', () => {
    const late = task(90, 'a', 'urge')
    expect(state([first, late], over, late)).toMatchObject({ doneAt: at(100), doneBy: 'source' })
    const other = task(50, 'b')
    expect(
      assignRows(foldSlot([first, other]), [over]).map((one) => rowState(one, new Set([other.id]))),
    ).toEqual([
      expect.objectContaining({ doneBy: 'source' }),
      expect.objectContaining({ doneAt: null, raised: true }),
    ])
  })

  it('is open again by a push that was sent later', () => {
    const later = task(110, 'a', 'timeout')
    expect(state([first, later], over, later)).toMatchObject({ doneAt: null, doneBy: null, raised: true })
  })

  it('stays open where the employee has taken it back', () => {
    const taken = { ...over, doneAt: null, doneBy: null, reopenedAt: at(200) }
    const late = task(90, 'a', 'urge')
    expect(state([first, late], taken, late)).toMatchObject({ doneAt: null, doneBy: null })
  })

  it('is not touched where the employee has done it', () => {
    const done = { ...over, doneAt: at(50), doneBy: 'user' }
    const late = task(40, 'a', 'urge')
    expect(state([first, late], done, late)).toMatchObject({ doneAt: at(50), doneBy: 'user' })
  })

  it('is not said of a round that takes a lone reminder over', () => {
    const urge = push(50, { reminder: 'urge' })
    const alone = { ...over, key: `p:${urge.hash}`, pushIds: new Set([urge.id]), sentAt: at(50) }
    expect(state([urge, first], alone, first)).toMatchObject({ doneAt: null, overAt: null, raised: true })
  })
})

describe('a snooze', () => {
  const first = task(0, 'a')
  const snoozed = row({ snoozedUntil: at(9_000) })

  it('ends when an urge or timeout has just arrived, whenever that was sent', () => {
    for (const reminder of ['urge', 'timeout'] as const) {
      const one = task(-10, 'a', reminder)
      expect(state([first, one], snoozed, one)).toMatchObject({ wakes: true, raised: true })
    }
  })

  it('stays for anything else, for an urge that was here, and for what is done', () => {
    const [again, urge] = [task(50, 'a'), task(60, 'a', 'urge')]
    expect(state([first, again], snoozed, again).wakes).toBe(false)
    expect(state([first, again, urge], snoozed, again).wakes).toBe(false)
    const done = { ...snoozed, doneAt: at(70), doneBy: 'user' }
    expect(state([first, urge], done, urge).wakes).toBe(false)
  })
})
