import dns from 'node:dns'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ConnectorError } from './contract'
import { hostOf, request, retryAfterSeconds, type HttpRequest } from './http'
import { guardedLookup, isForbiddenAddress } from './http-addresses'
import { toConnectorError } from './http-errors'

let server: Server
let origin: string
let handler: RequestListener

beforeEach(async () => {
  server = createServer((incoming, outgoing) => handler(incoming, outgoing))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const call = (path: string, more: Partial<HttpRequest> = {}) =>
  request({ url: origin + path, allowedHosts: [hostOf(origin)], ...more })

async function failure(promise: Promise<unknown>): Promise<ConnectorError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ConnectorError)
  return error as ConnectorError
}

describe('an answer', () => {
  it('is given with status, headers and text, whatever the status', async () => {
    handler = (_, answer) =>
      answer.writeHead(418, { 'Content-Type': 'Text/Plain;charset=UTF-8', 'X-A': ['1', '2'] }).end('待办')
    const answer = await call('/x')
    expect(answer).toMatchObject({ status: 418, contentType: 'text/plain', headers: { 'x-a': '1, 2' } })
    expect(answer.text()).toBe('待办')
  })

  it('is read in the charset it names, and as UTF-8 in an unknown one', async () => {
    handler = (incoming, answer) =>
      answer
        .setHeader('content-type', `text/plain; charset=${incoming.url?.slice(1) ?? ''}`)
        .end(incoming.url === '/gbk' ? Buffer.from([0xd6, 0xc2, 0xd4, 0xb6]) : '致远')
    expect((await call('/gbk')).text()).toBe('致远')
    expect((await call('/no-such-charset')).text()).toBe('致远')
  })

  it('may hold bytes that are no text', async () => {
    handler = (_, answer) => answer.end(Buffer.from([0x61, 0xff, 0x62]))
    expect((await call('/')).text()).toBe('a\uFFFDb')
  })

  it('that redirects is not followed', async () => {
    const asked: string[] = []
    handler = (incoming, answer) => {
      asked.push(incoming.url ?? '')
      answer.writeHead(302, { location: '/elsewhere' }).end()
    }
    expect((await call('/x')).status).toBe(302)
    expect(asked).toEqual(['/x'])
  })

  it('gets what was sent', async () => {
    handler = (incoming, answer) => {
      void incoming.toArray().then((parts: Buffer[]) => {
        const { method, headers } = incoming
        answer.end(JSON.stringify({ method, token: headers.token, body: Buffer.concat(parts).toString() }))
      })
    }
    const answer = await call('/', { method: 'POST', headers: { token: 't' }, body: '{"标题":1}' })
    expect(JSON.parse(answer.text())).toEqual({ method: 'POST', token: 't', body: '{"标题":1}' })
  })

  it.each([
    ['7', 7],
    ['999999', 3_600],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['soon', undefined],
  ])('with Retry-After %s asks for %s seconds', async (value, seconds) => {
    handler = (_, answer) => answer.writeHead(503, { 'retry-after': value }).end()
    expect(retryAfterSeconds(await call('/'))).toBe(seconds)
  })
})

