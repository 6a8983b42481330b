import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '.'
import { post, rest, tokenOf } from './test-session'

/** For what another connection does: at once, unless the machine is busy. */
const PATIENCE = { timeout: 5_000, interval: 5 }

let seeyon: SeeyonSimulator
let headers: { token: string }
let path: string

beforeEach(async () => {
  seeyon = await startSeeyon({ members: [{ loginName: 'zhangsan' }, { loginName: 'lisi' }] })
  headers = { token: await tokenOf(seeyon) }
  path = `message/unread/${seeyon.member('zhangsan').id}?pageNo=1&pageSize=20`
  seeyon.sendMany('zhangsan', 3)
})
afterEach(() => seeyon.close())

const list = (signal?: AbortSignal) => rest(seeyon, path, { headers, ...(signal ? { signal } : {}) })

describe('a fault that replaces the answer', () => {
  it.each([
    ['status500', 500, 'HTTP Status 500'],
    ['badGateway', 502, '<h1>502 Bad Gateway</h1>'],
    ['loginPage', 200, 'name="login_password"'],
    ['code1010', 200, '{"code":1010}'],
    ['errorObject', 200, '"errorNumber":-1'],
    ['invalidToken', 401, 'Invalid token,please authenticate again'],
  ] as const)('%s', async (kind, status, text) => {
    seeyon.fault({ kind, endpoint: 'unread', count: 1 })
    const answer = await list()
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(text)
    expect(JSON.parse((await list()).text)).toHaveLength(3)
  })

  it('emptyBody is not null', async () => {
    seeyon.fault({ kind: 'emptyBody', endpoint: 'unread' })
    expect(await list()).toMatchObject({ status: 200, text: '' })
  })

  it('redirect points to the sign-in page or anywhere', async () => {
    seeyon.fault({ kind: 'redirect', count: 1 })
    expect(await list()).toMatchObject({ status: 302, location: '/seeyon/main.do?method=login' })
    seeyon.fault({ kind: 'redirect', location: 'http://169.254.169.254/' })
    expect((await list()).location).toBe('http://169.254.169.254/')
  })

  it('custom says what it is told', async () => {
    seeyon.fault({ kind: 'custom', status: 403, body: '无权限' })
    expect(await list()).toMatchObject({ status: 403, text: '无权限' })
  })

  it('keeps a write from happening, unless only its answer is to be lost', async () => {
    const [first, second] = seeyon.unread('zhangsan') as [string, string]
    const mark = (id: string) =>
      post(seeyon, 'message/isread', { userid: seeyon.member('zhangsan').id, messageid: [id] }, headers)
    seeyon.fault({ kind: 'status500', endpoint: 'isread', count: 1 })
    seeyon.fault({ kind: 'status500', endpoint: 'isread', carryOut: true })
    expect((await mark(first)).status).toBe(500)
    expect(seeyon.unread('zhangsan')).toHaveLength(3)
    expect((await mark(second)).status).toBe(500)
    expect(seeyon.unread('zhangsan')).not.toContain(second)
  })
})

