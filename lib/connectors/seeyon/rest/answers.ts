import { cleanText } from '@/lib/inbox/message'
import { parseTolerantJson } from '@/lib/shared/lossless-json'
import type { Locale } from '@/lib/shared/errors'
import { ConnectorError, type ConnectorErrorKind } from '../../contract'
import { retryAfterSeconds, type HttpAnswer } from '../../http'
import { errorAnswer } from './schemas'

/** An answer of Seeyon with what it was asked for, so that errors can say it. */
export type SeeyonAnswer = HttpAnswer & { endpoint: string }

/** An error about one endpoint, in both languages. */
export function seeyonError(
  kind: ConnectorErrorKind,
  zh: string,
  en: string,
  options?: { retryAfterSeconds?: number; unsent?: boolean },
): ConnectorError {
  return new ConnectorError(kind, { 'zh-CN': zh, en }, options)
}

/** The longest answer that is looked into for an error; lists of messages are longer and begin with `[`. */
const ERROR_LENGTH = 10_000

/**
 * True if Seeyon did not take the token: 401, or (seen by one integrator) `{"code":1010}` in a success, or its
 * words for a token that is dead or missing.
 */
export function isTokenRefused(answer: HttpAnswer): boolean {
  if (answer.status === 401) return true
  const text = answer.text()
  if (text.length > ERROR_LENGTH || isPage(answer)) return false
  if (/^\s*"?(Invalid token|.{0,10}被迫下线)/i.test(text)) return true
  const error = errorObject(text)
  // A member whose employee number is 1010 has an id.
  return error !== null && error.code === '1010' && error.id === null
}

/**
 * Throws unless Seeyon carried the request out. A page where data should be says nothing, whatever its status:
 * gateways, sign-in pages and restarting servers answer like that.
 */
export function expectSuccess(answer: SeeyonAnswer): void {
  const { status, endpoint } = answer
  const said = isPage(answer) ? '' : excerpt(answer.text())
  if (status >= 300 && status < 400) throw redirected(answer)
  if (status >= 500 || status === 408 || status === 429) {
    throw seeyonError(
      'unavailable',
      `致远对 ${endpoint} 回了 ${status}${said && `：${said}`}，稍后会再试`,
      `Seeyon answered ${endpoint} with ${status}${said && ` (${said})`}. It will be tried again.`,
      { retryAfterSeconds: retryAfterSeconds(answer), unsent: status === 429 },
    )
  }
  if (isPage(answer)) {
    throw seeyonError(
      'unavailable',
      `${endpoint} 回的是网页而不是数据（${status}），请检查地址，以及中间的网关`,
      `${endpoint} answered with a web page instead of data (${status}). Check the address and the gateway in between.`,
    )
  }
  if (status >= 400) {
    throw seeyonError(
      'refused',
      `致远拒绝了 ${endpoint}（${status}）${said && `：${said}`}`,
      `Seeyon refused ${endpoint} (${status})${said && `: ${said}`}`,
    )
  }
  if (status < 200) throw nothingSaid(endpoint)
}

/** The body as JSON with all digits of its numbers. Throws `unavailable` for an empty, cut or foreign body. */
export function readJson(answer: SeeyonAnswer): unknown {
  const text = answer.text()
  if (text.trim() === '') throw nothingSaid(answer.endpoint)
  try {
    return parseTolerantJson(text)
  } catch {
    throw seeyonError(
      'unavailable',
      `${answer.endpoint} 的答复不完整，或不是 JSON，稍后会再试`,
      `The answer of ${answer.endpoint} is cut off or no JSON. It will be tried again.`,
    )
  }
}

/**
 * The rows of a list. `[]` and `null` are empty lists; `{data:[…]}` is taken too, as other lists of Seeyon come
 * like that. Everything else says nothing and throws.
 */
export function readRows(answer: SeeyonAnswer): unknown[] {
  return rowsOf(answer.endpoint, readJson(answer))
}

/** The rows of a list that was read as JSON already. */
export function rowsOf(endpoint: string, value: unknown): unknown[] {
  if (value === null) return []
  if (Array.isArray(value)) return value
  const { data } = (typeof value === 'object' ? value : {}) as { data?: unknown }
  if (Array.isArray(data) && !isErrorObject(value)) return data
  throw errorSaid(endpoint, value)
}

/** Throws `unavailable` if the value is an error in the clothes of a success. */
export function expectNoError(endpoint: string, value: unknown): void {
  if (isErrorObject(value)) throw errorSaid(endpoint, value)
}

/** The body as an object with the fields of an error, if it is an object at all. */
export function errorObject(text: string) {
  if (!text.trimStart().startsWith('{')) return null
  try {
    return errorAnswer.safeParse(parseTolerantJson(text)).data ?? null
  } catch {
    return null
  }
}

/** True for HTML and XML: markup in the body, or said to be. */
export function isPage(answer: HttpAnswer): boolean {
  const text = answer.text().trimStart()
  return text.startsWith('<') || (/html|xml/.test(answer.contentType) && text.includes('<'))
}

function isErrorObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { code, success, errorNumber } = errorAnswer.parse(value)
  if (success === false) return true
  if (errorNumber !== null && errorNumber !== '0') return true
  return code !== null && !['0', '200'].includes(code)
}

function errorSaid(endpoint: string, value: unknown): ConnectorError {
  const { errorMessage, message, msg, code } = errorAnswer.safeParse(value).data ?? {}
  const said = excerpt(errorMessage ?? message ?? msg ?? (code ? `code ${code}` : ''))
  return seeyonError(
    'unavailable',
    `${endpoint} 回的不是数据而是错误${said && `：${said}`}`,
    `${endpoint} answered with an error instead of data${said && `: ${said}`}`,
  )
}

function nothingSaid(endpoint: string): ConnectorError {
  return seeyonError(
    'unavailable',
    `${endpoint} 的答复是空的，稍后会再试`,
    `The answer of ${endpoint} is empty. It will be tried again.`,
  )
}

function redirected({ headers, endpoint, status }: SeeyonAnswer): ConnectorError {
  const target = headers.location ?? ''
  // Only the origin: the rest may hold a session.
  const origin = URL.canParse(target) ? new URL(target).origin : ''
  const where: Record<Locale, string> = { 'zh-CN': origin && `到 ${origin}`, en: origin && ` to ${origin}` }
  return seeyonError(
    'unavailable',
    `${endpoint} 被转到别处${where['zh-CN']}（${status}），请检查地址是否该用 https，以及中间的网关`,
    `${endpoint} was redirected${where.en} (${status}). Check whether the address should be https, and the gateway in between.`,
  )
}

/** The first words of what Seeyon says, where it may be shown: no markup, nothing that looks like a token. */
export function excerpt(text: string): string {
  const plain = cleanText(text, 400).replace(/\s+/g, ' ').trim()
  if (plain === '' || /[<{[]/.test(plain)) return ''
  return cleanText(plain.replace(/[0-9a-f-]{24,}/gi, '…'), 120)
}
