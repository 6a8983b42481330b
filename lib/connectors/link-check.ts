/**
 * Links are hostile until checked: titles, templates and senders of a vendor system can put anything into one.
 * What leaves here is an absolute http(s) address on a host that an administrator entered, and nothing else.
 */
export type LinkRules = {
  /** `host`, `host:port` or `*.suffix` (any depth below it, not the suffix itself), as `parseAllowedHost` reads them. */
  allowedHosts: readonly string[]
  /** Absolute address that a relative link is resolved against; without it relative links are refused. */
  base?: string
}

/** One entry of an allow list, in the form in which the URL standard writes hosts. */
export type AllowedHost = { host: string; port: string | null; wildcard: boolean }

const MAX_LENGTH = 8_192
const ABSOLUTE = /^https?:\/\/([^/?#]+)/i
const ANY_SCHEME = /^[a-z][a-z0-9+.-]*:/i
const ENTRY = /^(\*\.)?(\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]*%]+)(?::(\d{1,5}))?$/i
// Browsers drop some control characters from addresses without a word ("java\nscript:"); line separators and
// directional marks make an address look like another one.
const DECEPTIVE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\\]/
const OUTER_SPACE = /^[\t\n\r ]+|[\t\n\r ]+$/g

/**
 * The checked, normalised form of a link, or null. Only http and https; no user name or password; no
 * protocol-relative form; no backslash, control or direction character anywhere; host and port on the allow list.
 * An entry without port allows the scheme's own port only.
 */
export function checkLink(raw: unknown, rules: LinkRules): string | null {
  if (typeof raw !== 'string') return null
  const link = raw.replace(OUTER_SPACE, '')
  if (link === '' || link.length > MAX_LENGTH || DECEPTIVE.test(link) || !link.isWellFormed()) return null
  const url = parseLink(link, rules.base)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  if (url.username !== '' || url.password !== '') return null
  return rules.allowedHosts.some((entry) => matchesHost(url, entry)) ? url.href : null
}

function parseLink(link: string, base: string | undefined): URL | null {
  const authority = ABSOLUTE.exec(link)?.[1]
  if (authority !== undefined) return authority.includes('@') ? null : parse(link)
  // `https:host`, `https:///host` and every other scheme end here.
  if (ANY_SCHEME.test(link) || link.startsWith('//') || base === undefined) return null
  const from = parse(base)
  const url = from && parse(link, base)
  // Nothing relative may leave the base, whatever trick the parser knows that this code does not.
  return url && from && url.origin === from.origin ? url : null
}

function parse(text: string, base?: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}

/**
 * An entry of an allow list, normalised (lower case, IDN as punycode); null if it is none. A wildcard needs a
 * suffix of at least two labels: `*.com` would allow the world.
 */
export function parseAllowedHost(entry: string): AllowedHost | null {
  const match = ENTRY.exec(entry.trim())
  const name = match?.[2]
  if (name === undefined) return null
  const wildcard = match?.[1] !== undefined
  const port = match?.[3] === undefined ? null : String(Number(match[3]))
  if (port !== null && (Number(port) < 1 || Number(port) > 65_535)) return null
  const host = parse(`http://${name}/`)?.hostname
  if (!host || !host.isWellFormed() || host.startsWith('.') || host.endsWith('.')) return null
  if (wildcard && (!host.includes('.') || /^\[|\.\d+$/.test(host))) return null
  return { host, port, wildcard }
}

/** Whether the host and port of a parsed address are what the entry of an allow list names. */
export function matchesHost(url: URL, entry: string): boolean {
  const allowed = parseAllowedHost(entry)
  if (!allowed) return false
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (allowed.port === null ? url.port !== '' : port !== allowed.port) return false
  return allowed.wildcard ? url.hostname.endsWith(`.${allowed.host}`) : url.hostname === allowed.host
}
