import { ConnectorError, isConnectorError, type ConnectorErrorKind } from './contract'
import { FORBIDDEN_ADDRESS } from './http-addresses'
import type { Locale } from '@/lib/shared/errors'

type Problem = { kind: ConnectorErrorKind; zh: (host: string) => string; en: (host: string) => string }

const problem = (kind: ConnectorErrorKind, zh: Problem['zh'], en: Problem['en']): Problem => ({
  kind,
  zh,
  en,
})

const CUT = problem(
  'unavailable',
  (host) => `与 ${host} 的连接中断，稍后会再试`,
  (host) => `The connection to ${host} was cut. It will be tried again.`,
)
const UNREACHABLE = problem(
  'unavailable',
  (host) => `到不了 ${host}，请检查网络和防火墙`,
  (host) => `${host} cannot be reached. Check the network and the firewall.`,
)
const NOT_FOUND = problem(
  'unavailable',
  (host) => `找不到服务器 ${host}，请检查地址，或本机的 DNS`,
  (host) => `The server ${host} was not found. Check the address, or the DNS of this machine.`,
)
const CONNECT_TIMEOUT = problem(
  'unavailable',
  (host) => `${host} 一直连不上，请检查地址、端口和防火墙`,
  (host) => `No connection to ${host} came about in time. Check address, port and firewall.`,
)
const UNTRUSTED = problem(
  'misconfigured',
  (host) => `${host} 的证书不受信任；若由公司内部 CA 签发，请在启动前用 NODE_EXTRA_CA_CERTS 指定它`,
  (host) =>
    `The certificate of ${host} is not trusted. If your own CA signed it, name that CA in NODE_EXTRA_CA_CERTS before the start.`,
)
const WRONG_NAME = problem(
  'misconfigured',
  (host) => `${host} 的证书是给别的名称签发的，请改用证书上的名称`,
  (host) => `The certificate of ${host} was made for another name. Use the name in the certificate.`,
)
const EXPIRED = problem(
  'misconfigured',
  (host) => `${host} 的证书已过期或还未生效，请更新证书，或核对两边的时间`,
  (host) => `The certificate of ${host} has expired or is not valid yet. Renew it, or compare both clocks.`,
)
const NO_TLS = problem(
  'misconfigured',
  (host) => `与 ${host} 不能建立 https 连接，请检查地址该用 http 还是 https，以及对方支持的 TLS 版本`,
  (host) => `No https with ${host}. Check whether the address is http or https, and its TLS version.`,
)
const NOT_HTTP = problem(
  'misconfigured',
  (host) => `${host} 的答复不是 HTTP，请检查端口，以及地址该用 http 还是 https`,
  (host) => `${host} does not answer with HTTP. Check the port, and whether the address is http or https.`,
)
const REFUSED = problem(
  'unavailable',
  (host) => `${host} 拒绝了连接，请检查端口，以及对方是否在运行`,
  (host) => `${host} refused the connection. Check the port, and whether the server is running.`,
)
const FORBIDDEN = problem(
  'misconfigured',
  (host) => `${host} 指向一个不允许访问的地址，请检查这个名称的 DNS 记录`,
  (host) => `${host} leads to an address that must not be called. Check the DNS record of that name.`,
)
const UNKNOWN = problem(
  'unavailable',
  (host) => `请求 ${host} 失败，稍后会再试`,
  (host) => `The request to ${host} failed. It will be tried again.`,
)

const BY_CODE: Record<string, Problem> = {
  [FORBIDDEN_ADDRESS]: FORBIDDEN,
  ENOTFOUND: NOT_FOUND,
  EAI_AGAIN: NOT_FOUND,
  EAI_FAIL: NOT_FOUND,
  ECONNREFUSED: REFUSED,
  ECONNRESET: CUT,
  EPIPE: CUT,
  ECONNABORTED: CUT,
  UND_ERR_SOCKET: CUT,
  UND_ERR_CLOSED: CUT,
  UND_ERR_DESTROYED: CUT,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: CUT,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EADDRNOTAVAIL: UNREACHABLE,
  ETIMEDOUT: CONNECT_TIMEOUT,
  UND_ERR_CONNECT_TIMEOUT: CONNECT_TIMEOUT,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_HAS_EXPIRED: EXPIRED,
  CERT_NOT_YET_VALID: EXPIRED,
  ERR_TLS_CERT_ALTNAME_INVALID: WRONG_NAME,
  EPROTO: NO_TLS,
  ERR_TLS_HANDSHAKE_TIMEOUT: NO_TLS,
}

/**
 * What a failed request means, in words for an administrator. Only the host is named: paths, headers and bodies
 * may hold secrets. A `ConnectorError` is passed on as it is.
 */
export function toConnectorError(error: unknown, host: string): ConnectorError {
  if (isConnectorError(error)) return error
  const code = codeOf(error)
  const { kind, zh, en } = BY_CODE[code] ?? byFamily(code, error)
  const known = code === '' ? '' : ` (${code})`
  const detail: Record<Locale, string> = { 'zh-CN': `${zh(host)}${known}`, en: `${en(host)}${known}` }
  // The error itself may hold a piece of the answer (a parser's does), and causes end up in logs.
  const name = error instanceof Error ? error.name : typeof error
  return new ConnectorError(kind, detail, {
    cause: new Error(`${name}${known}`),
    unsent: isUnsent(error, code),
  })
}

/** What happens before there is a connection to write to, and nothing that also happens afterwards. */
const BEFORE_CONNECTING = new Set([
  FORBIDDEN_ADDRESS,
  'UND_ERR_CONNECT_TIMEOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNREFUSED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** Unreachable and timed out can be said of a running connection, too: then of a read, not of connecting. */
function isUnsent(error: unknown, code: string): boolean {
  const { syscall, errors } = (error ?? {}) as { syscall?: unknown; errors?: unknown }
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => isUnsent(one, codeOf(one)))
  return BEFORE_CONNECTING.has(code) || syscall === 'connect' || syscall === 'getaddrinfo'
}

function byFamily(code: string, error: unknown): Problem {
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return NO_TLS
  if (code.startsWith('CERT_')) return UNTRUSTED
  const name = error instanceof Error ? error.name : ''
  return name === 'HTTPParserError' || code.startsWith('HPE_') ? NOT_HTTP : UNKNOWN
}

function codeOf(error: unknown): string {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: unknown }
  if (typeof code === 'string') return code
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : ''
}