describe('no answer', () => {
  it('in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const asked = new Promise<void>((resolve) => (handler = () => resolve()))
    const failed = failure(call('/', { timeoutMs: 3_000 }))
    await asked
    await vi.advanceTimersByTimeAsync(3_000)
    const error = await failed
    expect(error.kind).toBe('unavailable')
    expect(error.detail['zh-CN']).toContain('3 秒')
  })

  it('that ends in time, though it has begun', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const begun = new Promise<void>(
      (resolve) => (handler = (_, answer) => answer.writeHead(200).write('[', () => resolve())),
    )
    const failed = failure(call('/', { timeoutMs: 3_000 }))
    await begun
    await vi.advanceTimersByTimeAsync(3_000)
    expect((await failed).kind).toBe('unavailable')
  })

  it('after the caller has had enough, before or during the call', async () => {
    const stop = new AbortController()
    handler = () => stop.abort()
    expect((await failure(call('/', { signal: stop.signal }))).kind).toBe('unavailable')
    expect((await failure(call('/', { signal: AbortSignal.abort() }))).detail.en).toContain('cancelled')
  })

  it('is read beyond the limit', async () => {
    handler = (_, answer) => {
      answer.on('error', () => {})
      answer.write('x'.repeat(10_000))
    }
    const error = await failure(call('/', { maxBytes: 9_999 }))
    expect(error).toMatchObject({ kind: 'unavailable' })
    expect(error.detail.en).toContain('9999 B')
    handler = (_, answer) => answer.end('x'.repeat(9_999))
    expect((await call('/', { maxBytes: 9_999 })).text()).toHaveLength(9_999)
  })

  it('when the connection is cut, before or within the answer', async () => {
    handler = (incoming) => incoming.socket.resetAndDestroy()
    expect((await failure(call('/'))).kind).toBe('unavailable')
    handler = (incoming, answer) => {
      answer.writeHead(200, { 'content-length': '100' })
      answer.write('x', () => incoming.socket.destroy())
    }
    expect((await failure(call('/'))).detail['zh-CN']).toContain('中断')
  })

  it('that was compressed without asking', async () => {
    handler = (_, answer) => answer.setHeader('content-encoding', 'gzip').end('x')
    expect((await failure(call('/'))).kind).toBe('unavailable')
  })

  it('from a server that speaks no HTTP, or no TLS', async () => {
    const tcp = createTcpServer((socket) => socket.on('error', () => {}).end('SSH-2.0-x\r\n')).listen(
      0,
      '127.0.0.1',
    )
    await once(tcp, 'listening')
    const host = `127.0.0.1:${(tcp.address() as AddressInfo).port}`
    const plain = await failure(request({ url: `http://${host}/`, allowedHosts: [host] }))
    expect(plain.kind).toBe('misconfigured')
    const tls = await failure(request({ url: `https://${host}/`, allowedHosts: [host] }))
    expect(tls.kind).toBe('misconfigured')
    tcp.close()
  })

  it('where nobody listens', async () => {
    const error = await failure(request({ url: 'http://127.0.0.1:1/', allowedHosts: ['127.0.0.1:1'] }))
    expect(error).toMatchObject({ kind: 'unavailable' })
    expect(error.detail.en).toContain('127.0.0.1:1')
  })

  it('where the name is unknown', async () => {
    mockDns(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
    const error = await failure(request({ url: 'http://oa.invalid/', allowedHosts: ['oa.invalid'] }))
    expect(error.detail['zh-CN']).toContain('找不到服务器 oa.invalid')
  })
})

describe('hosts', () => {
  it.each([
    ['http://other.test/', ['oa.test']],
    ['http://oa.test:8088/', ['oa.test']],
    ['http://oa.test/', ['oa.test:8088']],
    ['http://a.oa.test/', ['*.oa.test']],
    ['ftp://oa.test/', ['oa.test']],
    ['file:///etc/passwd', ['oa.test']],
    ['http://user@oa.test/', ['oa.test']],
    ['http://169.254.169.254/latest/meta-data', ['oa.test']],
    ['oa.test', ['oa.test']],
    ['http://oa.test/', []],
  ])('%s is not called where %j was entered', async (url, allowedHosts) => {
    const lookup = vi.spyOn(dns, 'lookup')
    expect((await failure(request({ url, allowedHosts }))).kind).toBe('misconfigured')
    expect(lookup).not.toHaveBeenCalled()
  })

  it('names that lead to a metadata service are not called', async () => {
    mockDns(null, [{ address: '169.254.169.254', family: 4 }])
    const error = await failure(request({ url: 'http://oa.test/', allowedHosts: ['oa.test'] }))
    expect(error.kind).toBe('misconfigured')
    expect(error.detail.en).toContain('must not be called')
  })

  it('names that lead into the private network are', async () => {
    handler = (_, answer) => answer.end('inside')
    mockDns(null, [
      { address: '169.254.169.254', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ])
    const host = `oa.test:${new URL(origin).port}`
    expect((await request({ url: `http://${host}/`, allowedHosts: [host] })).text()).toBe('inside')
  })

  it('a lookup for one address gives one', async () => {
    mockDns(null, [{ address: '10.0.0.5', family: 4 }])
    const found = await new Promise((resolve) => guardedLookup('oa.test', {}, (...result) => resolve(result)))
    expect(found).toEqual([null, '10.0.0.5', 4])
  })

  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    'fe80::1',
    'fd00:ec2::254',
    '100.100.100.200',
    '0.0.0.0',
  ])('%s is forbidden', (address) => expect(isForbiddenAddress(address)).toBe(true))
  it.each(['127.0.0.1', '10.0.0.5', '192.168.1.1', '100.64.0.1', '::1', 'fd00::5', '8.8.8.8', '2001:db8::1'])(
    '%s is not',
    (address) => expect(isForbiddenAddress(address)).toBe(false),
  )
})

