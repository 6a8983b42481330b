'use client'

import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react'
import { onShortcutsTurned, shortcutsOn } from '@/lib/client/device-preferences'
import { belongsElsewhere, commandFor, isListKey, type Command } from './keyboard-map'

/** How long after `g` a letter still belongs to it, milliseconds. */
const G_WAITS = 1_200

/** Whether single keys act in this browser. */
export function useShortcutsOn(): boolean {
  return useSyncExternalStore(onShortcutsTurned, shortcutsOn, () => true)
}

/**
 * Hands the keys' commands on, unless somebody types or the key belongs to what has the focus. `run` says whether it
 * did something; then the browser does not.
 */
export function useKeyboard(run: (command: Command) => boolean): void {
  const on = useShortcutsOn()
  const pressedG = useRef(-Infinity)
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || belongsElsewhere(event.key, event.target as Element | null)) return
    if (!on && !isListKey(event.key)) return
    const command = commandFor(event, event.timeStamp - pressedG.current < G_WAITS)
    pressedG.current = command === 'goTo' ? event.timeStamp : -Infinity
    if (command && command !== 'goTo' && run(command)) event.preventDefault()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
