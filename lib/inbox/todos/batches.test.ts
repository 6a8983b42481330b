import { describe, expect, it } from 'vitest'
import { isBatchNotice, takenApart, type BatchNotice } from './batches'

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 8, minutes))
const notice = (messageId: string, count: number, minutes: number, open = true): BatchNotice => ({
  messageId,
  count,
  sentAt: at(minutes),
  open,
})
const gone = (notices: BatchNotice[], minutes: number[]) =>
  takenApart(notices, minutes.map(at)).map((one) => one.messageId)

it('is a to-do with a number', () => {
  expect(isBatchNotice({ category: 'todo', count: 3 })).toBe(true)
  expect(isBatchNotice({ category: 'cc', count: 3 })).toBe(false)
  expect(isBatchNotice({ category: 'todo', count: null })).toBe(false)
})

describe('a batch notice', () => {
  it('goes once all its things are here, and not before', () => {
    expect(gone([notice('a', 3, 30)], [30, 30])).toEqual([])
    expect(gone([notice('a', 3, 30)], [30, 30, 30])).toEqual(['a'])
    expect(gone([notice('a', 3, 30)], [29, 30, 31, 35])).toEqual(['a'])
  })

  it('takes only things of its time', () => {
    expect(gone([notice('a', 2, 30)], [30, 19])).toEqual([])
    expect(gone([notice('a', 2, 30)], [30, 41])).toEqual([])
    expect(gone([notice('a', 2, 30)], [20, 40])).toEqual(['a'])
  })

  it('shares no thing with another, whichever is named first', () => {
    const [older, newer] = [notice('older', 2, 30), notice('newer', 2, 33)]
    for (const both of [
      [older, newer],
      [newer, older],
    ]) {
      expect(gone(both, [30, 30])).toEqual(['older'])
      expect(gone(both, [30, 30, 33])).toEqual(['older'])
      expect(gone(both, [33, 30, 33, 30])).toEqual(['older', 'newer'])
    }
  })

  it('that is done keeps its things from the next one', () => {
    expect(gone([notice('done', 2, 30, false), notice('next', 2, 31)], [30, 30])).toEqual([])
  })

  it('that waits for more keeps what it has found', () => {
    expect(gone([notice('large', 5, 30), notice('small', 2, 31)], [30, 30, 31])).toEqual([])
  })
})
