import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { log } from '@/lib/platform/log'
import { AppError, isAppError } from '@/lib/shared/errors'
import { stampForwardedFor } from './forwarded-for'
import { localeOf } from './locale'
import { stampPageHeaders } from './page-headers'
import { routeTable, type Handler, type Params, type Route } from './route-table'

type Options = {
  routes: Route[]
  /** Routes that answer while the process is still starting, and in a process without pages. */
  always: string[]
  /** False until the other routes can do their work: they answer 503 until then. */
  isUp: () => boolean
  /** Gives what answers everything outside of `/api`, once it can; `null`: this process has no pages and no API. */
  pages: (() => Promise<RequestListener>) | null
  trustedProxies: number
  hostname: string
  /** The public address is https. */
  https: boolean
}

/** The listener for Node's `http` server: API handlers in front, pages behind. */
export function createListener(options: Options): RequestListener {
  const { routes, always, isUp, pages, trustedProxies, hostname, https } = options
  const match = routeTable(routes)
  const matches = new WeakMap<object, { handler: Handler; params: Params }>()
  const answer = getRequestListener(
    (request, { incoming }) => {
      const { handler, params } = matches.get(incoming)!
      return handler(request, { params: Promise.resolve(params) })
    },
    { hostname, errorHandler: answerForError },
  )
  const respondWith = (incoming: IncomingMessage, outgoing: ServerResponse, handler: Handler) => {
    matches.set(incoming, { handler, params: {} })
    void answer(incoming, outgoing)
  }
  return (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming
    stampForwardedFor(incoming, trustedProxies)
    if (!isApi(url)) {
      if (pages) {
        stampPageHeaders(incoming, outgoing, https)
        return servePage(pages, incoming, outgoing)
      }
      return respondWith(incoming, outgoing, (request) => refusal('not_found', request))
    }
    const found = match(method, url)
    const isOpen = found.found && always.includes(found.path)
    if (!isOpen && !pages) return respondWith(incoming, outgoing, (request) => refusal('not_found', request))
    if (!isOpen && !isUp())
      return respondWith(incoming, outgoing, (request) => refusal('unavailable', request))
    if (found.found) {
      matches.set(incoming, found)
      return void answer(incoming, outgoing)
    }
    respondWith(incoming, outgoing, (request) =>
      found.allow
        ? refusal('method_not_allowed', request, { allow: found.allow.join(', ') })
        : refusal('not_found', request),
    )
  }
}

const isApi = (target: string) => /^\/api(?:[/?]|$)/.test(target)

function servePage(
  pages: () => Promise<RequestListener>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  pages().then(
    (page) => page(incoming, outgoing),
    () => outgoing.writeHead(503, { 'retry-after': '5' }).end(),
  )
}

function refusal(
  code: 'not_found' | 'method_not_allowed' | 'unavailable',
  request: Request,
  headers: Record<string, string> = {},
): Response {
  return errorAnswer(new AppError(code), localeOf(request.headers), {
    ...headers,
    ...(code === 'unavailable' ? { 'retry-after': '1' } : {}),
  })
}

/** The last resort: handlers map their own errors, so what arrives here is a request that cannot be read, or a bug. */
function answerForError(error: unknown): Response {
  if (isAppError(error)) return errorAnswer(error, 'zh-CN')
  if (error instanceof Error && error.name === 'RequestError')
    return errorAnswer(new AppError('bad_request'), 'zh-CN')
  log('http').error({ err: error }, 'a handler threw')
  return errorAnswer(new AppError('internal'), 'zh-CN')
}

function errorAnswer(
  error: AppError,
  locale: 'zh-CN' | 'en',
  headers: Record<string, string> = {},
): Response {
  const body = { error: { code: error.code, message: error.in(locale) } }
  return Response.json(body, {
    status: error.status,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
  })
}
