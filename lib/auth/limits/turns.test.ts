import { describe, expect, test } from 'vitest'
import { inTurn } from './turns'

/** Work that ends when it is told to. */
function controlled() {
  let finish = () => {}
  const done = new Promise<void>((resolve) => (finish = resolve))
  return { done, finish }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  test('so many at once, the others in the order they came', async () => {
    const works = Array.from({ length: 5 }, controlled)
    const begun: number[] = []
    const all = works.map(({ done }, i) =>
      inTurn('a', { width: 2, longest: 10 }, async () => {
        begun.push(i)
        await done
        return i
      }),
    )
    await settle()
    expect(begun).toEqual([0, 1])
    works[1]!.finish()
    await settle()
    expect(begun).toEqual([0, 1, 2])
    for (const { finish } of works) finish()
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4])
  })

  test('names do not wait for each other', async () => {
    const blocked = controlled()
    const waiting = inTurn('b', { width: 1, longest: 10 }, () => blocked.done)
    expect(await inTurn('c', { width: 1, longest: 10 }, async () => 'free')).toBe('free')
    blocked.finish()
    await waiting
  })

  test('too long a line is left at once', async () => {
    const blocked = controlled()
    const first = inTurn('d', { width: 1, longest: 1 }, () => blocked.done)
    const second = inTurn('d', { width: 1, longest: 1 }, async () => 'second')
    expect(await inTurn('d', { width: 1, longest: 1 }, async () => 'third')).toBe(null)
    blocked.finish()
    await first
    expect(await second).toBe('second')
  })

  test('one that fails makes room for the next', async () => {
    const first = inTurn('e', { width: 1, longest: 5 }, () => Promise.reject(new Error('no')))
    const second = inTurn('e', { width: 1, longest: 5 }, async () => 'second')
    await expect(first).rejects.toThrow('no')
    expect(await second).toBe('second')
  })
})
