import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { POST as acceptRoute } from '@/app/api/auth/invitation/accept/route'
import { POST as lookRoute } from '@/app/api/auth/invitation/route'
import { POST as changePasswordRoute } from '@/app/api/auth/change-password/route'
import { PATCH as changeRoute } from '@/app/api/v1/admin/users/[id]/route'
import { POST as inviteRoute } from '@/app/api/v1/admin/users/invite/route'
import { GET as sessionRoute } from '@/app/api/v1/session/route'
import { POST as signInRoute } from '@/app/api/auth/sign-in/username/route'
import { pool } from '@/lib/platform/db'
import { environment } from '@/lib/platform/env'
import { startListening, stopListening } from '@/lib/platform/notify'
import { browser, type Browser } from '@/lib/testing/browser'
import { aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, PASSWORD, signedInBrowser } from '@/lib/testing/users'
import { sweepAuth } from './housekeeping'

useDatabase()

const NEW = 'a new password'
let boss: Browser
let zhang: string
beforeAll(async () => {
  await startListening()
  await givenUser('boss', 'admin')
  boss = await signedInBrowser('boss')
})
afterAll(stopListening)
beforeEach(async () => {
  await pool().query(`delete from users where username <> 'boss'`)
  await pool().query('truncate sign_in_failures, audit')
  zhang = await aUser('zhang')
})

const invite = (ids: string[], own = boss) => own.send(inviteRoute, 'POST', '/', { body: { ids } })
async function tokenFor(id: string): Promise<string> {
  const { links } = (await (await invite([id])).json()) as { links: { url: string }[] }
  return links[0]!.url.split('#')[1]!
}
const look = (token: string, own = browser()) => own.send(lookRoute, 'POST', '/', { body: { token } })
const accept = (token: string, own = browser(), password = NEW) =>
  own.send(acceptRoute, 'POST', '/', { body: { token, password } })
const isSignedIn = async (own: Browser) => (await own.send(sessionRoute, 'GET', '/')).status === 200
const canSignIn = async (username: string, password: string) =>
  (await browser().send(signInRoute, 'POST', '/', { body: { username, password } })).status === 200
const codeOf = async (response: Response) =>
  ((await response.json()) as { error?: { code: string } }).error?.code ?? response.status

