let leaving = false

/**
 * The session is over: sends the person to sign in and back to this place afterwards. However many requests find
 * out at the same moment, the page is left once.
 */
export function leaveForLogin(): void {
  if (leaving || typeof window === 'undefined') return
  const { pathname, search } = window.location
  if (pathname === '/login' || pathname === '/setup') return
  leaving = true
  // The page is left whole, so that nothing of the reader stays in memory.
  // eslint-disable-next-line @next/next/no-location-assign-relative-destination
  window.location.assign(`/login?ended=1&next=${encodeURIComponent(pathname + search)}`)
}
