import type { z } from 'zod'
import type { None, Operation } from '@/lib/contracts/operation'
import { request } from './request'

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

/** Calls the API as its contract says; gives and throws what `request` does. */
export async function call<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
>(operation: Operation<P, Q, B, A>, ...[input]: Arguments<CallInput<P, Q, B>>): Promise<z.output<A>> {
  const { params, query, body, signal } = (input ?? {}) as LooseInput
  return request(operation, addressOf(operation.path, params, query), {
    method: operation.method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: body === undefined ? undefined : { 'content-type': 'application/json' },
    signal,
  })
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
