import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

const HEADER = 'x-forwarded-for'

/**
 * The address of the client: the socket's, or, behind that many proxies of the company's, the one that the outermost
 * of them saw. What a client itself writes into the header is never believed.
 * @param trustedProxies how many right-most entries of `X-Forwarded-For` were written by our own proxies
 */
export function believedAddress(socketAddress: string, forwardedFor: string, trustedProxies: number): string {
  const entries = forwardedFor.split(',').map(plainAddress).filter(Boolean)
  const seen = trustedProxies > 0 ? entries[Math.max(0, entries.length - trustedProxies)] : undefined
  return seen && isIP(seen) ? seen : plainAddress(socketAddress)
}

/** Without port, brackets, zone and the IPv6 clothes of an IPv4 address. */
function plainAddress(text: string): string {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
  return bare.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
}

/** Leaves exactly one `x-forwarded-for` in the request: the client's address, to be believed by every handler. */
export function stampForwardedFor(incoming: IncomingMessage, trustedProxies: number): void {
  const { rawHeaders } = incoming
  const given: string[] = []
  const kept: string[] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at]!, rawHeaders[at + 1]!]
    if (name.toLowerCase() === HEADER) given.push(value)
    else kept.push(name, value)
  }
  const address = believedAddress(incoming.socket.remoteAddress ?? '', given.join(','), trustedProxies)
  // Next reads `headers`, the adapter of the handlers reads `rawHeaders`.
  incoming.rawHeaders = [...kept, HEADER, address]
  incoming.headers[HEADER] = address
}
