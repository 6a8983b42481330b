import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { POST as signOut } from '@/app/api/auth/sign-out/route'
import { GET as getSession, PATCH as changePreferences } from '@/app/api/v1/session/route'
import { pool } from '@/lib/platform/db'
import { isListening, startListening, stopListening } from '@/lib/platform/notify'
import type { Browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, signedInBrowser } from '@/lib/testing/users'
import { sweepAuth } from '../housekeeping'
import { identify, signedInFrom, watchSession } from '../session'
import { changed, factsOf } from './cache'
import type { SignedIn } from '../signed-in'

const database = useDatabase()

/** What another process would do, on a connection of its own. */
const elsewhere = async (sql: string, ...values: unknown[]) => {
  const client = new pg.Client({ connectionString: database.url() })
  await client.connect()
  await client.query(sql, values).finally(() => client.end())
}

let zhang = ''
beforeAll(async () => {
  await startListening()
  zhang = await givenUser('zhang')
})
afterAll(stopListening)
beforeEach(async () => {
  if (!isListening()) await startListening()
})

const who = (own: Browser) => signedInFrom(own.headers())
const status = async (own: Browser) => (await own.send(getSession, 'GET', '/api/v1/session')).status
async function known(own: Browser): Promise<SignedIn> {
  const user = await who(own)
  if (!user) throw new Error('nobody is signed in')
  return user
}

/** How many statements the pool ran meanwhile. */
async function queriesOf(work: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return spy.mock.calls.length
  } finally {
    spy.mockRestore()
  }
}

describe('who is signed in', () => {
  test('is read once, then remembered', async () => {
    const own = await signedInBrowser('zhang')
    const first = await known(own)
    expect(first).toMatchObject({
      id: zhang,
      username: 'zhang',
      role: 'employee',
      tokenId: null,
      scopes: null,
    })
    expect(first.sessionId).toMatch(/^[0-9a-f-]{36}$/)
    expect(await queriesOf(() => who(own))).toBe(0)
  })

  test('nobody without a cookie, with a forged, a cut or another one', async () => {
    const own = await signedInBrowser('zhang')
    const [[name, value] = ['', '']] = own.cookies
    const withCookie = (text: string) => signedInFrom(new Headers({ cookie: text }))
    expect(await signedInFrom(new Headers())).toBe(null)
    expect(await withCookie(`${name}=${value.slice(0, -8)}AAAAAA%3D`)).toBe(null)
    expect(await withCookie(`${name}=${value.split('.')[0]}`)).toBe(null)
    expect(await withCookie(`other=${value}`)).toBe(null)
    expect(await withCookie(`a=1; ${name}=${value}; b=2`)).toMatchObject({ id: zhang })
  })

  test('a cookie that lets nobody in costs a query once', async () => {
    const own = await signedInBrowser('zhang')
    await elsewhere('delete from sessions where user_id = $1', zhang)
    await vi.waitFor(async () => expect(await who(own)).toBe(null))
    expect(await queriesOf(() => who(own))).toBe(0)
  })

  test('ever new wrong credentials from one address are refused without a query', async () => {
    const own = await signedInBrowser('zhang')
    const bearer = (n: number) => new Headers({ authorization: `Bearer hx_${n}` })
    for (let i = 0; i < 100; i++) expect((await identify(bearer(i), '192.0.2.66')).user).toBe(null)
    await expect(identify(bearer(101), '192.0.2.66')).rejects.toMatchObject({ code: 'too_many_attempts' })
    expect(await queriesOf(() => identify(bearer(102), '192.0.2.66').catch(() => {}))).toBe(0)
    // Others are not concerned, nor is who is known already.
    expect((await identify(bearer(103), '192.0.2.67')).user).toBe(null)
    await who(own)
    expect((await identify(own.headers(), '192.0.2.66')).user).toMatchObject({ id: zhang })
  })

  test('the user was seen, noted once a minute', async () => {
    const own = await signedInBrowser('zhang')
    const seen = async () =>
      (await pool().query('select last_seen_at from users where id = $1', [zhang])).rows[0]
    await pool().query(`update users set last_seen_at = now() - interval '5 minutes' where id = $1`, [zhang])
    const old = await seen()
    // As a request some seconds later would.
    await elsewhere(`update users set name = 'Zhang San' where id = $1`, zhang)
    await vi.waitFor(async () => expect((await known(own)).name).toBe('Zhang San'))
    const noted = await seen()
    expect(noted.last_seen_at.getTime()).toBeGreaterThan(old.last_seen_at.getTime())
    await elsewhere(`update users set name = 'zhang' where id = $1`, zhang)
    await vi.waitFor(async () => expect((await known(own)).name).toBe('zhang'))
    expect(await seen()).toEqual(noted)
  })
})

