/**
 * The place to go after signing in, from `?next=`. Only paths of this very site: an address that leads elsewhere
 * (`//host`, `/\host`, `https:…`) or back to signing in becomes the inbox.
 */
export function nextPath(next: string | null | undefined): string {
  if (!next?.startsWith('/')) return '/'
  const here = 'http://here.invalid'
  const url = URL.canParse(next, here) ? new URL(next, here) : null
  if (!url || url.origin !== here || /^\/(login|setup)\/?$/.test(url.pathname)) return '/'
  // A path such as /.//host parses to //host, which a browser would take for another host.
  if (url.pathname.startsWith('//')) return '/'
  return url.pathname + url.search + url.hash
}
