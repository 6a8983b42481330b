import { describe, expect, it } from 'vitest'
import { extend, keepOnly, noSelection, pickAllOf, toggle } from './selection'

const order = ['a', 'b', 'c', 'd', 'e']
const ids = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort()

describe('selection', () => {
  it('picks and lets go', () => {
    const one = toggle(noSelection, 'b')
    expect(ids(one)).toEqual(['b'])
    expect(ids(toggle(one, 'b'))).toEqual([])
  })

  it('picks a range either way, and again from the same anchor', () => {
    const anchor = toggle(noSelection, 'd')
    const up = extend(anchor, 'b', order)
    expect(ids(up)).toEqual(['b', 'c', 'd'])
    expect(ids(extend(up, 'e', order))).toEqual(['b', 'c', 'd', 'e'])
  })

  it('picks one where a range has no beginning, or one that has left', () => {
    expect(ids(extend(noSelection, 'c', order))).toEqual(['c'])
    expect(ids(extend(toggle(noSelection, 'x'), 'c', order))).toEqual(['c', 'x'])
  })

  it('picks no more than one act may name', () => {
    const many = Array.from({ length: 1_500 }, (_, index) => String(index))
    expect(pickAllOf(many).ids.size).toBe(1_000)
    expect(extend(toggle(noSelection, '0'), '1499', many).ids.size).toBe(1_000)
  })

  it('forgets what has left the list', () => {
    const three = extend(toggle(noSelection, 'a'), 'c', order)
    expect(ids(keepOnly(three, ['b', 'd']))).toEqual(['b'])
    expect(keepOnly(three, order)).toBe(three)
  })
})
