import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { changePassword, getSession } from '@/lib/contracts/auth'
import { deleteToken } from '@/lib/contracts/auth'
import { countMessages, getMessage, listMessages } from '@/lib/contracts/messages'
import { operation } from '@/lib/contracts/operation'
import { ApiError, addressOf, call } from './call'

const answerWith = (body: unknown, init: ResponseInit = {}) => {
  const fake = vi.fn(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), init))
  vi.stubGlobal('fetch', fake)
  return fake
}
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('it should have failed')
    },
    (error: unknown) => error as ApiError,
  )

afterEach(() => vi.unstubAllGlobals())

describe('addressOf', () => {
  it('fills names in and escapes them', () => {
    expect(addressOf('/api/v1/messages/{id}', { id: '1/2?x' })).toBe('/api/v1/messages/1%2F2%3Fx')
  })

  it('leaves out what is not given and escapes what is', () => {
    expect(addressOf('/a', {}, { view: 'todo', form: '采购 申请', sender: undefined, q: '' })).toBe(
      '/a?view=todo&form=%E9%87%87%E8%B4%AD+%E7%94%B3%E8%AF%B7',
    )
  })
})

describe('call', () => {
  it('gives the typed answer', async () => {
    const fake = answerWith({ items: [], nextCursor: null, watermark: '7' })
    const answer = await call(listMessages, { query: { view: 'todo', urgent: 'true' } })
    expect(answer.watermark).toBe('7')
    expect(fake).toHaveBeenCalledWith(
      '/api/v1/messages?view=todo&urgent=true',
      expect.objectContaining({ method: 'GET', credentials: 'same-origin' }),
    )
  })

  it('sends a body as JSON and answers nothing where there is nothing', async () => {
    const fake = answerWith('', { status: 200 })
    const body = { current: 'old-password', password: 'new-password' }
    expect(await call(changePassword, { body })).toBeUndefined()
    expect(fake).toHaveBeenCalledWith(
      '/api/auth/change-password',
      expect.objectContaining({
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    )
  })

  it('takes 204 for what answers nothing', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }))
    const params = { id: '3f1a1f3e-6f57-4a42-9a3e-0f6c2f0f8a10' }
    expect(await call(deleteToken, { params })).toBeUndefined()
  })

  it('throws the server’s code, sentence, fields and wait', async () => {
    answerWith(
      { error: { code: 'too_many_attempts', message: '尝试次数过多', fields: { username: '太长' } } },
      { status: 429, headers: { 'retry-after': '12' } },
    )
    const error = await caught(call(countMessages))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({
      code: 'too_many_attempts',
      status: 429,
      message: '尝试次数过多',
      fields: { username: '太长' },
      retryAfter: 12,
    })
  })

  it('says offline when nothing answers', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
    expect(await caught(call(countMessages))).toMatchObject({ code: 'offline', status: 0 })
  })

  it('leaves an aborted call as it is', async () => {
    const abort = new AbortController()
    abort.abort()
    vi.stubGlobal('fetch', async () => Promise.reject(new DOMException('stopped', 'AbortError')))
    expect(await caught(call(countMessages, { signal: abort.signal }))).toMatchObject({ name: 'AbortError' })
  })

  it('does not take a proxy’s page for an answer', async () => {
    answerWith('<html>Bad gateway</html>', { status: 502 })
    expect(await caught(call(countMessages))).toMatchObject({ code: 'unreadable', status: 502 })
    answerWith('<html>Welcome</html>')
    expect(await caught(call(countMessages))).toMatchObject({ code: 'unreadable', status: 200 })
  })

  it('names what does not fit the contract, except in production', async () => {
    answerWith({ items: 'none' })
    expect((await caught(call(listMessages))).message).toContain('listMessages')
    vi.stubEnv('NODE_ENV', 'production')
    expect(await call(listMessages)).toEqual({ items: 'none' })
    vi.unstubAllEnvs()
  })
})

describe('an ended session', () => {
  const place = { pathname: '/', search: '?view=cc', assign: vi.fn() }
  const refused = { error: { code: 'unauthenticated', message: '请先登录' } }

  it('leaves for the sign-in page once, however many calls find out', async () => {
    vi.resetModules()
    const fresh = await import('./call')
    vi.stubGlobal('window', { location: place })
    answerWith(refused, { status: 401 })
    await Promise.allSettled([fresh.call(getSession), fresh.call(countMessages)])
    expect(place.assign.mock.calls).toEqual([['/login?ended=1&next=%2F%3Fview%3Dcc']])
  })

  it('stays for a wrong password and for calls anyone may make', async () => {
    vi.resetModules()
    const fresh = await import('./call')
    place.assign.mockClear()
    vi.stubGlobal('window', { location: place })
    answerWith({ error: { code: 'wrong_credentials', message: '用户名或密码不对' } }, { status: 401 })
    const body = { current: 'a', password: 'new-password' }
    await Promise.allSettled([fresh.call(changePassword, { body })])
    answerWith(refused, { status: 401 })
    const open = operation({
      id: 'open',
      method: 'GET',
      path: '/api/open',
      who: 'public',
      tag: 'system',
      summary: '',
      answer: z.object({}),
    })
    await Promise.allSettled([fresh.call(open)])
    expect(place.assign).not.toHaveBeenCalled()
  })
})

// What the compiler must refuse, and must not.
export function typesOnly() {
  void call(getMessage, { params: { id: '1' } })
  // @ts-expect-error: the id is missing
  void call(getMessage)
  // @ts-expect-error: this call has no body
  void call(countMessages, { body: {} })
  // @ts-expect-error: no such view
  void call(listMessages, { query: { view: 'nothing' } })
}
