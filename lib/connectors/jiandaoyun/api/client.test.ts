import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { startJiandaoyunApi, type ApiFaultInput, type JiandaoyunApi } from '@/simulators/jiandaoyun/api'
import type { ConnectorError, ConnectorErrorKind } from '../../contract'
import { codeOf } from './answers'
import { callApi } from './client'
import { memberList } from './schemas'
import { contextOf, failureOf } from './test-context'

/** Short enough not to look like a key. */
const KEY = 'k7Jq2ZvT9x'
const ROOT = { dept_no: 1, has_child: true }
let api: JiandaoyunApi

beforeEach(async () => {
  const members = [{ username: 'xiaoyun', name: '小云' }]
  api = await startJiandaoyunApi({ apiKey: KEY, members, rates: null })
})
afterEach(() => api.close())

const call = (context = contextOf(api)) => callApi(context, 'members', ROOT, memberList)

describe('a call', () => {
  it('has the key, the version of its endpoint and the body', async () => {
    expect((await call()).users).toHaveLength(1)
    expect(api.calls()).toMatchObject([{ endpoint: 'members', body: ROOT, status: 200 }])
  })

  it('takes an address with a prefix of a gateway', async () => {
    const failure = await failureOf(call(contextOf(api, { apiUrl: `${api.url}/jdy` })))
    expect(failure.kind).toBe('misconfigured')
    expect(api.calls().map(({ endpoint }) => endpoint)).toEqual(['other'])
  })

  it('is not made without a key', async () => {
    expect((await failureOf(call(contextOf(api, { apiKey: undefined })))).kind).toBe('misconfigured')
    expect(api.calls()).toEqual([])
  })

  it('fails where nobody listens', async () => {
    await api.close()
    expect((await failureOf(call())).kind).toBe('unavailable')
  })
})

describe('an answer that is none', () => {
  const cases: [string, ApiFaultInput, ConnectorErrorKind, RegExp][] = [
    [
      'a failure in a 200',
      { kind: 'failure200', code: 4008, words: '流程已经关闭' },
      'refused',
      /流程已经关闭/,
    ],
    [
      'a failure without words',
      { kind: 'custom', body: '{"status":"failure","users":[]}' },
      'refused',
      /refused/,
    ],
    ['a 400', { kind: 'code400', code: 1, words: 'The request is invalid.' }, 'refused', /\(1\).*is invalid/],
    ['the rate exceeded in a 400', { kind: 'code400' }, 'unavailable', /8303/],
    ['the rate exceeded in a 200', { kind: 'failure200' }, 'unavailable', /8303/],
    ['a key code in a 400', { kind: 'code400', code: 8302, words: '无权限' }, 'unauthorized', /8302.*无权限/],
    ['401', { kind: 'status401' }, 'unauthorized', /API key/],
    ['403', { kind: 'status403' }, 'unauthorized', /white list/],
    ['502', { kind: 'badGateway' }, 'unavailable', /502/],
    ['a page', { kind: 'htmlPage' }, 'unavailable', /web page/],
    ['nothing', { kind: 'emptyBody' }, 'unavailable', /empty/],
    ['cut JSON', { kind: 'cutJson' }, 'unavailable', /cut off/],
    ['a redirect', { kind: 'redirect' }, 'unavailable', /redirected/],
    ['a reset', { kind: 'reset' }, 'unavailable', /cut/],
    ['too large an answer', { kind: 'hugeBody' }, 'unavailable', /16 MiB/],
    ['an array', { kind: 'custom', body: '[]' }, 'unavailable', /documented form/],
    [
      'an object without what was asked',
      { kind: 'custom', body: '{"user":{}}' },
      'unavailable',
      /documented form/,
    ],
    ['null for the list', { kind: 'custom', body: '{"users":null}' }, 'unavailable', /documented form/],
    ['an error object in a 200', { kind: 'custom', body: '{"code":7,"msg":"no"}' }, 'refused', /\(7\): no/],
    ['a 400 that is a page', { kind: 'custom', status: 400, body: '<p>no</p>' }, 'unavailable', /web page/],
    ['a 400 without words', { kind: 'custom', status: 400, body: '{}' }, 'refused', /HTTP 400/],
    ['a 404', { kind: 'custom', status: 404, body: '{}' }, 'misconfigured', /no v5/],
    ['JSON nested beyond reading', { kind: 'custom', body: '['.repeat(200_000) }, 'unavailable', /cut off/],
  ]

  it.each(cases)('%s', async (_, fault, kind, words) => {
    api.fault({ ...fault, count: 1 })
    const failure = await failureOf(call())
    expect(failure.kind).toBe(kind)
    expect(failure.detail.en).toMatch(words)
    expect(failure.detail['zh-CN']).not.toBe('')
    expect((await call()).users).toHaveLength(1)
  })

  it('says how long to wait', async () => {
    api.fault({ kind: 'tooMany', retryAfter: 12 })
    const failure = await failureOf(call())
    expect(failure).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 12 })
  })

  it('carries the code of the vendor', async () => {
    api.fault({ kind: 'failure200', code: 50016, words: '流程实例不存在' })
    expect(codeOf(await failureOf(call()))).toBe('50016')
  })

  it('ends when the caller ends it', async () => {
    api.fault({ kind: 'hang' })
    const stop = new AbortController()
    const failure = failureOf(call(contextOf(api, {}, stop.signal)))
    stop.abort()
    expect((await failure).kind).toBe('unavailable')
  })

  it.each([
    ['the key', `key ${KEY} is not known`],
    ['what looks like one', 'token 0123456789abcdef0123456789abcdef is not known'],
    ['markup', '<script>alert(1)</script>'],
  ])('never repeats %s', async (_, words) => {
    for (const kind of ['code400', 'failure200'] as const) {
      api.fault({ kind, code: 8301, words, count: 1 })
      const { detail, cause } = await failureOf(call())
      const told = JSON.stringify(detail) + String(cause)
      expect(told).not.toMatch(/script|0123456789abcdef|k7Jq2ZvT/)
    }
  })

  it('repeats no more than a few words', async () => {
    api.fault({ kind: 'code400', code: 5, words: '长'.repeat(5_000) })
    expect((await failureOf(call())).detail['zh-CN'].length).toBeLessThan(200)
  })
})

