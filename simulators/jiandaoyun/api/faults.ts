import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTML_TYPE, JSON_TYPE, writeAnswer, type Answer } from '../../loopback-server'
import { no, type ApiEndpoint } from './answers'

/** Everything that can be made to go wrong. */
export const API_FAULT_KINDS = [
  'failure200',
  'code400',
  'status401',
  'status403',
  'tooMany',
  'badGateway',
  'htmlPage',
  'emptyBody',
  'cutJson',
  'repeatedPage',
  'hugeBody',
  'redirect',
  'hang',
  'reset',
  'custom',
] as const
export type ApiFaultKind = (typeof API_FAULT_KINDS)[number]

/** A fault to set; without `count` it lasts until cleared. */
export interface ApiFaultInput {
  kind: ApiFaultKind
  /** Default: every endpoint. */
  endpoint?: ApiEndpoint
  count?: number
  /** How many matching calls go through before it begins, default 0. */
  skip?: number
  /** `failure200`, `code400`: the vendor's code (8303) and words. */
  code?: number
  words?: string
  /** `tooMany`: seconds of `Retry-After` (7). */
  retryAfter?: number
  /** `custom`: status, type and body. */
  status?: number
  type?: string
  body?: string
}

export interface ApiFaults {
  add(fault: ApiFaultInput): void
  /** The fault that strikes a call, if any; the oldest that matches. */
  take(endpoint: ApiEndpoint): ApiFaultInput | null
  clear(): void
}

/** No fault is set. */
export function createApiFaults(): ApiFaults {
  let faults: { fault: ApiFaultInput; skipped: number; hits: number }[] = []
  return {
    add(fault) {
      if (!API_FAULT_KINDS.includes(fault.kind)) throw new Error(`unknown fault ${String(fault.kind)}`)
      faults.push({ fault, skipped: 0, hits: 0 })
    },
    take(endpoint) {
      for (const entry of faults) {
        const { fault } = entry
        if ((fault.endpoint ?? endpoint) !== endpoint || entry.hits >= (fault.count ?? Infinity)) continue
        if (entry.skipped < (fault.skip ?? 0)) {
          entry.skipped++
          continue
        }
        entry.hits++
        return fault
      }
      return null
    },
    clear() {
      faults = []
    },
  }
}

const BAD_GATEWAY = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body></body>\r\n</html>\r\n'
const PAGE = '<!DOCTYPE html><html lang="zh-CN"><head><title>简道云</title></head><body></body></html>'

/** Sends what a fault makes of the honest answer. Gives the status sent, 0 for none. */
export function playApiFault(
  fault: ApiFaultInput,
  honest: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): number {
  if (fault.kind === 'hang') return 0
  if (fault.kind === 'reset') {
    request.socket.resetAndDestroy()
    return 0
  }
  const answer = changed(fault, honest)
  writeAnswer(response, answer)
  return answer.status
}

function changed(fault: ApiFaultInput, honest: Answer): Answer {
  const { code = 8303, words = '超出请求频率限制' } = fault
  switch (fault.kind) {
    case 'failure200':
      return no('failure200', code, words)
    case 'code400':
      return no('status400', code, words)
    case 'status401':
      return { status: 401, type: JSON_TYPE, body: '{"code":401,"msg":"Unauthorized"}' }
    case 'status403':
      return { status: 403, type: JSON_TYPE, body: '{"code":403,"msg":"Forbidden"}' }
    case 'tooMany':
      return { ...tooMany(), headers: { 'retry-after': String(fault.retryAfter ?? 7) } }
    case 'badGateway':
      return { status: 502, type: HTML_TYPE, body: BAD_GATEWAY }
    case 'htmlPage':
      return { status: 200, type: HTML_TYPE, body: PAGE }
    case 'emptyBody':
      return { ...honest, body: '' }
    case 'cutJson':
      return { ...honest, body: String(honest.body).slice(0, Math.ceil(honest.body.length * 0.6)) }
    case 'hugeBody':
      return { ...honest, body: Buffer.alloc(17 * 1024 * 1024, ' ') }
    case 'redirect':
      return { status: 302, type: null, body: '', headers: { location: 'http://169.254.169.254/' } }
    case 'custom':
      return { status: fault.status ?? 200, type: fault.type ?? JSON_TYPE, body: fault.body ?? '' }
    default:
      return honest
  }
}

/** What is answered to a call above the rates. */
export function tooMany(): Answer {
  return { status: 429, type: JSON_TYPE, body: '{"code":8303,"msg":"超出请求频率限制"}' }
}
