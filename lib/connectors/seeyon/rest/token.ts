import { parseTolerantJson } from '@/lib/shared/lossless-json'
import type { ConnectorError, Context } from '../../contract'
import { hostOf, request } from '../../http'
import { inTurn, shareOf } from '../../turns'
import type { SeeyonSettings } from '../settings'
import { expectSuccess, isPage, seeyonError } from './answers'
import { dropSpareTokens, keptToken, type KeptToken, type TokenOwner } from './kept-tokens'
import { longId, tokenAnswer } from './schemas'

/** Seeyon lets tokens die after 15 to 23 minutes without a call, depending on the build. */
const IDLE_MS = 10 * 60_000
/** So long is a refused account not tried again: 10,000 polls must not knock 10,000 times with a wrong password. */
const REFUSAL_MS = 10_000
/** So long is a new token no reason to hope, where one endpoint refused a new one. */
const FRUITLESS_MS = 60_000
const TIMEOUT_MS = 10_000

/**
 * The token of these credentials, from this process's cache or fetched; however many ask at once, it is fetched
 * once. Of those bound to members only `MOST_BOUND` are kept. `instead` is a token that was refused: it is replaced,
 * unless somebody has replaced it already.
 * @throws ConnectorError `unauthorized` for refused credentials
 */
export async function takeToken(
  context: Context<SeeyonSettings>,
  owner: TokenOwner,
  instead?: string,
): Promise<string> {
  const entry = keptToken(context, owner)
  if (entry.token !== null && (entry.token === instead || Date.now() - entry.usedAt >= IDLE_MS))
    entry.token = null
  if (entry.token !== null) {
    entry.usedAt = Date.now()
    return entry.token
  }
  if (entry.refusal && Date.now() < entry.refusal.until) throw entry.refusal.error
  entry.pending ??= renew(entry, context, owner).finally(() => (entry.pending = null))
  return untilAborted(entry.pending, context.signal)
}

/** Whether a 401 of that endpoint is worth a new token. */
export function mayRenew(context: Context<SeeyonSettings>, owner: TokenOwner, endpoint: string): boolean {
  return (keptToken(context, owner).fruitless.get(endpoint) ?? 0) <= Date.now()
}

/** Remembers what a new token did for an endpoint that had answered 401. */
export function noteRenewal(
  context: Context<SeeyonSettings>,
  owner: TokenOwner,
  endpoint: string,
  helped: boolean,
): void {
  const { fruitless } = keptToken(context, owner)
  if (helped) fruitless.delete(endpoint)
  else fruitless.set(endpoint, Date.now() + FRUITLESS_MS)
}

async function renew(entry: KeptToken, context: Context<SeeyonSettings>, owner: TokenOwner): Promise<string> {
  const { connectionId, settings } = context
  try {
    entry.token = await inTurn(connectionId, shareOf(settings.concurrency), () => fetchToken(settings, owner))
    entry.usedAt = Date.now()
    entry.refusal = null
    const { token } = entry
    if (owner !== 'service') dropSpareTokens(context)
    return token
  } catch (error) {
    const { kind } = error as ConnectorError
    if (kind === 'unauthorized') {
      entry.refusal = { error: error as ConnectorError, until: Date.now() + REFUSAL_MS }
    }
    throw error
  }
}

/** `POST token`; never by GET, which would put the password into access logs. */
async function fetchToken(settings: SeeyonSettings, owner: TokenOwner): Promise<string> {
  const { baseUrl, restUser, restPassword } = settings
  const answer = await request({
    url: `${baseUrl}/seeyon/rest/token`,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json;charset=UTF-8' },
    body: JSON.stringify({
      userName: restUser,
      password: restPassword,
      ...(owner === 'service' ? {} : { memberId: owner.memberId }),
    }),
    allowedHosts: [hostOf(baseUrl)],
    timeoutMs: TIMEOUT_MS,
    maxBytes: 256 * 1024,
  })
  // Wrong credentials were seen as 401, as 404 and as {"id":"-1"} in a 200.
  if (answer.status === 401 || answer.status === 403) throw refusedAccount()
  if (answer.status === 404) throw isPage(answer) ? refusedOrElsewhere() : refusedAccount()
  expectSuccess({ ...answer, endpoint: 'token' })
  const { id, memberId } = readToken(answer.text())
  if (id === '-1') throw refusedAccount()
  if (id === null || !/^[\x21-\x7e]{4,500}$/.test(id)) {
    throw seeyonError(
      'unavailable',
      'token 的答复里没有令牌，请检查地址是不是致远服务器',
      'The answer of token holds no token. Check whether the address is that of the Seeyon server.',
    )
  }
  if (owner !== 'service' && memberId !== owner.memberId) throw notBound()
  return id
}

/** The token in JSON, or bare: without a word in the vendor's page some versions answer plain text. */
function readToken(text: string): { id: string | null; memberId: string | null } {
  const bare = (id: string | null) => ({ id, memberId: null })
  let value: unknown
  try {
    value = parseTolerantJson(text)
  } catch {
    return bare(/^[\w-]{16,}$/.test(text.trim()) ? text.trim() : null)
  }
  if (typeof value === 'string' || value === -1) return bare(String(value).trim())
  const { id, bindingUser } = tokenAnswer.safeParse(value).data ?? { id: null }
  return { id, memberId: longId(bindingUser?.id) }
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const onAbort = () =>
      reject(
        seeyonError('unavailable', '请求在完成前被取消', 'The request was cancelled before it was done.'),
      )
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

function refusedAccount(): ConnectorError {
  return seeyonError(
    'unauthorized',
    '致远不认这个 REST 用户：请核对用户名和新建时生成的密码；若勾选了校验绑定 IP，请绑定本机的 IP',
    'Seeyon does not accept this REST user: check the name and the generated password; if it checks bound IPs, bind the IP of this machine.',
  )
}

function refusedOrElsewhere(): ConnectorError {
  return seeyonError(
    'unauthorized',
    'token 回了 404：REST 用户名或密码不对，或者这个地址上没有致远的 REST 接口（A6 没有）',
    'token answered 404: the REST user or password is wrong, or there is no REST interface at this address (A6 has none).',
  )
}

function notBound(): ConnectorError {
  return seeyonError(
    'unauthorized',
    '致远没有把令牌绑定到这位员工：请核对人员 ID，或把令牌方式改为「共用一个」',
    'Seeyon did not bind the token to this employee: check the member id, or set the token mode to "one for all".',
  )
}
