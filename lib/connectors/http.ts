import { Agent, request as undiciRequest, type Dispatcher } from 'undici'
import { shared } from '@/lib/platform/state'
import { ConnectorError } from './contract'
import { guardedLookup } from './http-addresses'
import { toConnectorError } from './http-errors'
import { matchesHost } from './link-check'

/** One call of a vendor system. */
export type HttpRequest = {
  /** Absolute http(s) address without user name and password. */
  url: string
  method?: 'GET' | 'POST' | 'PUT'
  headers?: Record<string, string>
  body?: string
  /** The addresses that an administrator entered, as `host` or `host:port` (`hostOf`); the target must be one. */
  allowedHosts: readonly string[]
  /** Milliseconds for all of it, connecting included. */
  timeoutMs?: number
  /** The most bytes of an answer that are read. */
  maxBytes?: number
  /** Ends the call early. */
  signal?: AbortSignal
  /** On a connection of its own: on a kept one that the other side has just closed, nobody could say what arrived. */
  fresh?: boolean
}

/** An answer, whatever its status. A redirect is an answer too: it is not followed. */
export type HttpAnswer = {
  status: number
  /** Names in lower case; repeated ones joined. */
  headers: Record<string, string>
  /** Media type in lower case, without parameters; empty if there is none. */
  contentType: string
  /** The body as text, in the charset it names, else UTF-8; what is not valid becomes U+FFFD. */
  text(): string
}

const TIMEOUT_MS = 15_000
const CONNECT_TIMEOUT_MS = 5_000
const MAX_BYTES = 2 * 1024 * 1024

/**
 * The one way out to vendor systems: no redirects, a limit on time and on size, and only to hosts that an
 * administrator entered. The caller reads the status; there is no retry.
 * @throws ConnectorError when there is no whole answer; it names the host and nothing else of the request
 */
export async function request(wanted: HttpRequest): Promise<HttpAnswer> {
  const url = checkedUrl(wanted)
  const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, signal } = wanted
  // One controller ends the call for all three reasons: time, size and the caller.
  const stop = new AbortController()
  const end = (error: ConnectorError) => stop.abort(error)
  let begun = false
  const onAbort = () => end(cancelled(url.host, !begun))
  const timer = setTimeout(() => end(tooSlow(url.host, timeoutMs)), timeoutMs)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  begun = true
  try {
    const answer = await undiciRequest(url, {
      dispatcher: wanted.fresh ? freshAgent() : agent(),
      method: wanted.method ?? 'GET',
      headers: { 'accept-encoding': 'identity', 'user-agent': 'Huixin', ...wanted.headers },
      body: wanted.body,
      signal: stop.signal,
    })
    return await readAnswer(answer, url.host, maxBytes, end)
  } catch (error) {
    throw toConnectorError(stop.signal.aborted ? stop.signal.reason : error, url.host)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

/** `host` or `host:port` of an address that an administrator entered, for `allowedHosts`. */
export function hostOf(url: string): string {
  return new URL(url).host
}

/** Seconds that an answer asks to wait (`Retry-After` as a number or a date), at most an hour. */
export function retryAfterSeconds(answer: HttpAnswer): number | undefined {
  const value = answer.headers['retry-after']?.trim()
  if (!value) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 0), 3_600) : undefined
}

const AGENT: Agent.Options = {
  connect: { timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup },
  // One clock per call is enough, and it is the one in `request`.
  headersTimeout: 0,
  bodyTimeout: 0,
}

function agent(): Agent {
  return shared('connectors.http.agent', () => new Agent(AGENT))
}

/** Without pipelining there is no keeping alive. */
function freshAgent(): Agent {
  return shared('connectors.http.fresh-agent', () => new Agent({ ...AGENT, pipelining: 0 }))
}

function checkedUrl({ url, allowedHosts }: HttpRequest): URL {
  const target = URL.canParse(url) ? new URL(url) : null
  const usable =
    target !== null && /^https?:$/.test(target.protocol) && target.username === '' && target.password === ''
  // A literal metadata address passes only here, where an administrator entered exactly that.
  const entered = usable && allowedHosts.some((host) => !host.startsWith('*') && matchesHost(target, host))
  if (entered) return target
  const detail = {
    'zh-CN': '这个地址不能访问：只能访问设置里填写的 http 或 https 地址',
    en: 'This address must not be called: only http and https addresses entered in the settings are.',
  }
  throw new ConnectorError('misconfigured', detail, { unsent: true })
}

async function readAnswer(
  answer: Dispatcher.ResponseData,
  host: string,
  maxBytes: number,
  end: (error: ConnectorError) => void,
): Promise<HttpAnswer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer.body as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maxBytes) {
      const error = tooLarge(host, maxBytes)
      end(error)
      throw error
    }
    parts.push(part)
  }
  const headers = plainHeaders(answer.headers)
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers
  if (encoding !== 'identity') throw compressed(host)
  const text = decode(Buffer.concat(parts), /charset="?([\w-]+)/i.exec(type)?.[1])
  const contentType = (type.split(';')[0] ?? '').trim().toLowerCase()
  return { status: answer.statusCode, headers, contentType, text: () => text }
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')])
  return Object.fromEntries(entries) as Record<string, string>
}

function decode(bytes: Buffer, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function tooSlow(host: string, timeoutMs: number): ConnectorError {
  const seconds = Math.round(timeoutMs / 100) / 10
  return new ConnectorError('unavailable', {
    'zh-CN': `${host} 在 ${seconds} 秒内没有答复完，稍后会再试`,
    en: `${host} did not finish its answer within ${seconds} s. It will be tried again.`,
  })
}

function tooLarge(host: string, maxBytes: number): ConnectorError {
  const size = maxBytes >= 1024 * 1024 ? `${maxBytes / 1024 / 1024} MiB` : `${maxBytes} B`
  return new ConnectorError('unavailable', {
    'zh-CN': `${host} 的答复超过 ${size}，没有读完`,
    en: `The answer of ${host} is larger than ${size} and was not read to the end.`,
  })
}

function cancelled(host: string, unsent: boolean): ConnectorError {
  const detail = {
    'zh-CN': `对 ${host} 的请求在完成前被取消`,
    en: `The request to ${host} was cancelled before it was done.`,
  }
  return new ConnectorError('unavailable', detail, { unsent })
}

function compressed(host: string): ConnectorError {
  return new ConnectorError('unavailable', {
    'zh-CN': `${host} 压缩了答复，而请求里没有要求压缩；请检查中间的代理`,
    en: `${host} compressed its answer without being asked to. Check the proxy in between.`,
  })
}
