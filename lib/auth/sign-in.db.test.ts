import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { POST as changePassword } from '@/app/api/auth/change-password/route'
import { POST as signIn } from '@/app/api/auth/sign-in/username/route'
import { POST as signOut } from '@/app/api/auth/sign-out/route'
import { GET as getSession } from '@/app/api/v1/session/route'
import { pool } from '@/lib/platform/db'
import { environment } from '@/lib/platform/env'
import { browser, type Browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, PASSWORD, signedInBrowser } from '@/lib/testing/users'
import { confirmSession } from './sessions/session-store'
import { findPasswordHash } from './people/users-store'

useDatabase()

let zhang = ''
beforeAll(async () => {
  zhang = await givenUser('Zhang.San 张三')
  await givenUser('boss', 'admin')
})
afterEach(() => pool().query('delete from sign_in_failures'))

const trySignIn = (from: Browser, username: string, password = PASSWORD) =>
  from.send(signIn, 'POST', '/api/auth/sign-in/username', { body: { username, password } })
const statusOfSession = async (from: Browser) =>
  (await from.send(getSession, 'GET', '/api/v1/session')).status

describe('signing in', () => {
  test('gives the user and a cookie that scripts cannot read', async () => {
    const own = browser()
    const response = await trySignIn(own, 'Zhang.San 张三')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      user: {
        id: zhang,
        username: 'Zhang.San 张三',
        name: 'Zhang.San 张三',
        role: 'employee',
        preferences: { markRead: 'onOpen', locale: 'auto', theme: 'system', density: 'comfortable' },
        timeZone: 'Asia/Shanghai',
      },
    })
    const [cookie] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^huixin\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(await statusOfSession(own)).toBe(200)
    const { rows } = await pool().query('select * from sessions where user_id = $1', [zhang])
    expect(rows).toMatchObject([{ ip_address: '192.0.2.1' }])
  })

  test.each(['zhang.san 张三', 'ZHANG.SAN 张三', 'Ｚｈａｎｇ．Ｓａｎ 张三'])(
    '%s is the same name',
    async (username) => {
      expect((await trySignIn(browser(), username)).status).toBe(200)
    },
  )

  test.each([
    ['a wrong password', 'Zhang.San 张三', 'wrong password'],
    ['an unknown name', 'nobody', PASSWORD],
    ['a name that cannot be one', 'a\0b', PASSWORD],
    ['a name with outer spaces', ' Zhang.San 张三', PASSWORD],
    ['a password longer than any', 'Zhang.San 张三', 'x'.repeat(150)],
    ['nothing at all', '', ''],
  ])('%s is refused, all alike', async (_, username, password) => {
    const own = browser()
    const response = await trySignIn(own, username, password)
    // A NUL is malformed text, whatever it is meant to be.
    if (username.includes('\0')) return expect(response.status).toBe(400)
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({
      error: { code: 'wrong_credentials', message: 'Wrong username or password' },
    })
    expect(own.cookies.size).toBe(0)
  })

  test('disabled users and users without a password are told nothing else', async () => {
    const left = await givenUser('left')
    await pool().query('update users set disabled_at = now() where id = $1', [left])
    const bare = await givenUser('bare')
    await pool().query('delete from accounts where user_id = $1', [bare])
    for (const username of ['left', 'bare']) {
      const response = await trySignIn(browser(), username)
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ error: { code: 'wrong_credentials' } })
    }
    const { rows } = await pool().query('select 1 from sessions where user_id = any($1)', [[left, bare]])
    expect(rows).toEqual([])
  })

  test('the cookie is Secure when the public address is https', async () => {
    const { baseUrl } = environment()
    Object.assign(environment(), { baseUrl: 'https://inbox.example.com' })
    // Another client makes another library, as a start with BASE_URL would.
    const holder = globalThis as unknown as { __huixin: Record<string, unknown> }
    delete holder.__huixin['auth.library']
    try {
      const response = await browser().send(signIn, 'POST', '/api/auth/sign-in/username', {
        body: { username: 'boss', password: PASSWORD },
        headers: { origin: 'https://inbox.example.com' },
      })
      expect(response.headers.getSetCookie()[0]).toMatch(/^huixin\.session_token=.*; Secure/)
    } finally {
      Object.assign(environment(), { baseUrl })
      delete holder.__huixin['auth.library']
    }
  })

  test('from another site is refused, without an Origin it is fine', async () => {
    const send = (headers: Record<string, string>) =>
      browser().send(signIn, 'POST', '/', { body: { username: 'boss', password: PASSWORD }, headers })
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403)
    const request = new Request('http://huixin.test/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'boss', password: PASSWORD }),
    })
    expect((await signIn(request)).status).toBe(200)
  })
})

