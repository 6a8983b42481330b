import { describe, expect, it } from 'vitest'
import { exampleHealth } from './testing/example-health'
import { troublesOf } from './troubles'

describe('troublesOf', () => {
  it('finds none where all is well, whatever has been counted so far', () => {
    expect(troublesOf(exampleHealth())).toEqual([])
    expect(troublesOf(exampleHealth({ dead: 3, refused: 12, waiting: 40, unmapped: 2 }))).toEqual([])
    expect(troublesOf(exampleHealth({ state: 'setup', lastSuccessAt: null }))).toEqual([])
  })

  it('takes polls for late after five minutes only', () => {
    expect(troublesOf(exampleHealth({ lagSeconds: 300 }))).toEqual([])
    expect(troublesOf(exampleHealth({ lagSeconds: 301 }))).toEqual(['late'])
  })

  it('does not also complain of late polls where nothing answers', () => {
    expect(troublesOf(exampleHealth({ state: 'failing', lagSeconds: 4000 }))).toEqual(['failing'])
  })

  it('names everything that is wrong', () => {
    const balance = { ...exampleHealth().balance, difference: -2 }
    expect(
      troublesOf(exampleHealth({ state: 'failing', balance, outbox: { pending: 0, failed: 1 } })),
    ).toEqual(['failing', 'unbalanced', 'refusedReads'])
  })
})
