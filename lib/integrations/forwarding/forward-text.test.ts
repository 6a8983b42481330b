import { describe, expect, it } from 'vitest'
import { forwardText } from './forward-text'

describe('what is said over there', () => {
  const said = (title: string, subtitle: string | null) =>
    forwardText({ sourceName: '总部', title, subtitle })
  it.each([
    [['请审批', '报销单'], '[总部] 请审批 · 报销单'],
    [['报销单\n请  审批', '报销单'], '[总部] 报销单 请 审批'],
    [['请审批', null], '[总部] 请审批'],
  ] as const)('of %j is one line', ([title, subtitle], expected) => {
    expect(said(title, subtitle)).toBe(expected)
  })

  it('is cut, never within a character', () => {
    const text = said('😀'.repeat(500), '单'.repeat(500))
    expect([...text].length).toBeLessThan(300)
    expect(text.isWellFormed()).toBe(true)
  })
})