describe('a one-time link', () => {
  test('is told once, lasts seven days, and is on record without its token', async () => {
    const response = await invite([zhang])
    const { links, expiresAt } = (await response.json()) as {
      links: { id: string; username: string; name: string; url: string }[]
      expiresAt: string
    }
    expect(links).toEqual([
      {
        id: zhang,
        username: 'zhang',
        name: 'zhang',
        url: expect.stringMatching(/^http:\/\/huixin\.test\/welcome#[\w-]{43}$/),
      },
    ])
    const days = (new Date(expiresAt).getTime() - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(6.99)
    expect(days).toBeLessThanOrEqual(7)
    const token = links[0]!.url.split('#')[1]!
    const { rows: audit } = await pool().query('select actor, action, subject, detail from audit')
    expect(audit).toEqual([
      { actor: 'boss', action: 'user.invite', subject: zhang, detail: { username: 'zhang', expiresAt } },
    ])
    const { rows: kept } = await pool().query('select encode(hash, $1) as hash from invitations', ['escape'])
    expect(JSON.stringify([audit, kept])).not.toContain(token)
  })

  test('says whose it is, sets the password and signs in', async () => {
    const token = await tokenFor(zhang)
    expect(await (await look(token)).json()).toEqual({ username: 'zhang', name: 'zhang' })
    const own = browser()
    const response = await accept(token, own)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ user: { id: zhang, username: 'zhang', role: 'employee' } })
    expect(await isSignedIn(own)).toBe(true)
    expect(await canSignIn('zhang', NEW)).toBe(true)
    expect((await pool().query('select actor, action from audit order by id desc limit 1')).rows).toEqual([
      { actor: 'zhang', action: 'user.accept_invitation' },
    ])
  })

  test('is used up by that, and only by that', async () => {
    const token = await tokenFor(zhang)
    for (let i = 0; i < 3; i++) expect((await look(token)).status).toBe(200)
    expect((await accept(token, browser(), 'short')).status).toBe(400)
    expect((await accept(token)).status).toBe(200)
    expect(await codeOf(await accept(token))).toBe('not_found')
    expect(await codeOf(await look(token))).toBe('not_found')
  })

  test('replaces a forgotten password and ends the other sessions', async () => {
    const li = await givenUser('li')
    const own = await signedInBrowser('li')
    await accept(await tokenFor(li))
    expect(await isSignedIn(own)).toBe(false)
    expect(await canSignIn('li', PASSWORD)).toBe(false)
    expect(await canSignIn('li', NEW)).toBe(true)
  })

  test('of many who use it at once one wins', async () => {
    const token = await tokenFor(zhang)
    const attempts = Array.from({ length: 6 }, async (_, i) => {
      const own = browser(`192.0.2.${10 + i}`)
      const { status } = await accept(token, own, `password of ${i}`)
      return { status, own, password: `password of ${i}` }
    })
    const done = await Promise.all(attempts)
    const winners = done.filter(({ status }) => status === 200)
    expect(done.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404])
    expect(await isSignedIn(winners[0]!.own)).toBe(true)
    expect(await canSignIn('zhang', winners[0]!.password)).toBe(true)
  })

  test('has the public address where there is one', async () => {
    Object.assign(environment(), { baseUrl: 'https://inbox.example.com' })
    try {
      const origin = 'https://inbox.example.com'
      const response = await boss.send(inviteRoute, 'POST', '/', {
        body: { ids: [zhang] },
        headers: { origin },
      })
      expect(await response.json()).toMatchObject({
        links: [{ url: expect.stringMatching(/^https:\/\/inbox\.example\.com\/welcome#/) }],
      })
    } finally {
      Object.assign(environment(), { baseUrl: null })
    }
  })
})

describe('it ends', () => {
  const ended = async (token: string) => codeOf(await accept(token))

  test('with the next one for that user', async () => {
    const first = await tokenFor(zhang)
    const second = await tokenFor(zhang)
    expect(await ended(first)).toBe('not_found')
    expect(await ended(second)).toBe(200)
  })

  test('after its time, and is swept', async () => {
    const token = await tokenFor(zhang)
    await pool().query(`update invitations set expires_at = now() - interval '1 second'`)
    expect(await codeOf(await look(token))).toBe('not_found')
    expect(await ended(token)).toBe('not_found')
    await sweepAuth()
    expect((await pool().query('select 1 from invitations')).rows).toEqual([])
  })

  test('when the user is disabled, for good', async () => {
    const token = await tokenFor(zhang)
    const change = (body: object) => boss.send(changeRoute, 'PATCH', '/', { params: { id: zhang }, body })
    await change({ disabled: true })
    expect(await codeOf(await look(token))).toBe('not_found')
    await change({ disabled: false })
    expect(await ended(token)).toBe('not_found')
  })

  test('when an administrator or the user sets a password', async () => {
    const li = await givenUser('li')
    const own = await signedInBrowser('li')
    const [forZhang, forLi] = [await tokenFor(zhang), await tokenFor(li)]
    await boss.send(changeRoute, 'PATCH', '/', { params: { id: zhang }, body: { password: NEW } })
    await own.send(changePasswordRoute, 'POST', '/', { body: { current: PASSWORD, password: NEW } })
    expect([await ended(forZhang), await ended(forLi)]).toEqual(['not_found', 'not_found'])
  })
})

describe('inviting', () => {
  test('is for administrators', async () => {
    await givenUser('li')
    expect((await invite([zhang], browser())).status).toBe(401)
    expect((await invite([zhang], await signedInBrowser('li'))).status).toBe(403)
  })

  test('many is one act: all or none', async () => {
    const li = await aUser('li')
    expect(await codeOf(await invite([zhang, li, zhang]))).toBe(200)
    expect((await pool().query('select 1 from invitations')).rows).toHaveLength(2)
    await pool().query('delete from invitations')
    expect(await codeOf(await invite([zhang, randomUUID()]))).toBe('not_found')
    await pool().query('update users set disabled_at = now() where id = $1', [li])
    const refused = await invite([zhang, li])
    expect(await refused.json()).toEqual({
      error: { code: 'invalid_input', message: 'Disabled users cannot be invited: li' },
    })
    expect((await pool().query('select 1 from invitations')).rows).toEqual([])
  })
})

describe('wrong tokens', () => {
  test('are limited like wrong passwords, and right ones do not count', async () => {
    const token = await tokenFor(zhang)
    const own = browser('198.51.100.7')
    for (let i = 0; i < 5; i++) expect((await look(token, own)).status).toBe(200)
    for (let i = 0; i < 10; i++) expect((await look(`wrong ${i}`, own)).status).toBe(404)
    const limited = await accept(token, own)
    expect(limited.status).toBe(429)
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await accept(token, browser('198.51.100.8'))).status).toBe(200)
  })
})
