import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUsername, normalizeUsername } from './username'

describe('usernames', () => {
  test.each(['a', '张三', 'Ｚｈａｎｇ', 'zhang san', 'محمد', '😀'.repeat(64), 'x'.repeat(64)])(
    '%s is one',
    (name) => {
      expect(isUsername(name)).toBe(true)
    },
  )

  test.each(['', ' a', 'a ', '\u3000a', 'a\n', 'a\0', 'a\tb', '\u2028', 'x'.repeat(65), '\u007f'])(
    '%j is none',
    (name) => {
      expect(isUsername(name)).toBe(false)
    },
  )

  test('are compared without case and width', () => {
    expect(normalizeUsername('ＺＨＡＮＧ')).toBe(normalizeUsername('zhang'))
    expect(normalizeUsername('É')).toBe(normalizeUsername('e\u0301'))
  })

  test('normalising twice is normalising once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 64 }), (name) => {
        const once = normalizeUsername(name)
        expect(normalizeUsername(once)).toBe(once)
      }),
    )
    expect(normalizeUsername(normalizeUsername('İ'))).toBe(normalizeUsername('İ'))
  })
})