describe('a fault that changes the answer', () => {
  it('cutJson ends too early with the right length', async () => {
    seeyon.fault({ kind: 'cutJson', endpoint: 'unread' })
    const { status, text } = await list()
    expect(status).toBe(200)
    expect(text).toMatch(/^\[\{"id":/)
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
  })

  it('cutTransfer breaks off', async () => {
    seeyon.fault({ kind: 'cutTransfer', endpoint: 'unread' })
    await expect(list()).rejects.toThrow()
  })

  it('repeatedPage gives page 1 whatever is asked', async () => {
    seeyon.fault({ kind: 'repeatedPage', endpoint: 'unread' })
    const second = await rest(seeyon, path.replace('pageNo=1', 'pageNo=2'), { headers })
    expect(second.text).toBe((await list()).text)
    expect(JSON.parse(second.text)).toHaveLength(3)
  })

  it('controlCharacters puts raw ones into strings', async () => {
    seeyon.fault({ kind: 'controlCharacters', endpoint: 'unread' })
    const { text } = await list()
    expect(text).toContain('"messageContent":"\u0001\t\n\u001f')
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    expect(JSON.parse(text.replace(/[\u0000-\u001f]/g, ''))).toHaveLength(3)
  })

  it('hugeBody goes on until the client has had enough', async () => {
    seeyon.fault({ kind: 'hugeBody', endpoint: 'unread', bytes: 3_000_000, count: 1 })
    expect((await list()).text.length).toBeGreaterThan(900_000)
    seeyon.fault({ kind: 'hugeBody', endpoint: 'unread', bytes: 1e12 })
    const stop = new AbortController()
    const response = await fetch(`${seeyon.baseUrl}/rest/${path}`, { headers, signal: stop.signal })
    await response.body?.getReader().read()
    stop.abort()
    seeyon.clearFaults()
    expect((await list()).status).toBe(200)
  })
})

describe('a fault in time', () => {
  it('slow answers honestly, later', async () => {
    seeyon.fault({ kind: 'slow', endpoint: 'unread', ms: 60 })
    const started = performance.now()
    expect(JSON.parse((await list()).text)).toHaveLength(3)
    expect(performance.now() - started).toBeGreaterThanOrEqual(58)
  })

  it('hold keeps an answer made up before what came after', async () => {
    const fault = seeyon.fault({ kind: 'hold', endpoint: 'unread', count: 1 })
    const early = list()
    // The list that is not held is answered after the held one was made up: both came over in order.
    await expect.poll(() => fault.hits, PATIENCE).toBe(1)
    seeyon.markRead({ loginName: 'zhangsan', all: true })
    expect((await list()).text).toBe('null')
    seeyon.clearFaults({ id: fault.id })
    expect(JSON.parse((await early).text)).toHaveLength(3)
  })

  it('hang never answers and reset cuts', async () => {
    const hang = seeyon.fault({ kind: 'hang', endpoint: 'unread', count: 1 })
    const stop = new AbortController()
    const never = expect(list(stop.signal)).rejects.toThrow()
    await expect.poll(() => hang.hits, PATIENCE).toBe(1)
    stop.abort()
    await never
    seeyon.fault({ kind: 'reset', endpoint: 'unread', count: 1 })
    await expect(list()).rejects.toThrow()
    expect((await list()).status).toBe(200)
    await expect.poll(() => seeyon.requests().endpoints.unread.byStatus, PATIENCE).toEqual({ 0: 2, 200: 1 })
  })

  it('ends with close', async () => {
    const other = await startSeeyon()
    other.fault({ kind: 'hang' })
    const arrived = rest(other, 'application.wadl')
    arrived.catch(() => {})
    await expect.poll(() => other.requests().inFlight, PATIENCE).toBe(1)
    await other.close()
    await expect(arrived).rejects.toThrow()
  })
})

describe('which requests a fault strikes', () => {
  it('by endpoint, by member, by count, after some, until cleared', async () => {
    const other = `message/unread/${seeyon.member('lisi').id}`
    const status = async (where: string) => (await rest(seeyon, where, { headers })).status
    const fault = seeyon.fault({
      kind: 'status500',
      endpoint: 'unread',
      loginName: 'zhangsan',
      skip: 1,
      count: 2,
    })
    expect([await status(path), await status(path), await status(other)]).toEqual([200, 500, 200])
    expect([await status('orgMember?loginName=lisi'), await status(path), await status(path)]).toEqual([
      200, 500, 200,
    ])
    expect(fault.hits).toBe(2)
    seeyon.fault({ kind: 'badGateway' })
    expect([await status(path), await status('orgMember'), await status(other)]).toEqual([502, 502, 502])
    expect((await fetch(`${seeyon.baseUrl}/a.do`)).status).toBe(200)
    seeyon.clearFaults()
    expect(await status(path)).toBe(200)
    expect(() => seeyon.fault({ kind: 'nonsense' as never })).toThrow('unknown fault')
  })
})

describe('counters', () => {
  it('count requests, remember them, and see how many ran at once', async () => {
    seeyon.resetCounters()
    const fault = seeyon.fault({ kind: 'hold', endpoint: 'unread' })
    const running = [list(), list(), list()]
    await expect.poll(() => fault.hits, PATIENCE).toBe(3)
    seeyon.clearFaults()
    await Promise.all(running)
    for (let one = 0; one < 3; one++) await list()
    expect(seeyon.requests()).toMatchObject({ total: 6, inFlight: 0, maxConcurrent: 3 })
    expect(seeyon.log()).toHaveLength(6)
    expect(seeyon.log()[0]).toMatchObject({ endpoint: 'unread', method: 'GET', status: 200 })
  })

  it('tell when a request was answered', async () => {
    const second = seeyon.whenRequested('unread', 2)
    await list()
    await list()
    expect(await second).toMatchObject({ endpoint: 'unread', status: 200 })
  })
})
