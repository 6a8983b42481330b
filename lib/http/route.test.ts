import pino from 'pino'
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { operation } from '@/lib/contracts/operation'
import { environment } from '@/lib/platform/env'
import { shared } from '@/lib/platform/state'
import { AppError } from '@/lib/shared/errors'
import { readBody, reply, route } from './route'

/** Operations of everybody: what users may do is tested on a database (handling/authorise.db.test.ts). */
const base = { id: 'try', path: '/api/try/{id}', who: 'public', tag: 'system', summary: 'x' } as const
const get = operation({ ...base, method: 'GET', answer: z.object({ ok: z.boolean() }) })
const post = operation({
  ...base,
  method: 'POST',
  maxBody: 1_000,
  body: z.strictObject({
    name: z.string().min(2).max(5),
    age: z.number().max(150).optional(),
    at: z.iso.datetime().optional(),
  }),
  answer: z.object({ got: z.string() }),
})

const ask = (init: RequestInit & { url?: string } = {}) =>
  new Request(init.url ?? 'http://huixin.test/api/try/1', {
    ...init,
    headers: { 'accept-language': 'en', ...init.headers },
  })
const json = (body: unknown, headers: Record<string, string> = {}) =>
  ask({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const echo = route(post, async ({ body }) => ({ got: body.name }))
const fails = (error: unknown) => route(get, () => Promise.reject(error))
async function errorOf(response: Response) {
  const { error } = (await response.json()) as {
    error: { code: string; message: string; fields?: Record<string, string> }
  }
  return { status: response.status, ...error }
}

/** What was logged, a JSON line each. */
const logged: string[] = []
shared('platform.log', () => {
  const formatters = { level: (level: string) => ({ level }) }
  return pino(
    { formatters, serializers: { err: pino.stdSerializers.err } },
    { write: (line) => logged.push(line) },
  )
})

beforeAll(() => Object.assign(environment(), { baseUrl: null }))

describe('answers', () => {
  test('are checked, and only what is promised leaves', async () => {
    const handler = route(get, async () => ({ ok: true, secret: 'not promised' }))
    const response = await handler(ask())
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await response.text()).toBe('{"ok":true}')
  })

  test('that do not fit are a failure of ours, logged with the id that the client has', async () => {
    const response = await route(get, async () => ({ ok: 'yes' }) as never)(ask())
    expect(await errorOf(response)).toEqual({
      status: 500,
      code: 'internal',
      message: 'Something went wrong on the server',
    })
    const line = JSON.parse(logged.at(-1)!)
    expect(line).toMatchObject({
      level: 'error',
      requestId: response.headers.get('x-request-id'),
      request: 'GET /api/try/{id}',
      err: { message: expect.stringMatching(/answer of try.*expected boolean/) },
    })
  })

  test('may have a status, headers and cookies', async () => {
    const created = operation({ ...base, method: 'GET', answer: z.object({ ok: z.boolean() }), status: 201 })
    const handler = route(created, async () =>
      reply({ ok: true, more: 1 }, { headers: { location: '/x' }, setCookies: ['a=1', 'b=2'] }),
    )
    const response = await handler(ask())
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe('/x')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await response.json()).toEqual({ ok: true })
    const accepted = route(created, async () => reply({ ok: true }, { status: 202 }))
    expect((await accepted(ask())).status).toBe(202)
  })

  test('may be nothing, or made by the handler', async () => {
    const nothing = operation({ ...base, method: 'DELETE', status: 204 })
    const empty = await route(nothing, async () => {})(ask({ method: 'DELETE' }))
    expect([empty.status, await empty.text()]).toEqual([204, ''])
    const stream = operation({ ...base, method: 'GET', produces: 'stream' })
    const own = new Response('data: x\n\n', { headers: { 'cache-control': 'no-cache, no-transform' } })
    const made = await route(stream, async () => own)(ask())
    expect(made.headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(await made.text()).toBe('data: x\n\n')
    const forgotten = await route(stream, async () => undefined)(ask())
    expect(forgotten.status).toBe(500)
  })

  test('with headers that cannot be changed get ours all the same', async () => {
    const open = operation({ ...base, method: 'GET', status: 303, produces: 'html' })
    const response = await route(open, async () => Response.redirect('https://example.com/', 303))(ask())
    expect([response.status, response.headers.get('location')]).toEqual([303, 'https://example.com/'])
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('carry the security headers and an id of their own', async () => {
    const handler = route(get, async () => ({ ok: true }))
    const [one, two] = [await handler(ask()), await handler(ask())]
    expect(Object.fromEntries(one.headers)).toEqual({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'content-type': 'application/json; charset=utf-8',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-request-id': one.headers.get('x-request-id'),
    })
    expect(one.headers.get('x-request-id')).not.toBe(two.headers.get('x-request-id'))
  })
})

describe('bodies', () => {
  test('are parsed by the schema', async () => {
    expect(await (await echo(json({ name: '张三' }))).json()).toEqual({ got: '张三' })
    expect(
      (await echo(json({ name: '张三' }, { 'content-type': 'application/json; charset=utf-8' }))).status,
    ).toBe(200)
    expect((await echo(json('\uFEFF{"name":"张三"}'))).status).toBe(200)
  })

  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/jsonp', 415],
    ['text/json-ish', 415],
    ['application/merge-patch+json', 200],
    ['APPLICATION/JSON', 200],
  ])('of the type %s: %i', async (type, status) => {
    expect((await echo(json({ name: 'abc' }, { 'content-type': type }))).status).toBe(status)
  })

  test.each([
    ['', 'The body is empty'],
    ['{"name":', 'The body is not valid JSON'],
    ['{"name":"a\\u0000b"}', 'Texts cannot contain the character U+0000'],
    ['{"a\\u0000":1,"name":"abc"}', 'Texts cannot contain the character U+0000'],
  ])('%j is malformed', async (text, message) => {
    expect(await errorOf(await echo(json(text)))).toEqual({ status: 400, code: 'bad_request', message })
  })

  test('a backslash before u0000 is just text', async () => {
    const body = z.object({ name: z.string() })
    const handler = route(
      operation({ ...base, method: 'POST', body, answer: body }),
      async (input) => input.body,
    )
    expect(await (await handler(json('{"name":"\\\\u0000"}'))).json()).toEqual({ name: '\\u0000' })
  })

  test('that are no UTF-8 are malformed', async () => {
    const request = ask({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    })
    expect(await errorOf(await echo(request))).toMatchObject({
      code: 'bad_request',
      message: 'The body is not UTF-8',
    })
  })

  test('each bad field is named, in the reader’s language', async () => {
    const body = { name: 'x', age: 200, at: 'today', extra: 1, __proto__: null }
    expect(await errorOf(await echo(json(body)))).toEqual({
      status: 400,
      code: 'invalid_input',
      message: 'Some fields are not valid',
      fields: {
        name: 'At least 2 characters',
        age: 'Not above 150',
        at: 'Must be an ISO 8601 time with its zone',
        extra: 'There is no such field',
      },
    })
    const chinese = await errorOf(await echo(json({}, { 'accept-language': 'zh-CN,en;q=0.5' })))
    expect(chinese).toMatchObject({ message: '有内容填得不对', fields: { name: '必填' } })
    expect(await errorOf(await echo(json([])))).toMatchObject({
      fields: { body: expect.stringMatching(/object/) },
    })
  })

  test('over the limit are refused: announced, and unannounced before they are read whole', async () => {
    const announced = await echo(json({ name: 'x' }, { 'content-length': '1001' }))
    expect(await errorOf(announced)).toMatchObject({ status: 413, code: 'too_large' })
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 400
        controller.enqueue(new Uint8Array(400))
      },
    })
    const init = {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    }
    const response = await echo(ask(init as RequestInit))
    expect(response.status).toBe(413)
    expect(sent).toBeLessThan(3_000)
  })

  test('are not read where the operation has none', async () => {
    const handler = route(
      operation({ ...base, method: 'POST' }),
      async ({ body }) => void expect(body).toBe(undefined),
    )
    expect((await handler(ask({ method: 'POST', body: 'anything' }))).status).toBe(200)
  })

  test('can be read raw', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(300))
    const request = () => ask({ method: 'POST', body: bytes })
    expect(Buffer.from(await readBody(request(), 300)).equals(bytes)).toBe(true)
    await expect(readBody(request(), 299)).rejects.toMatchObject({ code: 'too_large' })
    expect(await readBody(ask(), 10)).toHaveLength(0)
    await expect(readBody(ask({ headers: { 'content-length': 'many' } }), 10)).rejects.toMatchObject({
      code: 'too_large',
    })
  })

  test('that break off are the client’s fault', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('aborted')) })
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } }
    expect(await errorOf(await echo(ask(init as RequestInit)))).toMatchObject({
      status: 400,
      code: 'bad_request',
    })
  })
})

