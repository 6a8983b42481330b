import { describe, expect, it } from 'vitest'
import { RAIL_VIEWS } from '@/components/shell/views'
import { commandFor, GO_VIEWS, KEYS, type KeyPress } from './keyboard-map'

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...over,
})
/** The keys as the help writes them, as the browser names them. */
const NAMES: Record<string, string> = { '↓': 'ArrowDown', '↑': 'ArrowUp', Esc: 'Escape' }

describe('commandFor', () => {
  it('does what the help says, for every key in it', () => {
    for (const { keys, command } of KEYS) {
      for (const key of keys) expect(commandFor(press(NAMES[key] ?? key), false)).toBe(command)
    }
  })

  it('goes to every view after g, and nowhere else', () => {
    expect(commandFor(press('g'), false)).toBe('goTo')
    expect(GO_VIEWS.map(({ view }) => view)).toEqual([...RAIL_VIEWS])
    for (const { view, key } of GO_VIEWS) expect(commandFor(press(key), true)).toEqual({ go: view })
    expect(commandFor(press('e'), true)).toBeNull()
  })

  it('knows a key with caps lock on', () => {
    expect(commandFor(press('E'), false)).toBe('done')
  })

  it.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }])(
    'leaves %o to the browser',
    (over) => {
      expect(commandFor(press('e', over), false)).toBeNull()
    },
  )

  it('does nothing for other keys', () => {
    expect(commandFor(press('q'), false)).toBeNull()
    expect(commandFor(press('F5'), false)).toBeNull()
  })
})
