import type { Handler } from '@/lib/http/route'

export type Sent = {
  body?: unknown
  params?: Record<string, string>
  headers?: Record<string, string>
}

/** Somebody's browser, as far as route handlers can tell: it keeps cookies and says where it comes from. */
export type Browser = ReturnType<typeof browser>

const SITE = 'http://huixin.test'

/** Text and bytes as they are, anything else as JSON. */
function asSent(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
}

/**
 * A browser whose requests go straight to route handlers, without a server.
 * @param address the client address that the server would have seen
 */
export function browser(address = '192.0.2.1') {
  const cookies = new Map<string, string>()
  return {
    cookies,
    address,
    /** The headers it sends with each request. */
    headers: () =>
      new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
    /** Sends a request to a handler; the path counts for its query only, `params` are the route's. */
    async send(
      handler: Handler,
      method: string,
      path: string,
      { body, params = {}, headers = {} }: Sent = {},
    ) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const request = new Request(`${SITE}${path}`, {
        method,
        headers: {
          host: 'huixin.test',
          'x-forwarded-for': address,
          'accept-language': 'en',
          ...(cookie && { cookie }),
          ...(method !== 'GET' && { origin: SITE }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: asSent(body) }),
      })
      const response = await handler(request, { params: Promise.resolve(params) })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
        else cookies.set(name, value)
      }
      return response
    },
  }
}
