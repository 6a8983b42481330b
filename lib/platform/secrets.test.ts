import { expect, test } from 'vitest'
import { decrypt, encrypt } from './secrets'

const HERE = 'connection:1:secret'

test('what is encrypted comes back, whatever script it is in', () => {
  for (const plain of ['', 'p@ss', '密码 🔑', 'x'.repeat(10_000)])
    expect(decrypt(encrypt(plain, HERE), HERE)).toBe(plain)
})

test('it names its version, hides the text and is never the same twice', () => {
  const [first, second] = [encrypt('hunter2', HERE), encrypt('hunter2', HERE)]
  expect(first).toMatch(/^v1\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/)
  expect(first).not.toBe(second)
})

test('a changed character anywhere is noticed', () => {
  const text = encrypt('hunter2', HERE)
  const parts = text.split('.')
  for (const at of [1, 2, 3]) {
    const changed = [...parts]
    changed[at] = (parts[at]![0] === 'A' ? 'B' : 'A') + parts[at]!.slice(1)
    expect(() => decrypt(changed.join('.'), HERE)).toThrow()
  }
})

test('it opens only where it belongs', () => {
  expect(() => decrypt(encrypt('hunter2', HERE), 'connection:2:secret')).toThrow()
})

test.each(['', 'hunter2', 'v2.a.b.c', 'v1.a.b', 'v1.AAAA.AAAA.AAAA', encrypt('x', HERE).slice(0, -30)])(
  'what is not of this format is refused: %s',
  (text) => {
    expect(() => decrypt(text, HERE)).toThrow(expect.objectContaining({ code: 'internal' }))
  },
)
