import type { ConnectorError, Context } from '../../contract'
import { hostOf, request } from '../../http'
import { inTurn } from '../../turns'
import { expectSuccess, isTokenRefused, seeyonError, type SeeyonAnswer } from './answers'
import { longId } from './schemas'
import type { SeeyonSettings } from '../settings'
import { mayRenew, noteRenewal, takeToken, type TokenOwner } from './token'

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
  maxBytes?: number
}

/**
 * Calls Seeyon with a token. If Seeyon does not take it, it is replaced once and the call made once more.
 * @returns a 2xx answer that is no web page
 * @throws ConnectorError for every other answer, and for none
 */
export async function callSeeyon(context: Context<SeeyonSettings>, call: SeeyonCall): Promise<SeeyonAnswer> {
  const owner = ownerOf(context, call)
  const token = await takeToken(context, owner)
  let answer = await send(context, call, token)
  if (isTokenRefused(answer)) {
    if (!mayRenew(context, owner, call.endpoint)) throw tokenRefused(context, call)
    answer = await send(context, call, await takeToken(context, owner, token))
    const helped = !isTokenRefused(answer)
    noteRenewal(context, owner, call.endpoint, helped)
    if (!helped) throw tokenRefused(context, call)
  }
  expectSuccess(answer)
  return answer
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
  return inTurn(connectionId, settings.concurrency, () => sendNow(context, call, token), signal)
}

async function sendNow(
  { settings, signal }: Context<SeeyonSettings>,
  call: SeeyonCall,
  token: string,
): Promise<SeeyonAnswer> {
  const path = [call.endpoint, ...(call.segments ?? []).map(encodeURIComponent)].join('/')
  const query = call.query ? `?${new URLSearchParams(call.query).toString()}` : ''
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
    signal,
  })
  return { ...answer, endpoint: call.endpoint }
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
