import type { IncomingMessage, ServerResponse } from 'node:http'
import { JSON_TYPE, readBody, writeAnswer, type Answer } from '../../loopback-server'
import { answerApi, apiEndpointOf, type AnswerOptions, type ApiEndpoint } from './answers'
import { playApiFault, tooMany, type ApiFaultInput, type ApiFaults } from './faults'
import type { World } from './world'

/** One call as it went; status 0 means that no answer was sent. */
export interface ApiCall {
  at: number
  endpoint: ApiEndpoint
  body: Record<string, unknown>
  status: number
}

/** What serving needs. */
export interface ApiService {
  world: World
  options: AnswerOptions
  apiKey: string
  faults: ApiFaults
  /** Whether one more call is above the rates. */
  tooFast(endpoint: ApiEndpoint, now: number): boolean
  now(): number
  calls: ApiCall[]
}

const BODY_LIMIT = 1024 * 1024

/** Answers one call, through whatever fault is set for it. */
export async function serveApi(
  service: ApiService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const endpoint = apiEndpointOf(new URL(request.url ?? '/', 'http://api.local').pathname)
  const body = readJson((await readBody(request, BODY_LIMIT)).toString('utf8'))
  const call: ApiCall = { at: service.now(), endpoint, body: body ?? {}, status: 0 }
  service.calls.push(call)
  const honest = honestAnswer(service, request, call, body !== null)
  const fault = honest.status === 429 ? null : service.faults.take(endpoint)
  if (fault) {
    call.status = playApiFault(fault, seenThrough(service, fault, call, honest), request, response)
  } else {
    call.status = honest.status
    writeAnswer(response, honest)
  }
}

function honestAnswer(
  service: ApiService,
  { headers, method }: IncomingMessage,
  call: ApiCall,
  readable: boolean,
): Answer {
  if (headers.authorization !== `Bearer ${service.apiKey}`)
    return { status: 401, type: JSON_TYPE, body: '{"code":401,"msg":"Unauthorized"}' }
  if (service.tooFast(call.endpoint, call.at)) return tooMany()
  if (method !== 'POST' || !readable)
    return { status: 400, type: JSON_TYPE, body: '{"code":1,"msg":"The request is invalid."}' }
  return answerApi(service.world, service.options, call.endpoint, call.body)
}

/** A server that does not know the cursor gives its first page again. */
function seenThrough(service: ApiService, fault: ApiFaultInput, call: ApiCall, honest: Answer): Answer {
  if (fault.kind !== 'repeatedPage' || call.endpoint !== 'tasks') return honest
  const { task_id: _cursor, ...body } = call.body
  return answerApi(service.world, service.options, call.endpoint, body)
}

function readJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
