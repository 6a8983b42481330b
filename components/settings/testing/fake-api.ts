import { vi } from 'vitest'

type Request = { method: string; path: string; query: URLSearchParams; body: unknown }
type Answer = { status?: number; headers?: Record<string, string>; body?: unknown }
type Handler = (request: Request) => Answer

/**
 * Answers the page's calls: `'GET /api/v1/admin/users'` → what to say. A call that nobody expects fails the test.
 * Gives all requests as they came.
 */
export function fakeApi(handlers: Record<string, Handler>): Request[] {
  const requests: Request[] = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    const url = new URL(address, 'http://huixin.test')
    const request: Request = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
    }
    requests.push(request)
    const handler = handlers[`${request.method} ${request.path}`]
    if (!handler) throw new Error(`nobody answers ${request.method} ${request.path}`)
    const { status = 200, headers, body } = handler(request)
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
  })
  return requests
}

/** An answer that says no. */
export function refusal(
  status: number,
  code: string,
  message: string,
  fields?: Record<string, string>,
): Answer {
  return { status, body: { error: { code, message, ...(fields && { fields }) } } }
}
