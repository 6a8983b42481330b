import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import { seeyon } from '..'
import { contextOf, failureOf } from '../test-context'
import { callSeeyon } from './client'
import { boundTokens, forgetTokens } from './kept-tokens'
import { takeToken } from './token'

const ZHANG = '-8361687019900091749'
const ALL = { depth: 'all' } as const
let server: SeeyonSimulator

beforeEach(async () => {
  server = await startSeeyon({
    members: [{ loginName: 'zhangsan', name: '张三', id: ZHANG }, { loginName: 'lisi' }],
  })
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

const tokenCalls = () => server.log().filter(({ endpoint }) => endpoint === 'token').length
const scan = (context = contextOf(server)) => seeyon.pull!.scanUnread(context, ZHANG, ALL)

describe('one token', () => {
  it('serves all calls of a connection', async () => {
    const context = contextOf(server)
    await Promise.all(Array.from({ length: 50 }, () => scan(context)))
    await seeyon.pull!.findPerson(context, 'zhangsan')
    await scan(context)
    expect(tokenCalls()).toBe(1)
  })

  it.each(['status401', 'code1010'] as const)(
    'is replaced once for 50 calls that find it dead (%s)',
    async (expiredToken) => {
      server.configure({ expiredToken })
      server.send('zhangsan')
      const context = contextOf(server)
      await scan(context)
      server.expireTokens()
      server.resetCounters()
      const scans = await Promise.all(Array.from({ length: 50 }, () => scan(context)))
      expect(scans.every(({ complete, items }) => complete && items.length === 1)).toBe(true)
      expect(tokenCalls()).toBe(1)
    },
  )

  it('is replaced where it dies in the middle of a scan', async () => {
    server.sendMany('zhangsan', 45)
    server.afterPage({ page: 2 }, () => server.expireTokens())
    expect(await scan()).toMatchObject({ complete: true })
    expect(tokenCalls()).toBe(2)
  })

  it('is not used again after ten minutes of rest', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const context = contextOf(server)
    const first = await takeToken(context, 'service')
    vi.setSystemTime(Date.now() + 9 * 60_000)
    expect(await takeToken(context, 'service')).toBe(first)
    vi.setSystemTime(Date.now() + 9 * 60_000)
    expect(await takeToken(context, 'service')).toBe(first)
    vi.setSystemTime(Date.now() + 10 * 60_000)
    expect(await takeToken(context, 'service')).not.toBe(first)
  })

  it('belongs to a connection and its credentials', async () => {
    const context = contextOf(server)
    const first = await takeToken(context, 'service')
    expect(await takeToken({ ...context, connectionId: 'another' }, 'service')).not.toBe(first)
    const changed = { ...context, settings: { ...context.settings, restPassword: 'wrong' } }
    expect((await failureOf(takeToken(changed, 'service'))).kind).toBe('unauthorized')
    expect(await takeToken(context, 'service')).toBe(first)
  })

  it('is forgotten on demand', async () => {
    const context = contextOf(server)
    const first = await takeToken(context, 'service')
    forgetTokens(context.connectionId)
    expect(await takeToken(context, 'service')).not.toBe(first)
  })
})

describe('credentials', () => {
  it.each(['minusOne', 'status404', 'status401'] as const)(
    'that are wrong are told from %s',
    async (badCredentials) => {
      server.configure({ badCredentials })
      const error = await failureOf(scan(contextOf(server, { restPassword: 'wrong' })))
      expect(error.kind).toBe('unauthorized')
      expect(JSON.stringify([error.detail, error.stack])).not.toContain('wrong"')
    },
  )

  it('that are wrong are not tried again by every call', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const context = contextOf(server, { restPassword: 'wrong' })
    await Promise.all(Array.from({ length: 50 }, () => failureOf(scan(context))))
    await failureOf(scan(context))
    expect(tokenCalls()).toBe(1)
    vi.setSystemTime(Date.now() + 11_000)
    server.configure({ restPassword: 'wrong' })
    expect((await scan(context)).complete).toBe(true)
  })

  it.each([
    'status500',
    'badGateway',
    'loginPage',
    'emptyBody',
    'errorObject',
    'redirect',
    'reset',
    'code1010',
  ] as const)('are not blamed when token answers %s', async (kind) => {
    const context = contextOf(server)
    server.fault({ kind, endpoint: 'token', count: 1 })
    expect((await failureOf(scan(context))).kind).toBe('unavailable')
    expect((await scan(context)).complete).toBe(true)
  })

  it.each(['text/plain', 'application/json'])('get a bare token as well (%s)', async (type) => {
    const body =
      type === 'text/plain'
        ? '5c11f994-0000-4000-8000-000000000000\n'
        : '"5c11f994-0000-4000-8000-000000000000"'
    server.fault({ kind: 'custom', endpoint: 'token', type, body })
    expect(await takeToken(contextOf(server), 'service')).toBe('5c11f994-0000-4000-8000-000000000000')
  })

  it.each(['{"id":null}', '{"id":"a b\\nc"}', '{"id":""}', 'null', '[]', '请登录', '{"id":{"a":1}}'])(
    'get no token from %s',
    async (body) => {
      server.fault({ kind: 'custom', endpoint: 'token', type: 'application/json', body })
      expect((await failureOf(takeToken(contextOf(server), 'service'))).kind).toBe('unavailable')
    },
  )
})

