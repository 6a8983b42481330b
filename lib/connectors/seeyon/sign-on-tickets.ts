import type { Context } from '../contract'
import { hostOf, request } from '../http'
import { inTurn, shareOf } from '../turns'
import {
  expectNoError,
  expectSuccess,
  isPage,
  readJson,
  seeyonError,
  type SeeyonAnswer,
} from './rest/answers'
import { ticketAnswer } from './rest/schemas'
import type { SeeyonSettings } from './settings'

/** Somebody waits for the page. */
const TIMEOUT_MS = 10_000
/** The older answer may be a whole page; only its headers count. */
const MAX_BYTES = 1024 * 1024
const LONGEST_NAME = 200

/**
 * Asks Seeyon whose ticket it is: newer versions at `rest/token/ticket`, older ones at `thirdpartyController.do`.
 * Neither wants a token of ours.
 * @returns the login name, null for a ticket that stands for nobody
 * @throws ConnectorError if Seeyon gives no usable answer
 */
export async function whose(context: Context<SeeyonSettings>, ticket: string): Promise<string | null> {
  const query = `?ticket=${encodeURIComponent(ticket)}`
  const answer = await ask(context, 'token/ticket', `rest/token/ticket${query}`)
  if (!isMissing(answer)) return nameInJson(answer)
  return nameInHeader(await ask(context, 'thirdpartyController.do', `thirdpartyController.do${query}`))
}

async function ask(
  { connectionId, settings, signal }: Context<SeeyonSettings>,
  endpoint: string,
  path: string,
): Promise<SeeyonAnswer> {
  const call = () =>
    request({
      url: `${settings.baseUrl}/seeyon/${path}`,
      headers: { accept: 'application/json' },
      allowedHosts: [hostOf(settings.baseUrl)],
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    })
  return { ...(await inTurn(connectionId, shareOf(settings.concurrency), call, signal)), endpoint }
}

/** A server that does not have this call says so in many ways: not found, not without a token, a sign-in page. */
function isMissing(answer: SeeyonAnswer): boolean {
  const { status } = answer
  if (status >= 300 && status < 500) return status !== 408 && status !== 429
  return status < 300 && isPage(answer)
}

function nameInJson(answer: SeeyonAnswer): string | null {
  expectSuccess(answer)
  const value = readJson(answer)
  const { code, data } = ticketAnswer.safeParse(value).data ?? { code: null }
  if (code === '1') return null
  expectNoError(answer.endpoint, value)
  const name = usable(data?.loginName)
  if (code === '0' && name !== null) return name
  throw unclear(answer)
}

function nameInHeader(answer: SeeyonAnswer): string | null {
  const { status, headers } = answer
  if (status === 404) throw unclear(answer)
  if (status >= 500 || status === 408 || status === 429) expectSuccess(answer)
  return status >= 200 && status < 300 ? usable(headers.loginname) : null
}

function usable(name: string | null | undefined): string | null {
  const trimmed = name?.trim() ?? ''
  return trimmed === '' || trimmed.length > LONGEST_NAME ? null : trimmed
}

function unclear({ endpoint, status }: SeeyonAnswer) {
  return seeyonError(
    'unavailable',
    `致远没有说这个登录凭据是谁的（${endpoint}，${status}），请检查地址和版本`,
    `Seeyon did not say whose the sign-in ticket is (${endpoint}, ${status}). Check the address and the version.`,
  )
}
