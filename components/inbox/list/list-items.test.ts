import { describe, expect, it } from 'vitest'
import { aMessage } from '@/lib/client/messages/fixtures/message'
import { listItems, nextAfter, withHeld } from './list-items'

const at = (id: string, sentAt: string) => aMessage({ id, sentAt })
const messages = [
  at('4', '2026-11-20T16:30:00Z'),
  at('3', '2026-11-20T16:00:00Z'),
  at('2', '2026-11-20T15:59:00Z'),
  at('1', '2026-11-18T01:00:00Z'),
]

describe('listItems', () => {
  it('puts a heading over each day of the server’s calendar', () => {
    const shown = listItems(messages, 'Asia/Shanghai').map((item) =>
      item.kind === 'day' ? item.day : item.key,
    )
    expect(shown).toEqual(['2026-11-21', '4', '3', '2026-11-20', '2', '2026-11-18', '1'])
  })

  it('counts messages, not headings', () => {
    const rows = listItems(messages, 'Asia/Shanghai').filter((item) => item.kind === 'row')
    expect(rows.map(({ position }) => position)).toEqual([0, 1, 2, 3])
  })

  it('has nothing for nothing', () => {
    expect(listItems([], 'Asia/Shanghai')).toEqual([])
  })
})

describe('withHeld', () => {
  const [, third, ...rest] = messages
  it('keeps the opened message at its place', () => {
    const without = messages.filter((message) => message !== third)
    expect(withHeld(without, third!).map(({ id }) => id)).toEqual(['4', '3', '2', '1'])
    expect(withHeld([messages[0]!], rest.at(-1)!).map(({ id }) => id)).toEqual(['4', '1'])
  })

  it('shows it once', () => {
    expect(withHeld(messages, third!)).toBe(messages)
    expect(withHeld(messages, null)).toBe(messages)
  })
})

describe('nextAfter', () => {
  it('is the one below, else the one above, else nothing', () => {
    expect(nextAfter(messages, '3', new Set(['3']))).toBe('2')
    expect(nextAfter(messages, '3', new Set(['3', '2']))).toBe('1')
    expect(nextAfter(messages, '1', new Set(['1', '2']))).toBe('3')
    expect(nextAfter(messages, '1', new Set(['1', '2', '3', '4']))).toBeNull()
    expect(nextAfter(messages, '99', new Set())).toBeNull()
  })
})