describe('one endpoint that answers 401', () => {
  it('does not make every call sign in anew, and does not disturb the others', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    server.fault({ kind: 'invalidToken', endpoint: 'unread' })
    const context = contextOf(server)
    const errors = await Promise.all(Array.from({ length: 20 }, () => failureOf(scan(context))))
    expect(errors.every(({ kind }) => kind === 'unauthorized')).toBe(true)
    expect(errors[0]?.detail['zh-CN']).toContain('message/unread')
    expect(tokenCalls()).toBe(2)
    for (let again = 0; again < 10; again++) await failureOf(scan(context))
    expect(tokenCalls()).toBe(2)
    expect(await seeyon.pull!.findPerson(context, 'zhangsan')).toMatchObject({ externalId: ZHANG })
    expect(tokenCalls()).toBe(2)
    vi.setSystemTime(Date.now() + 61_000)
    server.clearFaults()
    server.expireTokens()
    expect((await scan(context)).complete).toBe(true)
    expect(tokenCalls()).toBe(3)
  })

  it('is asked twice at most for one call', async () => {
    server.fault({ kind: 'code1010', endpoint: 'unread' })
    expect((await failureOf(scan())).kind).toBe('unauthorized')
    expect(server.log().filter(({ endpoint }) => endpoint === 'unread')).toHaveLength(2)
  })
})