describe('the rates', () => {
  const instance = (context = contextOf(api)) =>
    callApi(context, 'instance', { instance_id: 'x' }, z.object({}))
  const kindsOf = async (calls: Promise<ConnectorError>[]) =>
    (await Promise.all(calls)).map(({ kind }) => kind)
  /** All are refused for the instance; above the vendor's rate they would be `unavailable`. */
  const refused = (count: number) => Array.from({ length: count }, () => 'refused')
  const NOW = 1_000_000
  const clock = () => vi.spyOn(performance, 'now').mockReturnValue(NOW)
  afterEach(() => vi.restoreAllMocks())

  it('are kept, and whoever waited goes on after a second', async () => {
    const now = clock()
    const context = contextOf(api)
    const calls = Array.from({ length: 26 }, () => failureOf(instance(context)))
    expect(await kindsOf(calls.slice(0, 24))).toEqual(refused(24))
    expect(api.calls()).toHaveLength(24)
    // Others of the same connection have their own rate, another connection has all of its own.
    await call(context)
    expect((await failureOf(instance())).kind).toBe('refused')
    now.mockReturnValue(NOW + 1_000)
    expect(await kindsOf(calls.slice(24))).toEqual(refused(2))
  })

  it('of all together are kept too', async () => {
    clock()
    const context = contextOf(api)
    const stop = new AbortController()
    const members = Array.from({ length: 8 }, () => call(context))
    const tasks = Array.from({ length: 16 }, () => callApi(context, 'tasks', {}, z.object({})))
    await Promise.allSettled([...members, ...tasks])
    await Promise.all(Array.from({ length: 16 }, () => failureOf(instance(context))))
    const late = failureOf(instance({ ...context, signal: stop.signal }))
    stop.abort()
    expect((await late).kind).toBe('unavailable')
    expect(api.calls()).toHaveLength(40)
  })

  it('do not hold a call that was given up', async () => {
    clock()
    const context = contextOf(api)
    const stop = new AbortController()
    await Promise.all(Array.from({ length: 24 }, () => failureOf(instance(context))))
    const late = Array.from({ length: 6 }, () => failureOf(instance({ ...context, signal: stop.signal })))
    stop.abort()
    expect(await kindsOf(late)).toEqual(Array.from({ length: 6 }, () => 'unavailable'))
    expect(api.calls()).toHaveLength(24)
  })

  it('exceeded by others are told by the vendor, which says nothing else', async () => {
    await api.close()
    api = await startJiandaoyunApi({ apiKey: KEY, now: () => NOW })
    const kinds = await kindsOf(Array.from({ length: 40 }, () => failureOf(instance())))
    expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(30)
    expect(kinds.filter((kind) => kind === 'unavailable')).toHaveLength(10)
  })
})
