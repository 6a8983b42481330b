import type { z } from 'zod'
import { errorBody, type Operation } from '@/lib/contracts/operation'
import { ApiError } from './api-error'
import { leaveForLogin } from './session-ended'

type Asked<A extends z.ZodType> = Pick<Operation, 'id' | 'who' | 'produces'> & { answer: A }

/**
 * Sends the request of an operation and gives its answer, `undefined` where there is none. Throws `ApiError`: the
 * server's code and sentence, `offline` when nothing answered, `unreadable` for what is not this API. An ended session
 * leaves for the sign-in page. An aborted request throws the browser's own `AbortError`.
 */
export async function request<A extends z.ZodType>(
  operation: Asked<A>,
  address: string,
  init: RequestInit,
): Promise<z.output<A>> {
  const response = await send(address, init)
  if (!response.ok) {
    const error = await readError(response)
    if (error.code === 'unauthenticated' && operation.who !== 'public') leaveForLogin()
    throw error
  }
  if (operation.produces !== 'json') return undefined as z.output<A>
  return readAnswer(operation, response)
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
  operation: Asked<A>,
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
