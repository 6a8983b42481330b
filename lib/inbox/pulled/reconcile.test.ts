import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcile, VANISHED_AT_ONCE, type Known, type Listed } from './reconcile'

const nothing = { fresh: [], nowRead: [], nowUnread: [], missedOnce: [], foundAgain: [], confirm: [] }
const known = (externalId: string, vendorRead = false, missed = 0): Known => ({
  externalId,
  vendorRead,
  missed,
})
const listed = (externalId: string, read = false): Listed => ({ externalId, read })
const complete = { kind: 'unread', complete: true } as const
const cut = { kind: 'unread', complete: false } as const
const all = { kind: 'all', complete: true } as const
const many = (n: number, missed = 0) => Array.from({ length: n }, (_, i) => known(`${i}`, false, missed))

describe('a listing', () => {
  it('brings what is new, once, in its order', () => {
    const two = [listed('b'), listed('a', true), listed('b')]
    expect(reconcile([], two, complete)).toEqual({ ...nothing, fresh: ['b', 'a'] })
    expect(reconcile([], two, cut)).toEqual({ ...nothing, fresh: ['b', 'a'] })
  })

  it('that says "read" is believed at once, complete or not', () => {
    for (const listing of [complete, cut, all]) {
      const verdict = reconcile([known('a')], [listed('a', true)], listing)
      expect(verdict).toEqual({ ...nothing, nowRead: ['a'] })
    }
  })

  it('that says "unread" of what was read there is believed at once, complete or not', () => {
    for (const listing of [complete, cut, all]) {
      const verdict = reconcile([known('a', true)], [listed('a')], listing)
      expect(verdict).toEqual({ ...nothing, nowUnread: ['a'] })
    }
  })

  it('that repeats what is known changes nothing', () => {
    const both = [known('a'), known('b', true)]
    expect(reconcile(both, [listed('a'), listed('b', true)], complete)).toEqual(nothing)
  })
})

describe('what is missing', () => {
  it('counts the second time in a row, from complete listings of the unread', () => {
    expect(reconcile([known('a')], [], complete)).toEqual({ ...nothing, missedOnce: ['a'] })
    expect(reconcile([known('a', false, 1)], [], complete)).toEqual({ ...nothing, nowRead: ['a'] })
  })

  it('says nothing where the listing is cut or lists everything', () => {
    expect(reconcile([known('a', false, 1)], [], cut)).toEqual(nothing)
    expect(reconcile([known('a', false, 1)], [], all)).toEqual(nothing)
  })

  it('and found again begins anew', () => {
    for (const listing of [complete, cut, all]) {
      const verdict = reconcile([known('a', false, 1)], [listed('a')], listing)
      expect(verdict).toEqual({ ...nothing, foundAgain: ['a'] })
    }
  })

  it('in great number asks for a confirmation, first and second time alike', () => {
    for (const missed of [0, 1]) {
      const verdict = reconcile(many(VANISHED_AT_ONCE + 1, missed), [], complete)
      expect(verdict).toMatchObject({ nowRead: [], missedOnce: [] })
      expect(verdict.confirm).toHaveLength(VANISHED_AT_ONCE + 1)
    }
    const few = reconcile(many(VANISHED_AT_ONCE), [], complete)
    expect([few.confirm.length, few.missedOnce.length]).toEqual([0, VANISHED_AT_ONCE])
  })

  it('in great number and confirmed is like any other', () => {
    const confirmed = { ...complete, confirmed: true }
    expect(reconcile(many(30), [], confirmed).missedOnce).toHaveLength(30)
    expect(reconcile(many(30, 1), [], confirmed).nowRead).toHaveLength(30)
  })
})

type Scan = { listed: Listed[]; kind: 'unread' | 'all'; complete: boolean; confirmed: boolean }
const ids = fc.integer({ min: 0, max: 29 }).map((n) => `${n}`)
const scan: fc.Arbitrary<Scan> = fc.record({
  listed: fc.array(fc.record({ externalId: ids, read: fc.boolean() }), { maxLength: 40 }),
  kind: fc.constantFrom('unread', 'all'),
  complete: fc.boolean(),
  confirmed: fc.boolean(),
})

describe('whatever is listed, in whatever order', () => {
  it('nothing is read there unless a listing says so or two complete ones in a row leave it out', () => {
    fc.assert(
      fc.property(fc.array(scan, { maxLength: 8 }), (scans) => {
        const state = new Map<string, Known>()
        /** Complete listings of the unread in a row that left it out, counted apart. */
        const absent = new Map<string, number>()
        for (const one of scans) {
          const before = [...state.values()]
          const verdict = reconcile(before, one.listed, one)
          const said = new Map([...one.listed].reverse().map((item) => [item.externalId, item.read]))
          for (const id of said.keys()) absent.set(id, 0)
          if (one.kind === 'unread' && one.complete) {
            for (const { externalId } of before) {
              if (!said.has(externalId)) absent.set(externalId, (absent.get(externalId) ?? 0) + 1)
            }
          }
          for (const id of verdict.nowRead) {
            const toldSo = said.get(id) === true
            expect(toldSo || (!said.has(id) && absent.get(id)! >= 2)).toBe(true)
            if (!toldSo) expect([one.kind, one.complete]).toEqual(['unread', true])
          }
          for (const id of verdict.nowUnread) expect(said.get(id)).toBe(false)
          expect(new Set(verdict.fresh)).toEqual(new Set([...said.keys()].filter((id) => !state.has(id))))
          for (const id of verdict.fresh) {
            state.set(id, known(id, said.get(id)))
          }
          for (const id of verdict.nowRead) state.set(id, known(id, true))
          for (const id of [...verdict.nowUnread, ...verdict.foundAgain]) state.set(id, known(id))
          for (const id of verdict.missedOnce) state.set(id, known(id, false, 1))
          // A verdict never says two things of one message.
          const every = Object.values(verdict).flat()
          expect(new Set(every).size).toBe(every.length)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('a complete and true list of the unread, seen twice, leaves both sides equal', () => {
    fc.assert(
      fc.property(fc.array(ids), fc.array(ids), (had, now) => {
        const state = new Map(had.map((id) => [id, known(id)]))
        for (let round = 0; round < 2; round++) {
          const verdict = reconcile(
            [...state.values()],
            now.map((id) => listed(id)),
            {
              ...complete,
              confirmed: true,
            },
          )
          for (const id of [...verdict.fresh, ...verdict.nowUnread]) state.set(id, known(id))
          for (const id of verdict.nowRead) state.set(id, known(id, true))
          for (const id of verdict.missedOnce) state.set(id, known(id, false, 1))
        }
        const unread = [...state.values()].filter((item) => !item.vendorRead).map((item) => item.externalId)
        expect(new Set(unread)).toEqual(new Set(now))
      }),
    )
  })
})
