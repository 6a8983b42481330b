import { cleanText } from '@/lib/inbox/message'
import { parseLosslessJson } from '@/lib/shared/lossless-json'
import { ConnectorError, type ConnectorErrorKind } from '../../contract'
import { retryAfterSeconds, type HttpAnswer } from '../../http'
import { apiFailure } from './schemas'

/** Code: the member number is nobody's. Seen where a display name was given. */
export const UNKNOWN_MEMBER = '1010'

/**
 * What the vendor's codes mean, as far as it is more than "no". 8303 is the page's own example of an HTTP 400
 * (超出请求频率限制, open/11261, H); that 8304 is its fellow and 8301 and 8302 are about the key is not confirmed (L).
 */
const KINDS: ReadonlyMap<string, ConnectorErrorKind> = new Map([
  ['8301', 'unauthorized'],
  ['8302', 'unauthorized'],
  ['8303', 'unavailable'],
  ['8304', 'unavailable'],
])

/** An error of the Open API; `code` is the vendor's own. */
export function apiError(
  kind: ConnectorErrorKind,
  zh: string,
  en: string,
  more: { code?: string | null; retryAfterSeconds?: number } = {},
): ConnectorError {
  const { code, retryAfterSeconds: seconds } = more
  const cause = code ? Object.assign(new Error(`code ${code}`), { code }) : undefined
  return new ConnectorError(kind, { 'zh-CN': zh, en }, { cause, retryAfterSeconds: seconds })
}

/** The vendor's code in an error of `apiError`; null without one. */
export function codeOf(error: ConnectorError): string | null {
  const { code } = (error.cause ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : null
}

/**
 * The object that an answer holds. Errors come as HTTP 400 with `{code, msg}`, and of workflow endpoints also as HTTP
 * 200 with `{"status":"failure","code","message"}`.
 * @param path what was called, for the words of errors
 * @param apiKey is taken out of whatever is repeated of the answer
 * @throws ConnectorError for everything else than a success
 */
export function readAnswer(answer: HttpAnswer, path: string, apiKey: string): object {
  const { status } = answer
  if (status === 401 || status === 403) throw keyRefused(path, said(answer, apiKey), String(status))
  if (status >= 300 && status < 400) throw redirected(path, status)
  if (status >= 500 || status === 429 || status === 408) throw notNow(answer, path, said(answer, apiKey))
  if (status === 404 || status === 405) throw notThere(path, status)
  const value = readObject(answer, path)
  const { code, failed, message } = failureIn(value)
  if (status < 400 && !failed) return value
  throw refusal(path, code, excerpt(message ?? '', apiKey), status)
}

/** What an answer would have to be and is not. */
export function unexpected(path: string): ConnectorError {
  return apiError(
    'unavailable',
    `简道云对 ${path} 的答复不是文档里的格式，请检查接口地址`,
    `Jiandaoyun's answer of ${path} is not of the documented form. Check the address of the Open API.`,
  )
}

function readObject(answer: HttpAnswer, path: string): object {
  const text = answer.text()
  if (isPage(answer)) throw page(path, answer.status)
  let value: unknown
  try {
    value = parseLosslessJson(text)
  } catch {
    throw incomplete(path, text.trim() === '')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(path)
  return value
}

function failureIn(value: object): { code: string | null; failed: boolean; message: string | null } {
  const { status, code, msg, message } = apiFailure.parse(value)
  const words = msg ?? message
  const coded = code !== null && code !== '0' && words !== null
  return { code, failed: status === 'failure' || coded, message: words }
}

/** True for HTML: markup in the body, or said to be. */
function isPage(answer: HttpAnswer): boolean {
  const text = answer.text().trimStart()
  return text.startsWith('<') || (answer.contentType.includes('html') && text.includes('<'))
}

/** What an error of any status says, as far as it is JSON of the vendor's. */
function said(answer: HttpAnswer, apiKey: string): string {
  try {
    const value = readObject(answer, '')
    return excerpt(failureIn(value).message ?? '', apiKey)
  } catch {
    return ''
  }
}

/** The first words of what the vendor says, where it may be shown: no markup, nothing that looks like a key. */
function excerpt(text: string, apiKey: string): string {
  const plain = cleanText(text.replaceAll(apiKey, '…'), 400).replace(/\s+/g, ' ').trim()
  if (/[<{[]/.test(plain)) return ''
  return cleanText(plain.replace(/[\w-]{24,}/g, '…'), 120)
}

function refusal(path: string, code: string | null, words: string, status: number): ConnectorError {
  const kind = KINDS.get(code ?? '') ?? 'refused'
  const number = code ?? `HTTP ${status}`
  if (kind === 'unauthorized') return keyRefused(path, words, number, code)
  const [zh, en] = [words && `：${words}`, words && `: ${words}`]
  if (kind === 'unavailable') {
    return apiError(
      kind,
      `简道云暂时不接受 ${path}（${number}）${zh}，稍后会再试`,
      `Jiandaoyun does not take ${path} for now (${number})${en}. It will be tried again.`,
      { code },
    )
  }
  return apiError(
    kind,
    `简道云拒绝了 ${path}（${number}）${zh}`,
    `Jiandaoyun refused ${path} (${number})${en}`,
    { code },
  )
}

function keyRefused(path: string, words: string, number: string, code: string | null = null): ConnectorError {
  return apiError(
    'unauthorized',
    `简道云不让这个 API Key 调用 ${path}（${number}）${words && `：${words}`}。请检查它是否填对、是否停用、接口授权范围和 IP 白名单`,
    `Jiandaoyun does not let this API key call ${path} (${number})${words && `: ${words}`}. Check that it is right and switched on, its API scope and its IP white list.`,
    { code },
  )
}

function notNow(answer: HttpAnswer, path: string, words: string): ConnectorError {
  const { status } = answer
  const many = status === 429
  return apiError(
    'unavailable',
    `简道云对 ${path} 回了 ${status}${many ? '（调用太多）' : ''}${words && `：${words}`}，稍后会再试`,
    `Jiandaoyun answered ${path} with ${status}${many ? ' (too many calls)' : ''}${words && `: ${words}`}. It will be tried again.`,
    { retryAfterSeconds: retryAfterSeconds(answer) },
  )
}

function redirected(path: string, status: number): ConnectorError {
  return apiError(
    'unavailable',
    `${path} 被转到别处（${status}），请检查接口地址是否该用 https，以及中间的网关`,
    `${path} was redirected (${status}). Check whether the address of the Open API should be https, and the gateway in between.`,
  )
}

function notThere(path: string, status: number): ConnectorError {
  return apiError(
    'misconfigured',
    `接口地址上没有 ${path}（${status}），请检查接口地址`,
    `There is no ${path} at that address (${status}). Check the address of the Open API.`,
  )
}

function page(path: string, status: number): ConnectorError {
  return apiError(
    'unavailable',
    `${path} 回的是网页而不是数据（${status}），请检查接口地址，以及中间的网关`,
    `${path} answered with a web page instead of data (${status}). Check the address of the Open API and the gateway in between.`,
  )
}

function incomplete(path: string, empty: boolean): ConnectorError {
  return apiError(
    'unavailable',
    empty ? `${path} 的答复是空的，稍后会再试` : `${path} 的答复不完整，或不是 JSON，稍后会再试`,
    empty
      ? `The answer of ${path} is empty. It will be tried again.`
      : `The answer of ${path} is cut off or no JSON. It will be tried again.`,
  )
}