describe('bound tokens', () => {
  beforeEach(() => server.configure({ access: 'bound' }))

  it('are needed where the server insists, and the account says so', async () => {
    const error = await failureOf(scan())
    expect(error.kind).toBe('unauthorized')
    expect(error.detail['zh-CN']).toContain('每人一个')
  })

  it('are fetched per member and kept apart', async () => {
    server.send('zhangsan')
    server.send('lisi')
    const context = contextOf(server, { tokenMode: 'bound' })
    for (const loginName of ['zhangsan', 'lisi', 'zhangsan', 'lisi']) {
      const { complete, items } = await seeyon.pull!.scanUnread(context, server.member(loginName).id, ALL)
      expect(complete).toBe(true)
      expect(items.map(({ externalId }) => externalId)).toEqual(server.unread(loginName))
    }
    expect(tokenCalls()).toBe(2)
    await seeyon.writeBack!.markRead(context, ZHANG, server.unread('zhangsan'))
    expect(server.unread('zhangsan')).toEqual([])
  })

  it('are kept for fifty members, and fetched again for whoever was asked for longest ago', async () => {
    const members = Array.from({ length: 60 }, (_, n) => server.addMember({ loginName: `m${n}` }).id)
    const context = contextOf(server, { tokenMode: 'bound' })
    const visit = async (who: string[]) => {
      server.resetCounters()
      let most = 0
      for (const memberId of who) {
        await callSeeyon(context, { endpoint: 'message/unread', segments: [memberId], memberId })
        most = Math.max(most, boundTokens(context))
      }
      return { fetched: tokenCalls(), most }
    }
    expect(await visit(members)).toEqual({ fetched: 60, most: 50 })
    // The last fifty are still there; the first ten must sign in again, and push others out.
    expect(await visit(members.slice(10))).toEqual({ fetched: 0, most: 50 })
    expect(await visit(members.slice(0, 10))).toEqual({ fetched: 10, most: 50 })
    // Members 20 to 59 and 0 to 9 are there. Whoever was just asked for stays, though among the first to be fetched.
    expect(await visit([members[20]!, members[10]!, members[20]!])).toEqual({ fetched: 1, most: 50 })
    // In turn over more than fifty nobody's token lasts a round.
    expect(await visit(members)).toMatchObject({ most: 50 })
    expect(await visit(members)).toEqual({ fetched: 60, most: 50 })
    expect(server.state().tokens.issued).toBeGreaterThan(120)
  })

  it('are fetched once for many calls at once, also with sixty members at a time', async () => {
    const members = Array.from({ length: 60 }, (_, n) => server.addMember({ loginName: `m${n}` }).id)
    const context = contextOf(server, { tokenMode: 'bound', concurrency: 100 })
    const ask = (memberId: string) =>
      callSeeyon(context, { endpoint: 'message/unread', segments: [memberId], memberId })
    await Promise.all([...members, ...members].map(ask))
    expect(tokenCalls()).toBe(60)
    expect(boundTokens(context)).toBe(50)
  })

  it('that are let go leave behind that an endpoint refused them', async () => {
    server.fault({ kind: 'invalidToken', endpoint: 'unread', loginName: 'zhangsan' })
    const context = contextOf(server, { tokenMode: 'bound' })
    await failureOf(scan(context))
    expect(tokenCalls()).toBe(2)
    for (let n = 0; n < 50; n++) {
      const memberId = server.addMember({ loginName: `m${n}` }).id
      await callSeeyon(context, { endpoint: 'message/unread', segments: [memberId], memberId })
    }
    server.resetCounters()
    await failureOf(scan(context))
    // One token for the call, and no second one after its 401.
    expect(server.log().map(({ endpoint }) => endpoint)).toEqual(['token', 'unread'])
  })

  it('are not taken for a member whom Seeyon did not bind', async () => {
    const context = contextOf(server, { tokenMode: 'bound' })
    expect((await failureOf(seeyon.pull!.scanUnread(context, '123456789012345678', ALL))).kind).toBe(
      'unauthorized',
    )
  })
})

it('hangs no longer than its caller wants', async () => {
  server.fault({ kind: 'hang', endpoint: 'token' })
  const stop = new AbortController()
  const context = { ...contextOf(server), signal: stop.signal }
  const scans = Promise.all([failureOf(scan(context)), failureOf(scan(context))])
  stop.abort()
  for (const { kind } of await scans) expect(kind).toBe('unavailable')
})

it('goes in a header, never in the address, and the password in no address either', async () => {
  const context = contextOf(server)
  const token = await takeToken(context, 'service')
  await callSeeyon(context, { endpoint: 'orgMember', query: { loginName: '张三' } })
  const paths = server.log().map(({ path }) => path)
  expect(paths).toHaveLength(2)
  for (const path of paths) {
    expect(path).not.toContain(token)
    expect(path).not.toContain(server.restPassword)
  }
})
