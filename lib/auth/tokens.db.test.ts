import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { GET as listUsers } from '@/app/api/v1/admin/users/route'
import { POST as signOut } from '@/app/api/auth/sign-out/route'
import { GET as getSession, PATCH as changePreferences } from '@/app/api/v1/session/route'
import { DELETE as deleteToken, GET as getToken } from '@/app/api/v1/tokens/[id]/route'
import { GET as listTokens, POST as createToken } from '@/app/api/v1/tokens/route'
import type { Handler } from '@/lib/http/route'
import { pool } from '@/lib/platform/db'
import { startListening, stopListening } from '@/lib/platform/notify'
import { browser, type Browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, signedInBrowser } from '@/lib/testing/users'
import { identify, watchSession } from './session'

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

type Wish = { name?: string; scopes?: string[]; expiresAt?: string }
const ask = (own: Browser, wish: Wish = {}) =>
  own.send(createToken, 'POST', '/', { body: { name: 'script', ...wish } })
async function given(own: Browser, wish: Wish = {}): Promise<{ id: string; token: string }> {
  const response = await ask(own, wish)
  expect(response.status).toBe(201)
  return (await response.json()) as { id: string; token: string }
}

/** A script: no cookies, no Origin, only its token. */
const script = (token: string) => ({
  async status(handler: Handler, method: string, body?: unknown, params = {}) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const request = new Request('http://huixin.test/', {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    })
    return (await handler(request, { params: Promise.resolve(params) })).status
  },
})

test('a token lets in whoever made it, and only its hash is kept', async () => {
  const { id, token } = await given(zhang, { name: 'backup', scopes: ['read', 'read'] })
  expect(token).toMatch(/^hx_[\w-]{43}$/)
  expect(await script(token).status(getSession, 'GET')).toBe(200)
  const { rows } = await pool().query('select * from api_tokens where id = $1', [id])
  expect(rows[0]).toMatchObject({ name: 'backup', scopes: ['read'] })
  expect(JSON.stringify(rows[0])).not.toContain(token.slice(3))
  expect(rows[0].last_used_at).not.toBe(null)
  const response = await zhang.send(getToken, 'GET', '/', { params: { id } })
  expect(await response.json()).toEqual({
    id,
    name: 'backup',
    scopes: ['read'],
    createdAt: rows[0].created_at.toISOString(),
    expiresAt: null,
    lastUsedAt: rows[0].last_used_at.toISOString(),
  })
  const listed = (await (await zhang.send(listTokens, 'GET', '/')).json()) as { items: { id: string }[] }
  expect(listed.items.map((item) => item.id)).toEqual([id])
})

test.each(['', 'hx_', 'hx_wrong', 'nonsense', `hx_${'A'.repeat(43)}`])('%j lets nobody in', async (token) => {
  expect(await script(token).status(getSession, 'GET')).toBe(401)
})

test('a wrong token is not made up for by a good cookie', async () => {
  const headers = { authorization: 'Bearer hx_wrong' }
  expect((await zhang.send(getSession, 'GET', '/', { headers })).status).toBe(401)
  expect(
    (await zhang.send(getSession, 'GET', '/', { headers: { authorization: 'Basic eDp5' } })).status,
  ).toBe(200)
})

