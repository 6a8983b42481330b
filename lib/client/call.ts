import type { z } from 'zod'
import type { None, Operation } from '@/lib/contracts/operation'
import { errorBody } from '@/lib/contracts/operation'
import { ApiError } from './api-error'
import { leaveForLogin } from './session-ended'

export { ApiError, isApiError } from './api-error'

/** An input that must be given, may be left out, or does not exist, as the operation says. */
type Part<Name extends string, S extends z.ZodType> = S extends None
  ? { [K in Name]?: undefined }
  : Record<string, never> extends z.input<S>
    ? { [K in Name]?: z.input<S> }
    : { [K in Name]: z.input<S> }

export type CallInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<'params', P> &
  Part<'query', Q> &
  Part<'body', B> & { signal?: AbortSignal }

type Arguments<T> = Record<string, never> extends T ? [input?: T] : [input: T]

/**
 * Calls the API as its contract says.
 *
 * Gives the answer, `undefined` where there is none. Throws `ApiError`: the server's code and sentence, `offline`
 * when nothing answered, `unreadable` for what is not this API. An ended session leaves for the sign-in page.
 * An aborted call throws the browser's own `AbortError`.
 */
export async function call<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
>(operation: Operation<P, Q, B, A>, ...[input]: Arguments<CallInput<P, Q, B>>): Promise<z.output<A>> {
  const { params, query, body, signal } = (input ?? {}) as LooseInput
  const response = await send(addressOf(operation.path, params, query), {
    method: operation.method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: body === undefined ? undefined : { 'content-type': 'application/json' },
    signal,
  })
  if (!response.ok) {
    const error = await readError(response)
    if (error.code === 'unauthenticated' && operation.who !== 'public') leaveForLogin()
    throw error
  }
  if (operation.produces !== 'json') return undefined as z.output<A>
  return readAnswer(operation, response)
}

type LooseInput = {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  signal?: AbortSignal
}

/** `/api/v1/messages/{id}` with its names filled in and the query after it; what is undefined is left out. */
export function addressOf(
  path: string,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  return search.size === 0 ? filled : `${filled}?${search}`
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, credentials: 'same-origin' })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ApiError('offline', { status: 0, message: 'The server cannot be reached', cause })
  }
}

async function readError(response: Response): Promise<ApiError> {
  const { status } = response
  const parsed = errorBody.safeParse(await response.json().catch(() => null))
  const seconds = Number(response.headers.get('retry-after'))
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : undefined
  if (parsed.success) {
    const { code, message, fields } = parsed.data.error
    return new ApiError(code, { status, message, fields, retryAfter })
  }
  const code = status === 401 ? 'unauthenticated' : 'unreadable'
  return new ApiError(code, { status, message: `The server answered ${status}`, retryAfter })
}

async function readAnswer<A extends z.ZodType>(
  operation: Pick<Operation, 'id'> & { answer: A },
  response: Response,
): Promise<z.output<A>> {
  const unreadable = (message: string, cause: unknown) =>
    new ApiError('unreadable', { status: response.status, message, cause })
  let answer: unknown
  try {
    answer = await response.json()
  } catch (cause) {
    throw unreadable('The answer is not JSON', cause)
  }
  // The server has checked it already; a page of yesterday must go on working with a server of today.
  if (process.env.NODE_ENV === 'production') return answer as z.output<A>
  const checked = operation.answer.safeParse(answer)
  if (!checked.success) throw unreadable(`${operation.id}: ${checked.error.message}`, checked.error)
  return checked.data
}
