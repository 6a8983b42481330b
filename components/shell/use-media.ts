'use client'

import { useSyncExternalStore } from 'react'

/** Where the layout changes; the same numbers stand in the class names. */
export const NARROW = '(max-width: 767.98px)'
export const ONE_PANE = '(max-width: 959.98px)'
export const WIDE = '(min-width: 1200px)'

/** Whether the window is like that now; false on the server. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
    () => false,
  )
}
