import { describe, expect, it } from 'vitest'
import { nextPath } from './next-path'

describe('nextPath', () => {
  it.each(['/', '/messages/12', '/settings/mappings?connection=a&q=%E5%BC%A0', '/?view=cc#top'])(
    'keeps %s',
    (next) => expect(nextPath(next)).toBe(next),
  )

  it.each([
    [null],
    [undefined],
    [''],
    ['settings'],
    ['https://evil.example/'],
    ['//evil.example/'],
    ['/\\evil.example'],
    ['/\t/evil.example'],
    ['/.//evil.example'],
    ['/%2e//evil.example'],
    ['javascript:alert(1)'],
    ['/login?next=/login'],
    ['/setup'],
  ])('takes %s for the inbox', (next) => expect(nextPath(next)).toBe('/'))
})
