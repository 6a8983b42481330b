import { describe, expect, it } from 'vitest'
import { inTurn } from './turns'

/** Calls that end when they are told to. */
function calls() {
  const ends: (() => void)[] = []
  const begun: string[] = []
  const call = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name)
      ends.push(() => resolve(name))
    })
  return { begun, call, endFirst: () => ends.shift()!() }
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  it('are at most so many at once, in order', async () => {
    const { begun, call, endFirst } = calls()
    const all = ['a', 'b', 'c', 'd'].map((name) => inTurn('one', 2, call(name)))
    await soon()
    expect(begun).toEqual(['a', 'b'])
    endFirst()
    await soon()
    expect(begun).toEqual(['a', 'b', 'c'])
    endFirst()
    endFirst()
    await soon()
    endFirst()
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('keep to a width that has changed meanwhile', async () => {
    const { begun, call, endFirst } = calls()
    const wide = ['a', 'b', 'c', 'd'].map((name) => inTurn('changed', 2, call(name)))
    await soon()
    const narrow = inTurn('changed', 1, call('e'))
    endFirst()
    await soon()
    expect(begun).toEqual(['a', 'b'])
    for (const expected of ['c', 'd', 'e']) {
      endFirst()
      await soon()
      expect(begun.at(-1)).toBe(expected)
    }
    endFirst()
    expect(await Promise.all([...wide, narrow])).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('are for all there is room for when it has grown', async () => {
    const { begun, call, endFirst } = calls()
    const first = ['a', 'b', 'c'].map((name) => inTurn('grown', 1, call(name)))
    await soon()
    const last = inTurn('grown', 3, call('d'))
    endFirst()
    await soon()
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    for (let i = 0; i < 3; i++) endFirst()
    expect(await Promise.all([...first, last])).toEqual(['a', 'b', 'c', 'd'])
  })

  it('of one connection do not wait for those of another', async () => {
    const { begun, call } = calls()
    void inTurn('two', 1, call('a'))
    void inTurn('three', 1, call('b'))
    await soon()
    expect(begun).toEqual(['a', 'b'])
  })

  it('go on after a failure', async () => {
    const fails = inTurn('four', 1, () => Promise.reject(new Error('no')))
    await expect(fails).rejects.toThrow('no')
    expect(await inTurn('four', 1, async () => 'next')).toBe('next')
  })

  it('can be given up while waiting; the others keep theirs', async () => {
    const { begun, call, endFirst } = calls()
    const stop = new AbortController()
    const first = inTurn('five', 1, call('a'))
    const second = inTurn('five', 1, call('b'), stop.signal)
    const third = inTurn('five', 1, call('c'))
    stop.abort()
    await expect(second).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(inTurn('five', 1, call('d'), stop.signal)).rejects.toMatchObject({ kind: 'unavailable' })
    endFirst()
    await soon()
    endFirst()
    expect(await Promise.all([first, third])).toEqual(['a', 'c'])
    expect(begun).toEqual(['a', 'c'])
  })
})
