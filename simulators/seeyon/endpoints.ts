/** The names under which requests are counted and faults are set. */
export const ENDPOINTS = [
  'token',
  'orgMember',
  'unread',
  'all',
  'linkurl',
  'isread',
  'send',
  'pendingAffairs',
  'ticket',
  'signOn',
  'wadl',
  'page',
  'other',
] as const

export type Endpoint = (typeof ENDPOINTS)[number]

/** Where all REST paths of the vendor begin. */
export const REST_ROOT = '/seeyon/rest/'

/** The endpoint a path belongs to; `page` is anything of Seeyon outside of REST. */
export function endpointOf(pathname: string): Endpoint {
  if (pathname === '/seeyon/login/sso') return 'signOn'
  if (pathname === '/seeyon/thirdpartyController.do' || pathname === `${REST_ROOT}token/ticket`)
    return 'ticket'
  if (!pathname.startsWith(REST_ROOT)) return pathname.startsWith('/seeyon/') ? 'page' : 'other'
  const [first, second] = restSegments(pathname)
  if (first === 'token') return 'token'
  if (first === 'application.wadl') return 'wadl'
  if (first === 'orgMember' || first === 'orgMembers' || first === 'orgAccounts') return 'orgMember'
  if (first === 'coll' && second === 'pendingAffairs') return 'pendingAffairs'
  if (first !== 'message') return 'other'
  if (second === undefined || second === 'loginName' || second === 'userId') return 'send'
  if (second === 'unread' || second === 'all' || second === 'linkurl' || second === 'isread') return second
  return 'other'
}

/** The decoded path segments after `/seeyon/rest/`. */
export function restSegments(pathname: string): string[] {
  return pathname
    .slice(REST_ROOT.length)
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeSegment)
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
