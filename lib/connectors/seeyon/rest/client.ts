import type { ConnectorError, Context } from '../../contract'
import { hostOf, request } from '../../http'
import { inTurn, shareOf } from '../../turns'
import { expectSuccess, isTokenRefused, seeyonError, type SeeyonAnswer } from './answers'
import { isMissing, noteMissing, type TokenOwner } from './kept-tokens'
import { longId } from './schemas'
import type { SeeyonSettings } from '../settings'
import { mayRenew, noteRenewal, takeToken } from './token'
import { beforeSending } from './unsent'

/** One call of the REST interface. */
export type SeeyonCall = {
  /** Name of the call without ids, for errors and for what is remembered about it: `message/unread`. */
  endpoint: string
  /** Segments after the endpoint; encoded here. */
  segments?: string[]
  query?: Record<string, string>
  /** Sent as JSON; makes the call a POST. */
  body?: unknown
  /** Also take plain text: for answers that the vendor shows as text. */
  orText?: boolean
  /** The member whose data it is, where the connection binds tokens to members. */
  memberId?: string
  /**
   * Not every server offers it, or not to every REST user: that it is not there is then `refused` and remembered for
   * an hour, in which nobody asks for it.
   */
  optional?: boolean
  /** On a connection of its own: see `HttpRequest.fresh`. */
  fresh?: boolean
  maxBytes?: number
}

/** How a server says that it has no such resource, or none for this account. */
const NOT_OFFERED = new Set([403, 404, 405, 501])

/**
 * Calls Seeyon with a token. If Seeyon does not take it, it is replaced once and the call made once more.
 * @returns a 2xx answer that is no web page
 * @throws ConnectorError for every other answer, and for none
 */
export async function callSeeyon(context: Context<SeeyonSettings>, call: SeeyonCall): Promise<SeeyonAnswer> {
  if (call.optional && isMissing(context, call.endpoint)) throw notOffered(call)
  const answer = await answerOf(context, call)
  if (call.optional && (answer === null || NOT_OFFERED.has(answer.status))) {
    noteMissing(context, call.endpoint)
    throw notOffered(call)
  }
  if (answer === null) throw tokenRefused(context, call)
  expectSuccess(answer)
  return answer
}

/** The answer to a call with a living token; null if Seeyon takes none for it. */
async function answerOf(context: Context<SeeyonSettings>, call: SeeyonCall): Promise<SeeyonAnswer | null> {
  const owner = ownerOf(context, call)
  const token = await beforeSending(takeToken(context, owner))
  const answer = await send(context, call, token)
  if (!isTokenRefused(answer)) return answer
  if (!mayRenew(context, owner, call.endpoint)) return null
  const again = await send(context, call, await beforeSending(takeToken(context, owner, token)))
  const helped = !isTokenRefused(again)
  noteRenewal(context, owner, call.endpoint, helped)
  return helped ? again : null
}

function ownerOf({ settings }: Context<SeeyonSettings>, { memberId }: SeeyonCall): TokenOwner {
  return settings.tokenMode === 'bound' && memberId !== undefined ? { memberId } : 'service'
}

async function send(
  context: Context<SeeyonSettings>,
  call: SeeyonCall,
  token: string,
): Promise<SeeyonAnswer> {
  const { connectionId, settings, signal } = context
  return inTurn(connectionId, shareOf(settings.concurrency), () => sendNow(context, call, token), signal)
}

async function sendNow(
  { settings, signal }: Context<SeeyonSettings>,
  call: SeeyonCall,
  token: string,
): Promise<SeeyonAnswer> {
  const path = [call.endpoint, ...(call.segments ?? []).map(encodeURIComponent)].join('/')
  const query = queryOf(call)
  const answer = await request({
    url: `${settings.baseUrl}/seeyon/rest/${path}${query}`,
    method: call.body === undefined ? 'GET' : 'POST',
    headers: {
      // Without Accept, Seeyon answers JSON at one time and text or XML at another.
      accept: call.orText ? 'application/json, text/plain;q=0.9' : 'application/json',
      'accept-language': 'zh_CN',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json;charset=UTF-8' }),
      token,
    },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
    allowedHosts: [hostOf(settings.baseUrl)],
    maxBytes: call.maxBytes,
    fresh: call.fresh,
    signal,
  })
  return { ...answer, endpoint: call.endpoint }
}

/**
 * With `option.n_a_s=1` Seeyon writes all numbers as text, so that ids survive whatever lies in between. Where a server
 * does not know it they come as numbers, which are read without loss as well.
 */
function queryOf({ query, body, orText }: SeeyonCall): string {
  const all = { ...query, ...(body === undefined && !orText && { 'option.n_a_s': '1' }) }
  return Object.keys(all).length > 0 ? `?${new URLSearchParams(all).toString()}` : ''
}

function notOffered({ endpoint }: SeeyonCall): ConnectorError {
  return seeyonError(
    'refused',
    `这台致远没有 ${endpoint}，或者不让这个 REST 用户调用，一小时内不再试`,
    `This Seeyon has no ${endpoint}, or does not let this REST user call it. It is not tried again for an hour.`,
  )
}

function tokenRefused({ settings }: Context<SeeyonSettings>, { endpoint }: SeeyonCall): ConnectorError {
  const zhHint = settings.tokenMode === 'service' ? '；也可能要求绑定人员，可把令牌方式改为「每人一个」' : ''
  const enHint = settings.tokenMode === 'service' ? ', or tokens bound to members (see token mode)' : ''
  return seeyonError(
    'unauthorized',
    `致远不让这个 REST 用户调用 ${endpoint}：请检查它的模块授权、IP 绑定和三方互信${zhHint}`,
    `Seeyon does not let this REST user call ${endpoint}: check its authorised modules, IP binding, mutual trust${enHint}.`,
  )
}

/** A person's id as Seeyon takes it. One that Seeyon cannot have given is never asked for. */
export function memberIdOf(externalId: string): string {
  const id = longId(externalId)
  if (id !== null) return id
  throw seeyonError(
    'misconfigured',
    '人员 ID 不是致远的 ID（应是一个整数），请检查人员对应',
    'This member id is none of Seeyon (a whole number is expected). Check the mapping.',
  )
}