describe('the end of a session', () => {
  test.each([
    ['its deletion', 'delete from sessions where user_id = $1'],
    ['its expiry', 'update sessions set expires_at = now() where user_id = $1'],
    ['disabling its user', 'update users set disabled_at = now() where id = $1'],
    ['removing its user', 'delete from users where id = $1'],
  ])('%s in another process ends requests and streams here at once', async (_, sql) => {
    const id = await givenUser('leaver')
    const own = await signedInBrowser('leaver')
    expect(await status(own)).toBe(200)
    let ended = 0
    watchSession(await known(own), () => ended++)
    const began = performance.now()
    await elsewhere(sql, id)
    await vi.waitFor(() => expect(ended).toBe(1), { interval: 5, timeout: 4_000 })
    expect(await status(own)).toBe(401)
    // Far below the ten seconds; told by the database, not found by the check every five.
    expect(performance.now() - began).toBeLessThan(4_000)
    await pool().query('delete from users where id = $1', [id])
  })

  test('signing out here ends the stream before it is answered', async () => {
    const own = await signedInBrowser('zhang')
    let ended = false
    watchSession(await known(own), () => (ended = true))
    await own.send(signOut, 'POST', '/')
    expect(ended).toBe(true)
  })

  test('a stream that was closed is not told any more; others of the user stay', async () => {
    const one = await signedInBrowser('zhang')
    const other = await signedInBrowser('zhang')
    const told: string[] = []
    const stop = watchSession(await known(one), () => told.push('closed'))
    watchSession(await known(other), () => told.push('other'))
    watchSession(await known(one), () => told.push('one'))
    stop()
    await elsewhere('delete from sessions where id = $1', (await known(one)).sessionId)
    await vi.waitFor(() => expect(told).toEqual(['one']))
    expect(await status(other)).toBe(200)
  })

  test('a session that ended before its stream was watched ends it too', async () => {
    const own = await signedInBrowser('zhang')
    const user = await known(own)
    await elsewhere('delete from sessions where id = $1', user.sessionId)
    await vi.waitFor(async () => expect(await who(own)).toBe(null))
    await new Promise<void>((resolve) => void watchSession(user, resolve))
  })

  test('while notifications are away nothing is remembered, and streams are checked when they are back', async () => {
    const own = await signedInBrowser('zhang')
    await known(own)
    let ended = false
    watchSession(await known(own), () => (ended = true))
    await stopListening()
    expect(await queriesOf(() => who(own))).toBeGreaterThan(0)
    await elsewhere('delete from sessions where user_id = $1', zhang)
    expect(await who(own)).toBe(null)
    expect(ended).toBe(false)
    await startListening()
    await vi.waitFor(() => expect(ended).toBe(true), { timeout: 4_000 })
  })

  test('even a missed notification is over within ten seconds', async () => {
    const own = await signedInBrowser('zhang')
    const user = await known(own)
    const client = await pool().connect()
    try {
      // No triggers, as if the notification had been lost.
      await client.query('set session_replication_role = replica')
      await client.query('delete from sessions where id = $1', [user.sessionId])
      await client.query('set session_replication_role = default')
    } finally {
      client.release()
    }
    expect(await who(own)).not.toBe(null)
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 9_000)
    try {
      expect(await who(own)).toBe(null)
    } finally {
      clock.mockRestore()
    }
  })

  test('a read that a change overtakes is not remembered', async () => {
    const signedIn = await known(await signedInBrowser('zhang'))
    const read = vi.fn(async () => ({ signedIn, expiresAt: null }))
    await factsOf('some-session', async () => {
      changed('sessions:DELETE:some-session')
      return read()
    })
    await factsOf('some-session', read)
    await factsOf('some-session', read)
    // The overtaken one, the next one; the third was remembered.
    expect(read).toHaveBeenCalledTimes(2)
  })
})