function mockDns(error: Error | null, found: dns.LookupAddress[] = []): void {
  const fake = (_host: string, _options: unknown, done: (error: Error | null, found: unknown) => void) =>
    done(error, found)
  vi.spyOn(dns, 'lookup').mockImplementation(fake as unknown as typeof dns.lookup)
}

describe('errors', () => {
  it.each([
    ['ENOTFOUND', 'unavailable'],
    ['ETIMEDOUT', 'unavailable'],
    ['CERT_HAS_EXPIRED', 'misconfigured'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'misconfigured'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'misconfigured'],
    ['CERT_SIGNATURE_FAILURE', 'misconfigured'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'misconfigured'],
    ['E_NEVER_SEEN', 'unavailable'],
  ])('%s is %s, and says so in both languages', (code, kind) => {
    const error = toConnectorError(Object.assign(new Error('x'), { code }), 'oa.test')
    expect(error.kind).toBe(kind)
    for (const text of Object.values(error.detail)) expect(text).toMatch(/oa\.test.*\(/s)
  })

  it('of several addresses are told by the first', () => {
    const error = new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })])
    expect(toConnectorError(error, 'oa.test').detail['zh-CN']).toContain('拒绝了连接')
  })

  it('never hold the path, the headers or the body', async () => {
    handler = (incoming) => incoming.socket.end('secret-answer\r\n\r\n')
    const error = await failure(
      call('/secret-path?secret-query', {
        method: 'POST',
        headers: { token: 'secret-token' },
        body: 'secret-body',
      }),
    )
    const told = JSON.stringify([error.detail, error.message, error.cause, String(error.cause), error.stack])
    expect(told).not.toContain('secret')
  })

  it('of a header that cannot be sent do not hold it either', async () => {
    const error = await failure(call('/', { headers: { token: 'secret\nx: y' } }))
    expect(JSON.stringify([error.detail, String(error.cause)])).not.toContain('secret')
  })

  it('are ConnectorErrors, whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(toConnectorError(thrown, 'oa.test')).toBeInstanceOf(ConnectorError)
      }),
    )
  })
})

describe('whether a request certainly had no effect', () => {
  it('is so where nobody listens, and where it was given up before it began', async () => {
    const { port } = server.address() as AddressInfo
    handler = (_, answer) => answer.end()
    server.close()
    const nowhere = { url: `http://127.0.0.1:${port}/`, allowedHosts: [`127.0.0.1:${port}`] }
    await once(server, 'close')
    expect((await failure(request(nowhere))).unsent).toBe(true)
    expect((await failure(request({ ...nowhere, signal: AbortSignal.abort() }))).unsent).toBe(true)
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    expect((await failure(request({ ...nowhere, allowedHosts: [] }))).unsent).toBe(true)
  })

  it('is not so once it was written, however it ended', async () => {
    handler = (incoming) => incoming.socket.destroy()
    expect((await failure(call('/', { fresh: true }))).unsent).toBe(false)
    handler = () => {}
    expect((await failure(call('/', { timeoutMs: 50, fresh: true }))).unsent).toBe(false)
    const stop = new AbortController()
    handler = () => stop.abort()
    expect((await failure(call('/', { signal: stop.signal }))).unsent).toBe(false)
  })

  it.each([
    [{ code: 'ECONNREFUSED' }, true],
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, true],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, true],
    [{ code: 'CERT_HAS_EXPIRED' }, true],
    [{ code: 'EHOSTUNREACH', syscall: 'connect' }, true],
    [{ code: 'EHOSTUNREACH', syscall: 'read' }, false],
    [{ code: 'ETIMEDOUT', syscall: 'connect' }, true],
    [{ code: 'ETIMEDOUT', syscall: 'read' }, false],
    [{ code: 'ECONNRESET' }, false],
    [{ code: 'UND_ERR_SOCKET' }, false],
    [{ code: 'EPROTO' }, false],
    [{ errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH', syscall: 'connect' }] }, true],
    [{ errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNRESET' }] }, false],
    [{}, false],
  ])('of %j is %s', (error, expected) => {
    expect(toConnectorError(Object.assign(new Error('x'), error), 'a.example').unsent).toBe(expected)
  })

  it('takes a connection of its own where that is asked for', async () => {
    const ports: (number | undefined)[] = []
    handler = (incoming, answer) => {
      ports.push(incoming.socket.remotePort)
      answer.end()
    }
    for (let i = 0; i < 3; i++) await call('/', { fresh: true })
    expect(new Set(ports).size).toBe(3)
  })
})
