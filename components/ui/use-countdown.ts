'use client'

import { useCallback, useSyncExternalStore } from 'react'

/** Whole seconds left until `until` (milliseconds since 1970); 0 once it has passed or when there is none. */
export function useCountdown(until: number | null): number {
  const subscribe = useCallback(
    (tell: () => void) => {
      if (until === null) return () => {}
      const timer = setInterval(tell, 1000)
      return () => clearInterval(timer)
    },
    [until],
  )
  return useSyncExternalStore(
    subscribe,
    () => (until === null ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000))),
    () => 0,
  )
}