describe('the session renews itself', () => {
  const age = (own: SignedIn, days: number) =>
    elsewhere(
      `update sessions set expires_at = now() + make_interval(days => 7 - $2::int) where id = $1`,
      own.sessionId,
      days,
    )
  const expiry = async (own: SignedIn) =>
    (await pool().query('select expires_at from sessions where id = $1', [own.sessionId])).rows[0].expires_at

  test('after a day, and the browser is told', async () => {
    const own = await signedInBrowser('zhang')
    const user = await known(own)
    await age(user, 2)
    await vi.waitFor(async () => {
      const response = await own.send(getSession, 'GET', '/')
      expect(response.headers.getSetCookie()).toHaveLength(1)
    })
    expect((await expiry(user)).getTime()).toBeGreaterThan(Date.now() + 6.9 * 86_400_000)
    expect(await status(own)).toBe(200)
    await vi.waitFor(async () => {
      const response = await own.send(getSession, 'GET', '/')
      expect(response.headers.getSetCookie()).toEqual([])
    })
  })

  test('not before, and not by pages, which cannot set cookies', async () => {
    const own = await signedInBrowser('zhang')
    const user = await known(own)
    const response = await own.send(getSession, 'GET', '/')
    expect(response.headers.getSetCookie()).toEqual([])
    await age(user, 2)
    const before = await expiry(user)
    await who(own)
    expect(await expiry(user)).toEqual(before)
  })
})

test('what has run out is swept, and nothing else', async () => {
  const own = await known(await signedInBrowser('zhang'))
  const gone = await known(await signedInBrowser('zhang'))
  await pool().query('update sessions set expires_at = now() where id = $1', [gone.sessionId])
  const hash = (n: number) => Buffer.from([n])
  const insert =
    'insert into api_tokens (user_id, name, hash, expires_at) values ($1, $2, $3, now() + $4::interval)'
  for (const [n, until] of ['-31 days', '-1 day', '1 day', null].entries()) {
    await pool().query(insert, [zhang, `token ${until}`, hash(n), until])
  }
  await sweepAuth()
  const left = await pool().query('select id from sessions where id = any($1)', [
    [own.sessionId, gone.sessionId],
  ])
  expect(left.rows).toEqual([{ id: own.sessionId }])
  const { rows } = await pool().query('select name from api_tokens order by hash')
  expect(rows.map(({ name }) => name)).toEqual(['token -1 day', 'token 1 day', 'token null'])
})

describe('preferences', () => {
  test('change one by one and hold at once', async () => {
    const own = await signedInBrowser('zhang')
    const patch = (body: unknown) => own.send(changePreferences, 'PATCH', '/', { body })
    expect((await patch({ theme: 'dark' })).status).toBe(200)
    const response = await patch({ locale: 'en' })
    const preferences = { markRead: 'onOpen', locale: 'en', theme: 'dark', density: 'comfortable' }
    expect(await response.json()).toMatchObject({ user: { preferences } })
    expect(await (await own.send(getSession, 'GET', '/')).json()).toMatchObject({ user: { preferences } })
    const refused = await patch({ theme: 'pink', colour: 'red' })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({
      error: {
        code: 'invalid_input',
        fields: { theme: 'Must be one of system, light, dark', colour: 'There is no such field' },
      },
    })
  })
})
