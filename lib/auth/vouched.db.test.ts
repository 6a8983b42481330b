import { beforeEach, expect, test, vi } from 'vitest'
import { pool } from '@/lib/platform/db'
import { browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, signedInBrowser } from '@/lib/testing/users'
import { signInVouched } from './vouched'

useDatabase()

let user = ''
let users = 0
beforeEach(async () => {
  user = await givenUser(`vouched${++users}`)
})
const sessions = async () =>
  (await pool().query('select token from sessions where user_id = $1', [user])).rows
const nothing = () => Promise.resolve()

test('what must be true with the session is, or there is none', async () => {
  const failing = signInVouched(user, new Headers(), () => Promise.reject(new Error('used')))
  await expect(failing).rejects.toThrow('used')
  expect(await sessions()).toEqual([])
  const { setCookies } = await signInVouched(user, new Headers(), nothing)
  expect(setCookies).toHaveLength(1)
  expect(await sessions()).toHaveLength(1)
})

test('a user who is disabled gets none, and nothing is written alongside', async () => {
  await pool().query('update users set disabled_at = now() where id = $1', [user])
  const alongside = vi.fn(nothing)
  await expect(signInVouched(user, new Headers(), alongside)).rejects.toMatchObject({ code: 'forbidden' })
  expect(alongside).not.toHaveBeenCalled()
  expect(await sessions()).toEqual([])
})

test('a sign-in that overlaps the disabling does not outlive it', async () => {
  const change = await pool().connect()
  try {
    await change.query('begin')
    await change.query('update users set disabled_at = now() where id = $1', [user])
    const begun = signInVouched(user, new Headers(), nothing)
    const outcome = expect(begun).rejects.toMatchObject({ code: 'forbidden' })
    await vi.waitFor(async () => {
      const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
      expect((await pool().query(waiting)).rows.length).toBeGreaterThan(0)
    })
    await change.query('commit')
    await outcome
  } finally {
    change.release()
  }
  expect(await sessions()).toEqual([])
})

test('somebody else’s session in that browser stays where the sign-in fails', async () => {
  const other = await signedInBrowser(`vouched${users}`)
  const stranger = await givenUser(`stranger${users}`)
  await expect(
    signInVouched(stranger, other.headers(), () => Promise.reject(new Error('used'))),
  ).rejects.toThrow('used')
  expect(await sessions()).toHaveLength(1)
  await signInVouched(stranger, other.headers(), nothing)
  expect(await sessions()).toEqual([])
})

test('the record says from where', async () => {
  const headers = new Headers({ 'user-agent': 'Browser/1', 'x-forwarded-for': browser().address })
  await signInVouched(user, headers, nothing)
  const { rows } = await pool().query(
    `select ip_address, user_agent, expires_at - created_at > interval '6 days' as week from sessions where user_id = $1`,
    [user],
  )
  expect(rows).toEqual([{ ip_address: '192.0.2.1', user_agent: 'Browser/1', week: true }])
})
