import { z } from 'zod'
import type { ErrorCode } from '@/lib/shared/errors'

/**
 * One call of the API: who may make it, what goes in, what comes out. Handlers, the browser's client, their types
 * and the OpenAPI document all come from these.
 */
export type Who = 'public' | 'user' | 'admin'

export type Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> = {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As in OpenAPI, `/api/v1/messages/{id}`. */
  path: string
  who: Who
  summary: string
  tag: 'messages' | 'auth' | 'admin' | 'webhooks' | 'system'
  params: P
  query: Q
  body: B
  answer: A
  /** 200 unless said. */
  status: number
  /** `json` is checked against `answer`; the others are made by the handler itself. */
  produces: 'json' | 'html' | 'text' | 'csv' | 'stream' | 'empty'
  /** Media type of a body that the handler reads itself, as bytes; `null`: there is none, or it is `body`. */
  raw: string | null
  errors: ErrorCode[]
  /** Largest body accepted, bytes. */
  maxBody: number
  /** A bearer token needs this scope; `null`: tokens are not accepted at all. */
  scope: 'read' | 'write' | 'admin' | null
}

export const none = z.undefined()
export type None = typeof none

type Spec<P, Q, B, A> = Pick<Operation, 'id' | 'method' | 'path' | 'who' | 'summary' | 'tag'> & {
  params?: P
  query?: Q
  body?: B
  answer?: A
} & Partial<Pick<Operation, 'status' | 'produces' | 'raw' | 'errors' | 'maxBody' | 'scope'>>

/** Describes an operation; what is not said is the ordinary: no input, JSON out, 200, bodies up to 64 KiB. */
export function operation<
  P extends z.ZodType = None,
  Q extends z.ZodType = None,
  B extends z.ZodType = None,
  A extends z.ZodType = None,
>(spec: Spec<P, Q, B, A>): Operation<P, Q, B, A> {
  const scope = spec.who === 'admin' ? 'admin' : spec.method === 'GET' ? 'read' : 'write'
  return {
    status: 200,
    produces: spec.answer ? 'json' : 'empty',
    raw: null,
    errors: [],
    maxBody: 64 * 1024,
    scope: spec.who === 'public' ? null : scope,
    ...spec,
    params: (spec.params ?? none) as P,
    query: (spec.query ?? none) as Q,
    body: (spec.body ?? none) as B,
    answer: (spec.answer ?? none) as A,
  }
}

// ── Shapes used in many places ──────────────────────────────────────────────────────────────────────────────────

/** What the database's 64-bit numbers end at. */
const LARGEST = '9223372036854775807'
const fits = (digits: string) => digits.padStart(LARGEST.length, '0') <= LARGEST
/** A bigint id as text. */
export const idText = z
  .string()
  .regex(/^[1-9]\d{0,18}$/)
  .refine(fits)
/** An inbox's number as text: a watermark, an event's id. */
export const numberText = z
  .string()
  .regex(/^\d{1,19}$/)
  .refine(fits)
export const time = z.iso.datetime({ offset: true })
/** A flag in a query string. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
export const cursor = z.string().max(500)
export const localeText = z.object({ 'zh-CN': z.string(), en: z.string() })

export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
  }),
})
