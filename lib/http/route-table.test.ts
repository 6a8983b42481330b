import { describe, expect, test } from 'vitest'
import { routeTable, type Match } from './route-table'

const answer = (text: string) => () => new Response(text)
const exportsOf = (name: string, ...methods: string[]) =>
  Object.fromEntries(methods.map((method) => [method, answer(`${method} ${name}`)]))

const match = routeTable(
  [
    { path: '/api/auth/[...all]', methods: ['GET', 'POST'] },
    { path: '/api/messages/[id]', methods: ['GET'] },
    { path: '/api/messages/counts', methods: ['GET'] },
    { path: '/api/messages', methods: ['GET'] },
    { path: '/api/messages/[id]/open', methods: ['GET', 'HEAD'] },
    { path: '/api/files/[[...path]]', methods: ['GET'] },
    { path: '/api/hooks/[connectionId]', methods: ['POST'] },
  ].map(({ path, methods }) => ({
    path,
    handlers: { dynamic: 'force-dynamic', ...exportsOf(path, ...methods) },
  })),
)

const outcome = (found: Match) => (found.found ? [found.path, found.params] : found.allow)

describe('which route', () => {
  test.each([
    ['/api/messages', '/api/messages', {}],
    ['/api/messages/', '/api/messages', {}],
    ['/api/messages?view=all&x=/y', '/api/messages', {}],
    ['/api/messages/counts', '/api/messages/counts', {}],
    ['/api/messages/countsx', '/api/messages/[id]', { id: 'countsx' }],
    ['/api/messages/-667', '/api/messages/[id]', { id: '-667' }],
    ['/api/messages/%E4%BD%A0%2F%3F', '/api/messages/[id]', { id: '你/?' }],
    ['/api/messages/1/open', '/api/messages/[id]/open', { id: '1' }],
    ['/api/auth/sign-in/username', '/api/auth/[...all]', { all: ['sign-in', 'username'] }],
    ['/api/files', '/api/files/[[...path]]', { path: [] }],
    ['/api/files/a/b', '/api/files/[[...path]]', { path: ['a', 'b'] }],
  ])('%s', (target, path, params) => {
    expect(outcome(match('GET', target))).toEqual([path, params])
  })

  test.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api//messages',
    '/api/messages/1/2',
    '/api/messages/%E4%',
    '/api/messages/../messages',
    '/api/auth',
    '/API/messages',
    '*',
    'http://evil.example/api/messages',
  ])('none for %s', (target) => {
    expect(match('GET', target)).toEqual({ found: false, allow: null })
  })
})

describe('which method', () => {
  test('an unknown one is told what is allowed', () => {
    expect(match('DELETE', '/api/messages')).toEqual({ found: false, allow: ['GET', 'HEAD', 'OPTIONS'] })
    expect(match('GET', '/api/hooks/1')).toEqual({ found: false, allow: ['POST', 'OPTIONS'] })
    expect(match('dynamic', '/api/messages')).toMatchObject({ found: false })
  })

  test('HEAD is GET without its body, unless the route has its own', async () => {
    const run = async (target: string) => {
      const found = match('HEAD', target)
      if (!found.found) throw new Error('not found')
      return found.handler(new Request('http://h/', { method: 'HEAD' }), { params: Promise.resolve({}) })
    }
    const derived = await run('/api/messages')
    expect([derived.status, derived.headers.get('content-type'), await derived.text()]).toEqual([
      200,
      'text/plain;charset=UTF-8',
      '',
    ])
    expect(await (await run('/api/messages/1/open')).text()).toBe('HEAD /api/messages/[id]/open')
  })

  test('OPTIONS says what is allowed', async () => {
    const found = match('OPTIONS', '/api/auth/x')
    if (!found.found) throw new Error('not found')
    const response = await found.handler(new Request('http://h/'), { params: Promise.resolve({}) })
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
  })
})
