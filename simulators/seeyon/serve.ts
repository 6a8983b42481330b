import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { readBody, TEXT_TYPE, writeAnswer, type Answer } from '../loopback-server'
import { answerIsread } from './answers/isread'
import { answerLink } from './answers/link'
import { answerList } from './answers/lists'
import { answerMembers } from './answers/members'
import { answerPage, answerWadl } from './answers/page'
import { answerPendingAffairs } from './answers/pending-affairs'
import { answerSend } from './answers/send'
import { answerSignOn, answerTicket } from './answers/sign-on'
import { answerToken } from './answers/token'
import { NOT_FOUND, type Call, type Desk } from './call'
import type { Counters } from './counters'
import { endpointOf, restSegments, type Endpoint } from './endpoints'
import type { Faults } from './faults/faults'
import { CODE_1010, INVALID_TOKEN, isCarriedOut, playFault } from './faults/play-fault'

/** What serving needs besides the desk. `closing` ends waits when the simulator stops. */
export interface Service extends Desk {
  counters: Counters
  faults: Faults
  closing: AbortSignal
}

const BODY_LIMIT = 1024 * 1024

const NO_TOKEN: Answer = { status: 401, type: TEXT_TYPE, body: '您已被迫下线，请重新登录' }

const METHODS: Partial<Record<Endpoint, string>> = {
  orgMember: 'GET',
  unread: 'GET',
  all: 'GET',
  linkurl: 'GET',
  isread: 'POST',
  send: 'POST',
  pendingAffairs: 'POST',
}

/** Answers one request of the simulated Seeyon, through whatever fault is set for it. */
export async function serve(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://seeyon.local')
  const endpoint = endpointOf(url.pathname)
  const segments = restSegments(url.pathname)
  const memberId = endpoint === 'unread' || endpoint === 'all' ? (segments[2] ?? null) : null
  const finish = service.counters.begin({
    at: service.world.now(),
    endpoint,
    method: request.method ?? 'GET',
    path: endpoint === 'token' && segments.length > 1 ? '/seeyon/rest/token/***' : url.pathname + url.search,
    memberId,
  })
  // A client that hangs up is done, whatever is still waiting here.
  response.once('close', () => finish(0))
  const body = (await readBody(request, BODY_LIMIT)).toString('utf8')
  const loginName = memberId === null ? null : (service.world.membersById.get(memberId)?.loginName ?? null)
  const fault = service.faults.take(endpoint, loginName)
  await wait(
    service,
    service.options.latencyMs + (fault ? (fault.ms ?? (fault.kind === 'slow' ? 1_000 : 0)) : 0),
  )
  if (response.destroyed) return
  const call: Call = {
    method: request.method ?? 'GET',
    endpoint,
    segments,
    query: url.searchParams,
    headers: request.headers,
    body,
    token: null,
    ignorePageNo: fault?.kind === 'repeatedPage',
    numbersAsText: service.options.numbersAsText && url.searchParams.get('option.n_a_s') === '1',
  }
  if (!fault) {
    const answer = await answerCall(service, call, url)
    finish(answer.status)
    return writeAnswer(response, answer)
  }
  const answer = isCarriedOut(fault) ? await answerCall(service, call, url) : null
  if (fault.kind === 'hold') await Promise.race([service.faults.whenCleared(fault), aborted(service.closing)])
  if (response.destroyed) return
  await playFault(fault, answer, request, response, finish)
}

function answerCall(service: Service, call: Call, url: URL): Answer | Promise<Answer> {
  if (call.endpoint === 'page') return answerPage(service, url)
  if (call.endpoint === 'signOn') return answerSignOn(service, url, service.closing)
  if (call.endpoint === 'ticket') return answerTicket(service, call, url.pathname)
  if (call.endpoint === 'wadl') return answerWadl()
  if (call.endpoint === 'other') return NOT_FOUND
  const given = header(call, 'token') ?? call.query.get('token')
  call.token = given === null ? null : service.tokens.use(given)
  if (call.endpoint === 'token') return answerToken(service, call)
  if (given === null || given === '') return NO_TOKEN
  if (!call.token) return service.options.expiredToken === 'code1010' ? CODE_1010 : INVALID_TOKEN
  if (METHODS[call.endpoint] !== call.method) return { status: 405, type: TEXT_TYPE, body: '' }
  if (call.endpoint === 'orgMember') return answerMembers(service, call)
  if (call.endpoint === 'linkurl') return answerLink(service, call)
  if (call.endpoint === 'isread') return answerIsread(service, call)
  if (call.endpoint === 'send') return answerSend(service, call)
  if (call.endpoint === 'pendingAffairs') return answerPendingAffairs(service, call)
  return answerList(service, call)
}

function header(call: Call, name: string): string | null {
  const value = call.headers[name]
  return typeof value === 'string' ? value : null
}

async function wait(service: Service, ms: number): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal: service.closing }).catch(() => {})
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