describe('scopes', () => {
  test.each([
    { scopes: undefined, may: [200, 200] },
    { scopes: ['read'], may: [200, 403] },
    { scopes: ['write'], may: [403, 200] },
    { scopes: ['read', 'write'], may: [200, 200] },
    { scopes: ['admin'], may: [403, 403] },
  ])('$scopes', async ({ scopes, may }) => {
    const { token } = await given(zhang, { scopes })
    const own = script(token)
    const got = [
      await own.status(getSession, 'GET'),
      await own.status(changePreferences, 'PATCH', { theme: 'dark' }),
    ]
    expect(got).toEqual(may)
  })

  test('administration needs the role and the scope', async () => {
    const status = async (own: Browser, scopes?: string[]) =>
      script((await given(own, { scopes })).token).status(listUsers, 'GET')
    expect(await status(zhang, ['admin'])).toBe(403)
    expect(await status(zhang)).toBe(403)
    expect(await status(boss, ['read', 'write'])).toBe(403)
    expect(await status(boss, ['admin'])).toBe(200)
    expect(await status(boss)).toBe(200)
  })

  test('what is about the session itself takes no token', async () => {
    const { token } = await given(zhang)
    expect(await script(token).status(signOut, 'POST')).toBe(403)
  })

  test('a token makes no token that may do more or lasts longer', async () => {
    const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    const { token } = await given(boss, { scopes: ['read', 'write'], expiresAt: later(10) })
    const make = (wish: Wish) => script(token).status(createToken, 'POST', { name: 'child', ...wish })
    expect(await make({})).toBe(403)
    expect(await make({ scopes: ['read', 'admin'], expiresAt: later(5) })).toBe(403)
    expect(await make({ scopes: ['read'] })).toBe(403)
    expect(await make({ scopes: ['read'], expiresAt: later(11) })).toBe(403)
    expect(await make({ scopes: ['read'], expiresAt: later(5) })).toBe(201)
  })
})

describe('the end of a token', () => {
  test('deleting it holds from the next request on', async () => {
    const { id, token } = await given(zhang)
    const own = script(token)
    expect(await own.status(getSession, 'GET')).toBe(200)
    expect((await zhang.send(deleteToken, 'DELETE', '/', { params: { id } })).status).toBe(204)
    expect(await own.status(getSession, 'GET')).toBe(401)
    expect((await zhang.send(deleteToken, 'DELETE', '/', { params: { id } })).status).toBe(404)
  })

  test('in another process too, with its streams', async () => {
    const { id, token } = await given(zhang)
    const headers = new Headers({ authorization: `Bearer ${token}` })
    const { user } = await identify(headers, null)
    let ended = false
    watchSession(user!, () => (ended = true))
    const client = new pg.Client({ connectionString: database.url() })
    await client.connect()
    await client.query('delete from api_tokens where id = $1', [id]).finally(() => client.end())
    await vi.waitFor(() => expect(ended).toBe(true), { timeout: 4_000 })
    expect((await identify(headers, null)).user).toBe(null)
  })

  test('it expires', async () => {
    const { token } = await given(zhang, { expiresAt: new Date(Date.now() + 60_000).toISOString() })
    const own = script(token)
    expect(await own.status(getSession, 'GET')).toBe(200)
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 61_000)
    try {
      await pool().query(`update api_tokens set expires_at = expires_at - interval '61 seconds'`)
      expect(await own.status(getSession, 'GET')).toBe(401)
    } finally {
      clock.mockRestore()
    }
  })

  test('an expiry in the past is refused', async () => {
    expect((await ask(zhang, { expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(400)
  })
})

test('others’ tokens are not there', async () => {
  const { id } = await given(zhang)
  const params = { id }
  expect((await boss.send(getToken, 'GET', '/', { params })).status).toBe(404)
  expect((await boss.send(deleteToken, 'DELETE', '/', { params })).status).toBe(404)
  expect((await zhang.send(getToken, 'GET', '/', { params: { id: 'nonsense' } })).status).toBe(404)
  expect((await zhang.send(getToken, 'GET', '/', { params })).status).toBe(200)
})

test('making and ending them is on record, without the token', async () => {
  const { id, token } = await given(zhang, { name: 'on record' })
  await zhang.send(deleteToken, 'DELETE', '/', { params: { id } })
  const { rows } = await pool().query(
    'select actor, action, detail from audit where subject = $1 order by id',
    [id],
  )
  expect(rows).toEqual([
    { actor: 'zhang', action: 'token.create', detail: { name: 'on record', scopes: [], expiresAt: null } },
    { actor: 'zhang', action: 'token.delete', detail: {} },
  ])
  expect(JSON.stringify(rows)).not.toContain(token)
})

test('somebody without a session makes none', async () => {
  expect((await ask(browser())).status).toBe(401)
})
