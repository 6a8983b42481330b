'use client'

import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react'

/** Where lists were left, pixels, for as long as the page lives. */
const places = new Map<string, number>()

/** Where a list was left; its top the first time. */
export function placeOf(name: string): number {
  return places.get(name) ?? 0
}

/**
 * Remembers where each list is left, and brings the reader back there when another list is shown in its place.
 * A list that is mounted begins there by itself (`placeOf`).
 */
export function useScrollMemory(
  name: string,
  scroller: RefObject<HTMLElement | null>,
  scrollTo: (offset: number) => void,
): void {
  const shown = useRef(name)
  const bring = useEffectEvent(() => scrollTo(placeOf(name)))
  useLayoutEffect(() => {
    if (shown.current === name) return
    shown.current = name
    bring()
  }, [name])
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const keep = () => places.set(name, element.scrollTop)
    element.addEventListener('scroll', keep, { passive: true })
    return () => element.removeEventListener('scroll', keep)
  }, [name, scroller])
}
