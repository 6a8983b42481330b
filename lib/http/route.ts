import { randomUUID } from 'node:crypto'
import type { SignedIn } from '@/lib/auth/session'
import type { Operation } from '@/lib/contracts/operation'
import { log } from '@/lib/platform/log'
import { countRequest } from '@/lib/platform/metrics'
import type { AppError, Locale } from '@/lib/shared/errors'
import { respond, seal, type Answer } from './handling/answer'
import { authorise } from './handling/authorise'
import { clientAddress } from './handling/client-address'
import { asAppError, failureResponse } from './handling/failure'
import { localeOf } from './locale'
import { readInput, type ParsedInput } from './handling/request-input'

export { reply } from './handling/answer'
export { readBody } from './request-body'

/** What a handler is given. Everything in it has been checked. */
export type RouteInput<O extends Operation> = ParsedInput<O> & {
  /** Who makes the request. Public operations have nobody: there, reading it throws. */
  user: SignedIn
  request: Request
  /** The reader's language. */
  locale: Locale
  /** The client's address, `local` where it is not known. */
  address: string
}

export type Handler = (
  request: Request,
  context?: { params: Promise<Record<string, string>> },
) => Promise<Response>

type Options = {
  /** Another answer to a failure than the JSON one, such as a page; `null`: the JSON one. */
  onFailure?: (failure: { error: AppError; request: Request; locale: Locale }) => Response | null
}

/**
 * THE way in: makes a route handler of an operation. In this order: who, origin, limits, schema, handler, answer.
 * It needs nothing but the `Request`, so it runs before Next as well as under it.
 *
 * `handler` gives what the operation promises, plain or through `reply(value, { status, headers, setCookies })`, and
 * throws `AppError` for what went wrong; anything else it throws is answered as 500 (503 while the database is away)
 * and logged.
 */
export function route<O extends Operation>(
  operation: O,
  handler: (input: RouteInput<O>) => Promise<Answer<O>>,
  { onFailure }: Options = {},
): Handler & { operation: O } {
  const handle: Handler = async (request, context) => {
    const begun = performance.now()
    const response = await answer(request, context)
    countRequest(operation.id, response.status, performance.now() - begun)
    return response
  }

  async function answer(request: Request, context?: { params: Promise<Record<string, string>> }) {
    const requestId = randomUUID()
    const locale = localeOf(request.headers)
    const address = clientAddress(request.headers)
    let user: SignedIn | null = null
    let setCookies: string[] = []
    try {
      ;({ user, setCookies } = await authorise(operation, request, address))
      const parsed = await readInput(operation, request, (await context?.params) ?? {}, locale)
      const input = withUser({ ...parsed, request, locale, address }, user) as RouteInput<O>
      return seal(respond(operation, await handler(input)), requestId, setCookies)
    } catch (thrown) {
      const error = asAppError(thrown)
      report(operation, error, { requestId, userId: user?.id })
      const response = onFailure?.({ error, request, locale }) ?? failureResponse(error, locale)
      return seal(response, requestId, setCookies)
    }
  }
  return Object.assign(handle, { operation })
}

/** A handler of a public operation that asks who it is has a bug, which must not pass for "nobody". */
function withUser<T extends object>(input: T, user: SignedIn | null): T & { user: SignedIn } {
  if (user) return { ...input, user }
  return Object.defineProperty(input, 'user', {
    get() {
      throw new Error('a public operation has no user')
    },
  }) as T & { user: SignedIn }
}

function report(operation: Operation, error: AppError, details: Record<string, unknown>): void {
  if (error.status < 500) return
  const { id, method, path } = operation
  const fields = { ...details, operation: id, request: `${method} ${path}`, code: error.code }
  // What went wrong with a source or the database shows elsewhere too; here it is one line a request.
  if (error.code === 'internal')
    log('http').error({ ...fields, err: error.cause ?? error }, 'a request failed')
  else log('http').warn({ ...fields, err: error.cause }, 'a request could not be served')
}