describe('path and query', () => {
  const search = operation({
    ...base,
    method: 'GET',
    params: z.object({ id: z.string().regex(/^\d+$/) }),
    query: z.strictObject({ q: z.string().optional(), limit: z.coerce.number().int().max(200).default(50) }),
    answer: z.unknown(),
  })
  const handler = route(search, async ({ params, query }) => {
    expectTypeOf(query).toEqualTypeOf<{ q?: string; limit: number }>()
    return { ...params, ...query }
  })
  const at = (url: string, id = '7') =>
    handler(ask({ url: `http://huixin.test/${url}` }), { params: Promise.resolve({ id }) })

  test('are parsed and typed', async () => {
    expect(await (await at('?q=%E5%BC%A0+%E4%B8%89&limit=3')).json()).toEqual({
      id: '7',
      q: '张 三',
      limit: 3,
    })
    expect(await (await at('')).json()).toEqual({ id: '7', limit: 50 })
  })

  test.each([
    ['?q=a&q=b', { q: 'Given more than once' }],
    ['?nonsense=1', { nonsense: 'There is no such field' }],
    ['?limit=x', { limit: expect.any(String) }],
    ['?limit=201', { limit: 'Not above 200' }],
  ])('%s names its field', async (url, fields) => {
    expect(await errorOf(await at(url))).toMatchObject({ status: 400, code: 'invalid_input', fields })
  })

  test('with a NUL is malformed', async () => {
    expect(await errorOf(await at('?q=a%00b'))).toMatchObject({ status: 400, code: 'bad_request' })
  })

  test('an address that cannot exist is not found', async () => {
    expect(await errorOf(await at('', 'seven'))).toMatchObject({ status: 404, code: 'not_found' })
  })
})

