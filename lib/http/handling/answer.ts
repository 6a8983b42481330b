import type { z } from 'zod'
import type { Operation } from '@/lib/contracts/operation'

/** An answer with more to it than its value: another status, headers, cookies. Its value is checked all the same. */
export type Reply<T> = { readonly [BRAND]: true; value: T; extra: Extra }
type Extra = { status?: number; headers?: Record<string, string>; setCookies?: string[] }
const BRAND: unique symbol = Symbol.for('huixin.reply') as never

/** Gives a value its own status, headers or cookies. */
export function reply<T>(value: T, extra: Extra): Reply<T> {
  return { [BRAND]: true, value, extra }
}

/** What a handler may give. One that makes the answer itself (a page, a stream) gives a `Response`. */
export type Answer<O extends Operation> =
  | z.input<O['answer']>
  | Reply<z.input<O['answer']>>
  | Response
  | (undefined extends z.input<O['answer']> ? void : never)

function isReply(value: unknown): value is Reply<unknown> {
  return typeof value === 'object' && value !== null && BRAND in value
}

/** By its shape: the classes of server and page bundles differ. */
function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && 'headers' in value && 'bodyUsed' in value
}

/**
 * The response to what a handler gave. The value is checked against the operation's `answer`, and what that does not
 * name is left out; throws when it does not fit.
 */
export function respond(operation: Operation, given: unknown): Response {
  if (isResponse(given)) return given
  const { value, extra } = isReply(given) ? given : { value: given, extra: {} as Extra }
  const response = body(operation, value, extra)
  for (const cookie of extra.setCookies ?? []) response.headers.append('set-cookie', cookie)
  return response
}

function body(operation: Operation, value: unknown, extra: Extra): Response {
  const status = extra.status ?? operation.status
  if (operation.produces === 'empty') return new Response(null, { status, headers: extra.headers })
  if (operation.produces !== 'json') throw new Error(`${operation.id} must give a Response`)
  const checked = operation.answer.safeParse(value)
  if (!checked.success) throw new WrongAnswer(operation.id, checked.error)
  const headers = { 'content-type': 'application/json; charset=utf-8', ...extra.headers }
  return new Response(JSON.stringify(checked.data), { status, headers })
}

/** A handler gave what its operation does not promise: ours to repair, so it is logged whole. */
class WrongAnswer extends Error {
  constructor(
    id: string,
    readonly zod: z.ZodError,
  ) {
    super(`the answer of ${id} is not what it promises: ${JSON.stringify(zod.issues)}`)
    this.name = 'WrongAnswer'
  }
}

const SECURITY = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
}

/** The headers that every answer of the API has; what the handler has set itself stays. */
export function seal(response: Response, requestId: string, setCookies: string[]): Response {
  const sealed = mutable(response)
  for (const [name, value] of Object.entries(SECURITY)) {
    if (!sealed.headers.has(name)) sealed.headers.set(name, value)
  }
  sealed.headers.set('x-request-id', requestId)
  // A handler that has set its own session's cookie knows better.
  if (!sealed.headers.has('set-cookie'))
    for (const cookie of setCookies) sealed.headers.append('set-cookie', cookie)
  return sealed
}

/** The headers of a response that came from `fetch` or `Response.redirect` cannot be changed. */
function mutable(response: Response): Response {
  try {
    response.headers.delete('x-request-id')
    return response
  } catch {
    const { status, statusText, headers, body: content } = response
    return new Response(content, { status, statusText, headers: new Headers(headers) })
  }
}
