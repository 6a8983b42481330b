import type { z } from 'zod'
import { errorBody, type Operation } from '@/lib/contracts/operation'
import { ApiError } from './api-error'
import { addressOf } from './call'
import { leaveForLogin } from './session-ended'

/**
 * Sends a file to an operation that takes raw bytes. Gives the answer; throws `ApiError` as `call` does.
 * @param query words of the address; what is undefined is left out
 */
export async function upload<A extends z.ZodType>(
  operation: Pick<Operation, 'method' | 'path' | 'raw'> & { answer: A },
  file: Blob,
  query: Record<string, string | undefined> = {},
): Promise<z.output<A>> {
  const response = await send(operation, file, query)
  const answer: unknown = await response.json().catch(() => null)
  const { status } = response
  if (!response.ok) {
    const refused = errorBody.safeParse(answer)
    if (status === 401) leaveForLogin()
    if (refused.success) throw new ApiError(refused.data.error.code, { status, ...refused.data.error })
    throw new ApiError('unreadable', { status, message: `The server answered ${status}` })
  }
  // As in `call`: a page of yesterday must go on working with a server of today.
  if (process.env.NODE_ENV === 'production') return answer as z.output<A>
  const checked = operation.answer.safeParse(answer)
  if (!checked.success) throw new ApiError('unreadable', { status, message: checked.error.message })
  return checked.data
}

async function send(
  { method, path, raw }: Pick<Operation, 'method' | 'path' | 'raw'>,
  file: Blob,
  query: Record<string, string | undefined>,
): Promise<Response> {
  try {
    return await fetch(addressOf(path, {}, query), {
      method,
      body: file,
      headers: { 'content-type': raw ?? 'application/octet-stream' },
      credentials: 'same-origin',
    })
  } catch (cause) {
    throw new ApiError('offline', { status: 0, message: 'The server cannot be reached', cause })
  }
}
