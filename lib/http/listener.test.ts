import {
  createServer,
  request as send,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { AppError } from '@/lib/shared/errors'
import { createListener } from './listener'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

type Settings = Partial<Parameters<typeof createListener>[0]>

const routes = [
  { path: '/api/livez', handlers: { GET: () => new Response('ok') } },
  {
    path: '/api/echo/[id]',
    handlers: {
      POST: async (request: Request, context: { params: Promise<unknown> }) =>
        Response.json({
          params: await context.params,
          url: request.url,
          body: await request.text(),
          forwarded: request.headers.get('x-forwarded-for'),
        }),
    },
  },
  {
    path: '/api/broken',
    handlers: {
      GET: () => {
        throw new Error('secret detail')
      },
      PUT: () => Promise.reject(new AppError('conflict')),
    },
  },
]

async function start(settings: Settings = {}): Promise<string> {
  const server = createServer(
    createListener({
      routes,
      always: ['/api/livez'],
      isUp: () => true,
      pages: () =>
        Promise.resolve((incoming, outgoing) =>
          outgoing.end(`page for ${incoming.headers['x-forwarded-for']}`),
        ),
      trustedProxies: 0,
      hostname: '127.0.0.1',
      https: false,
      ...settings,
    }),
  )
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code

test('a handler gets its parameters, the body as it came and one believable address', async () => {
  const base = await start()
  const response = await fetch(`${base}/api/echo/a%20b?x=1`, {
    method: 'POST',
    body: '正文',
    headers: { 'X-Forwarded-For': '6.6.6.6' },
  })
  expect(await response.json()).toEqual({
    params: { id: 'a b' },
    url: `${base}/api/echo/a%20b?x=1`,
    body: '正文',
    forwarded: '127.0.0.1',
  })
})

test('behind a trusted proxy the address is the one it saw, and pages see the same', async () => {
  const base = await start({ trustedProxies: 1 })
  const headers = { 'X-Forwarded-For': '6.6.6.6, 1.2.3.4' }
  const response = await fetch(`${base}/api/echo/1`, { method: 'POST', headers })
  expect(await response.json()).toMatchObject({ forwarded: '1.2.3.4' })
  expect(await (await fetch(`${base}/login`, { headers })).text()).toBe('page for 1.2.3.4')
})

test('an unknown API path is 404 in JSON, a known one with another method 405 with Allow', async () => {
  const base = await start()
  const unknown = await fetch(`${base}/api/nothing`, { headers: { 'accept-language': 'en-GB' } })
  expect(unknown.status).toBe(404)
  expect(await unknown.json()).toEqual({ error: { code: 'not_found', message: 'Not found' } })
  const method = await fetch(`${base}/api/echo/1`)
  expect([method.status, method.headers.get('allow'), await codeOf(method)]).toEqual([
    405,
    'POST, OPTIONS',
    'method_not_allowed',
  ])
})

test('what a handler throws is an answer without its details', async () => {
  const base = await start()
  const bug = await fetch(`${base}/api/broken`)
  expect(bug.status).toBe(500)
  expect(await bug.text()).not.toContain('secret detail')
  const conflict = await fetch(`${base}/api/broken`, { method: 'PUT' })
  expect([conflict.status, await codeOf(conflict)]).toEqual([409, 'conflict'])
})

test('while starting, the API says 503 but for the routes that always answer, and pages wait', async () => {
  let up = false
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  const pages = () => opened.then(() => (_: unknown, outgoing: ServerResponse) => void outgoing.end('page'))
  const base = await start({ isUp: () => up, pages })
  const waiting = fetch(`${base}/`)
  const early = await fetch(`${base}/api/echo/1`, { method: 'POST' })
  expect([early.status, early.headers.get('retry-after'), await codeOf(early)]).toEqual([
    503,
    '1',
    'unavailable',
  ])
  expect((await fetch(`${base}/api/livez`)).status).toBe(200)
  up = true
  open()
  expect((await fetch(`${base}/api/echo/1`, { method: 'POST' })).status).toBe(200)
  expect(await (await waiting).text()).toBe('page')
})

test('a worker answers for its health and nothing else', async () => {
  const base = await start({ pages: null })
  expect((await fetch(`${base}/api/livez`)).status).toBe(200)
  expect((await fetch(`${base}/api/echo/1`, { method: 'POST' })).status).toBe(404)
  expect((await fetch(`${base}/`)).status).toBe(404)
})

test('a page comes with a policy whose number is new each time and known to what renders it', async () => {
  const pages = () =>
    Promise.resolve<RequestListener>((incoming, outgoing) =>
      outgoing.end(`${incoming.headers['x-nonce']} ${incoming.headers['content-security-policy']}`),
    )
  const base = await start({ pages })
  const [first, second] = await Promise.all([1, 2].map(() => fetch(base, { headers: { 'x-nonce': 'mine' } })))
  const policy = first!.headers.get('content-security-policy')!
  const nonce = /'nonce-([^']+)'/.exec(policy)![1]
  expect(await first!.text()).toBe(`${nonce} ${policy}`)
  expect(second!.headers.get('content-security-policy')).not.toBe(policy)
  expect(policy).not.toContain('unsafe-eval')
  expect(first!.headers.get('strict-transport-security')).toBeNull()
  expect((await fetch(await start({ https: true }))).headers.get('strict-transport-security')).toMatch(
    /max-age/,
  )
})

test('a request with a host that is none is 400', async () => {
  const { port } = new URL(await start())
  const status = await new Promise((resolve, reject) => {
    send({ port, host: '127.0.0.1', path: '/api/livez', headers: { host: 'a b' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(400)
})