describe('signing out', () => {
  test('ends this session here and in the database, and no other', async () => {
    const one = await signedInBrowser('boss')
    const other = await signedInBrowser('boss')
    const copy = browser()
    for (const [name, value] of one.cookies) copy.cookies.set(name, value)
    expect(await statusOfSession(copy)).toBe(200)
    const response = await one.send(signOut, 'POST', '/api/auth/sign-out')
    expect(response.status).toBe(204)
    expect(one.cookies.size).toBe(0)
    expect(await statusOfSession(copy)).toBe(401)
    expect(await statusOfSession(other)).toBe(200)
  })

  test('needs the Origin', async () => {
    const one = await signedInBrowser('boss')
    const response = await one.send(signOut, 'POST', '/', { headers: { origin: 'https://evil.example' } })
    expect(response.status).toBe(403)
    expect(await statusOfSession(one)).toBe(200)
  })
})

describe('changing the own password', () => {
  test('ends all sessions and begins a new one for this browser', async () => {
    await givenUser('mover')
    const one = await signedInBrowser('mover')
    const other = await signedInBrowser('mover')
    const before = new Map(one.cookies)
    const body = { current: PASSWORD, password: 'another password' }
    const response = await one.send(changePassword, 'POST', '/', { body })
    expect(response.status).toBe(204)
    expect(one.cookies).not.toEqual(before)
    expect(await statusOfSession(one)).toBe(200)
    expect(await statusOfSession(other)).toBe(401)
    expect((await trySignIn(browser(), 'mover')).status).toBe(401)
    expect((await trySignIn(browser(), 'mover', 'another password')).status).toBe(200)
    const { rows } = await pool().query(
      `select actor, detail from audit where action = 'user.change_password'`,
    )
    expect(rows).toEqual([{ actor: 'mover', detail: {} }])
  })

  test('wrong current passwords are limited like wrong sign-ins', async () => {
    const id = await givenUser('guessed')
    const one = await signedInBrowser('guessed')
    const send = () =>
      one.send(changePassword, 'POST', '/', { body: { current: 'guess', password: 'long enough' } })
    for (let i = 0; i < 10; i++) expect((await send()).status).toBe(401)
    const limited = await send()
    expect(limited.status).toBe(429)
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await statusOfSession(one)).toBe(200)
    expect((await pool().query('select 1 from sessions where user_id = $1', [id])).rows).toHaveLength(1)
  })
})

test('a sign-in that overlaps a change of the password does not outlive it', async () => {
  const id = await givenUser('racer')
  const hash = (await findPasswordHash('racer'))!
  const insert = `insert into sessions (token, user_id, expires_at) values ('late', $1, now() + interval '1 day')`
  const change = await pool().connect()
  try {
    await change.query('begin')
    await change.query('select 1 from users where id = $1 for no key update', [id])
    await change.query(`update accounts set password = 'another' where user_id = $1`, [id])
    await change.query('delete from sessions where user_id = $1', [id])
    // The old password was found right a moment ago, and its session comes after the deletion.
    const confirmed = pool()
      .query(insert, [id])
      .then(() => confirmSession('late', id, hash))
    await vi.waitFor(async () => {
      const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
      expect((await pool().query(waiting)).rows).toHaveLength(1)
    })
    await change.query('commit')
    expect(await confirmed).toBe(null)
  } finally {
    change.release()
  }
  expect((await pool().query('select 1 from sessions where user_id = $1', [id])).rows).toEqual([])
})
