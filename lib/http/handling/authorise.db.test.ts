import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { operation } from '@/lib/contracts/operation'
import { closeDatabase, configureDatabase, rows } from '@/lib/platform/db'
import { startListening, stopListening } from '@/lib/platform/notify'
import { browser, type Browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, signedInBrowser } from '@/lib/testing/users'
import { route } from '../route'

/** What needs to know who asks; the rest is in ../route.test.ts. */
const database = useDatabase()

let zhang: Browser
let boss: Browser
beforeAll(async () => {
  await startListening()
  await givenUser('zhang')
  await givenUser('boss', 'admin')
  zhang = await signedInBrowser('zhang')
  boss = await signedInBrowser('boss')
})
afterAll(stopListening)

const base = { id: 'try', path: '/api/try', tag: 'system', summary: 'x' } as const
const answer = z.object({ name: z.string() })
const whoAmI = (who: 'user' | 'admin', method: 'GET' | 'POST') =>
  route(operation({ ...base, who, method, answer }), async ({ user }) => ({ name: user.username }))
const codeOf = async (response: Response) => {
  const body = (await response.json()) as { error?: { code: string }; name?: string }
  return body.error?.code ?? body.name
}

describe('who', () => {
  test('must be signed in, and an administrator where it says so', async () => {
    const outcomes = async (own: Browser) => [
      await codeOf(await own.send(whoAmI('user', 'GET'), 'GET', '/')),
      await codeOf(await own.send(whoAmI('admin', 'GET'), 'GET', '/')),
    ]
    expect(await outcomes(browser())).toEqual(['unauthenticated', 'unauthenticated'])
    expect(await outcomes(zhang)).toEqual(['zhang', 'forbidden'])
    expect(await outcomes(boss)).toEqual(['boss', 'boss'])
  })

  test('is settled before the input is looked at', async () => {
    const body = z.object({ a: z.string() })
    const handler = route(operation({ ...base, who: 'admin', method: 'POST', body }), async () => {})
    const send = (own: Browser, headers = {}) => own.send(handler, 'POST', '/', { body: '{', headers })
    expect((await send(browser())).status).toBe(401)
    expect((await send(zhang)).status).toBe(403)
    expect(await codeOf(await send(boss, { origin: 'http://evil.example' }))).toBe('wrong_origin')
    expect(await codeOf(await send(boss))).toBe('bad_request')
  })
})

describe('where from', () => {
  const send = (method: 'GET' | 'POST', headers: Record<string, string>) =>
    zhang.send(whoAmI('user', method), method, '/', { headers })

  test('a change by cookie needs our Origin', async () => {
    expect((await send('POST', {})).status).toBe(200)
    expect(await codeOf(await send('POST', { origin: 'http://evil.example' }))).toBe('wrong_origin')
    expect(await codeOf(await send('POST', { origin: 'null' }))).toBe('wrong_origin')
    const cookie = [...zhang.cookies].map(([name, value]) => `${name}=${value}`).join()
    const without = new Request('http://huixin.test/', {
      method: 'POST',
      headers: { cookie, host: 'huixin.test' },
    })
    expect(await codeOf(await whoAmI('user', 'POST')(without))).toBe('wrong_origin')
  })

  test('reading does not', async () => {
    expect((await send('GET', { origin: 'http://evil.example' })).status).toBe(200)
  })
})

describe('while the database is away', () => {
  const handler = route(operation({ ...base, who: 'public', method: 'GET' }), async () => {
    await rows(null, 'select 1')
  })

  test('the answer is 503 with Retry-After, for handlers and for sessions', async () => {
    // Read anew: nothing of it is remembered without notifications.
    await stopListening()
    await closeDatabase()
    configureDatabase('postgresql://postgres@127.0.0.1:1/nowhere')
    try {
      for (const response of [
        await browser().send(handler, 'GET', '/'),
        await zhang.send(whoAmI('user', 'GET'), 'GET', '/'),
      ]) {
        expect(response.status).toBe(503)
        expect(response.headers.get('retry-after')).toBe('2')
        expect(await codeOf(response)).toBe('unavailable')
      }
    } finally {
      await closeDatabase()
      configureDatabase(database.url())
    }
    expect((await zhang.send(whoAmI('user', 'GET'), 'GET', '/')).status).toBe(200)
  })

  test('so is a sign-in, and a cookie that was never seen', async () => {
    const [[name, value] = ['', '']] = boss.cookies
    await closeDatabase()
    configureDatabase('postgresql://postgres@127.0.0.1:1/nowhere')
    const holder = globalThis as unknown as { __huixin: Record<string, unknown> }
    delete holder.__huixin['auth.sessions']
    try {
      const own = browser()
      own.cookies.set(name, value)
      expect((await own.send(whoAmI('user', 'GET'), 'GET', '/')).status).toBe(503)
      const { POST } = await import('@/app/api/auth/sign-in/username/route')
      const body = { username: 'boss', password: 'whatever' }
      expect((await own.send(POST, 'POST', '/', { body })).status).toBe(503)
    } finally {
      await closeDatabase()
      configureDatabase(database.url())
    }
    expect((await boss.send(whoAmI('user', 'GET'), 'GET', '/')).status).toBe(200)
  })
})
