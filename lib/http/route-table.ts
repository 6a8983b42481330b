/**
 * Which exported function answers a request: the table of all `route.ts` under `app/api`, generated, matched here by
 * Next's own rules, so that the same files answer in front of Next and inside of it.
 */
export type Params = Record<string, string | string[]>
export type Handler = (request: Request, context: { params: Promise<Params> }) => Response | Promise<Response>

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]

/** One `route.ts`: its path as Next writes it (`/api/v1/messages/[id]`) and what it exports. */
export type Route = { path: string; handlers: Record<string, unknown> }

export type Match =
  | { found: true; path: string; handler: Handler; params: Params }
  /** No route of that path: 404. The path is known, the method is not: 405 with these methods. */
  | { found: false; allow: string[] | null }

type Segment = { kind: 'static' | 'one' | 'many' | 'any'; name: string }
type Compiled = {
  path: string
  segments: Segment[]
  handlers: Partial<Record<Method, Handler>>
  allow: string[]
}

/** Gives the function that finds the handler of a method and a request target (`/api/x?y`, raw as it came). */
export function routeTable(routes: Route[]): (method: string, target: string) => Match {
  const compiled = routes.map(compile).sort((a, b) => compareSegments(a.segments, b.segments))
  return (method, target) => {
    const parts = partsOf(target)
    if (!parts) return { found: false, allow: null }
    for (const route of compiled) {
      const params = matchSegments(route.segments, parts)
      if (!params) continue
      const handler = handlerFor(route, method)
      return handler
        ? { found: true, path: route.path, handler, params }
        : { found: false, allow: route.allow }
    }
    return { found: false, allow: null }
  }
}

function compile({ path, handlers: exported }: Route): Compiled {
  const handlers: Compiled['handlers'] = {}
  for (const method of METHODS) {
    if (typeof exported[method] === 'function') handlers[method] = exported[method] as Handler
  }
  const allow = METHODS.filter((method) => handlers[method] || (method === 'HEAD' && handlers.GET))
  const segments = path.split('/').slice(1).map(parseSegment)
  return { path, segments, handlers, allow: allow.includes('OPTIONS') ? allow : [...allow, 'OPTIONS'] }
}

function parseSegment(text: string): Segment {
  const [, any, many, one] = /^(?:\[\[\.\.\.(.+)\]\]|\[\.\.\.(.+)\]|\[(.+)\])$/.exec(text) ?? []
  if (any) return { kind: 'any', name: any }
  if (many) return { kind: 'many', name: many }
  return one ? { kind: 'one', name: one } : { kind: 'static', name: text }
}

const ORDER: Segment['kind'][] = ['static', 'one', 'many', 'any']

/** The more specific path first, segment by segment. */
function compareSegments(a: Segment[], b: Segment[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [x, y] = [a[at], b[at]]
    if (!x || !y) return x ? 1 : -1
    const difference = ORDER.indexOf(x.kind) - ORDER.indexOf(y.kind)
    if (difference !== 0) return difference
  }
  return 0
}

/** The decoded segments of the path; null when they are not valid. One slash at the end does not count. */
function partsOf(target: string): string[] | null {
  const path = target.split('?', 1)[0]!.replace(/(.)\/$/, '$1')
  const parts = path.split('/').slice(1)
  try {
    return parts.some((part) => part === '') ? null : parts.map(decodeURIComponent)
  } catch {
    return null
  }
}

function matchSegments(segments: Segment[], parts: string[]): Params | null {
  const params: Params = {}
  for (const [at, { kind, name }] of segments.entries()) {
    const part = parts[at]
    if (kind === 'many' || kind === 'any') {
      if (kind === 'many' && part === undefined) return null
      params[name] = parts.slice(at)
      return params
    }
    if (part === undefined || (kind === 'static' && part !== name)) return null
    if (kind === 'one') params[name] = part
  }
  return parts.length === segments.length ? params : null
}

function handlerFor({ handlers, allow }: Compiled, method: string): Handler | null {
  const own = handlers[method as Method]
  if (own) return own
  const { GET } = handlers
  if (method === 'HEAD' && GET) {
    return async (request, context) => {
      const { status, statusText, headers, body } = await GET(request, context)
      await body?.cancel()
      return new Response(null, { status, statusText, headers })
    }
  }
  if (method === 'OPTIONS')
    return () => new Response(null, { status: 204, headers: { allow: allow.join(', ') } })
  return null
}