describe('failures', () => {
  test('of the product have their code, fields and Retry-After', async () => {
    const error = new AppError('too_many_attempts', { retryAfter: 7.2, fields: { a: 'b' } })
    const response = await fails(error)(ask())
    expect(response.headers.get('retry-after')).toBe('8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await errorOf(response)).toMatchObject({
      status: 429,
      code: 'too_many_attempts',
      fields: { a: 'b' },
    })
  })

  test('nobody expected tell nothing', async () => {
    for (const thrown of [new Error('password=hunter2'), 'text', null, undefined]) {
      const response = await fails(thrown)(ask())
      expect(response.headers.get('x-request-id')).toMatch(/-/)
      const text = await response.text()
      expect([response.status, JSON.parse(text).error.code]).toEqual([500, 'internal'])
      expect(text).not.toContain('hunter2')
    }
    expect(logged.at(-4)).toContain('Error: password=hunter2')
  })

  test('of a source are told in the reader’s language', async () => {
    const brand = 'huixin.ConnectorError'
    const error = Object.assign(new Error('x'), {
      brand,
      kind: 'unavailable',
      detail: { 'zh-CN': '连不上', en: 'away' },
    })
    expect(await errorOf(await fails(error)(ask()))).toEqual({
      status: 503,
      code: 'source_unavailable',
      message: 'away',
    })
    const chinese = await fails(error)(ask({ headers: { cookie: 'a=b; locale=zh-CN' } }))
    expect(await errorOf(chinese)).toMatchObject({ message: '连不上' })
  })

  test('may be shown by the handler’s own page', async () => {
    const handler = route(get, () => Promise.reject(new AppError('no_link')), {
      onFailure: ({ error, request, locale }) =>
        request.headers.get('accept') === 'text/html'
          ? new Response(error.in(locale), { status: error.status })
          : null,
    })
    const page = await handler(ask({ headers: { accept: 'text/html' } }))
    expect([page.status, await page.text()]).toEqual([409, 'This message has no link'])
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await errorOf(await handler(ask()))).code).toBe('no_link')
  })

  test('to ask a public operation for its user is a bug', async () => {
    const handler = route(get, async ({ user }) => ({ ok: user !== null }))
    expect((await handler(ask())).status).toBe(500)
  })
})

describe('the handler is told', () => {
  test('language and address', async () => {
    const tell = route(
      operation({ ...base, method: 'GET', answer: z.unknown() }),
      async ({ locale, address }) => [locale, address],
    )
    const told = async (headers: Record<string, string>) => (await tell(ask({ headers }))).json()
    expect(await told({ 'x-forwarded-for': '203.0.113.9' })).toEqual(['en', '203.0.113.9'])
    expect(await told({ 'accept-language': 'fr' })).toEqual(['zh-CN', 'local'])
  })

  test('its operation is known of it', () => expect(echo.operation).toBe(post))
})
