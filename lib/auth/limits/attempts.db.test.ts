import { beforeEach, describe, expect, test } from 'vitest'
import { POST as signIn } from '@/app/api/auth/sign-in/username/route'
import { pool } from '@/lib/platform/db'
import { browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, PASSWORD } from '@/lib/testing/users'
import { attempt } from './attempts'
import { sweepFailures } from './attempts-store'

useDatabase()

beforeEach(() => pool().query('delete from sign_in_failures'))

const wrong = async () => null
/** What became of an attempt that is wrong: `wrong` if it was let through, else the seconds to wait. */
async function guess(name: string, address: string): Promise<'wrong' | number> {
  try {
    return (await attempt(name, address, wrong)) ?? 'wrong'
  } catch (error) {
    expect(error).toMatchObject({ code: 'too_many_attempts' })
    return (error as { retryAfter: number }).retryAfter
  }
}
const count = (outcomes: unknown[]) => outcomes.filter((outcome) => outcome === 'wrong').length
const failures = async () => (await pool().query('select count(*)::int as n from sign_in_failures')).rows[0].n
const times = <T>(n: number, work: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)))

describe('ten wrong attempts per name and address', () => {
  test('one after the other', async () => {
    for (let i = 0; i < 10; i++) expect(await guess('zhang', '192.0.2.1')).toBe('wrong')
    const wait = await guess('zhang', '192.0.2.1')
    expect(wait).toBeGreaterThan(50)
    expect(wait).toBeLessThanOrEqual(60)
    // Neither others at that address nor that name elsewhere are locked out.
    expect(await guess('li', '192.0.2.1')).toBe('wrong')
    expect(await guess('zhang', '192.0.2.2')).toBe('wrong')
  })

  test('fifty at once: ten are let through, not one more', async () => {
    expect(count(await times(50, () => guess('zhang', '192.0.2.1')))).toBe(10)
    expect(await failures()).toBe(10)
  })

  test('while it lasts the right password does not help, and refused attempts do not prolong it', async () => {
    await times(10, () => guess('zhang', '192.0.2.1'))
    await times(20, () => guess('zhang', '192.0.2.1'))
    await expect(attempt('zhang', '192.0.2.1', async () => 'right')).rejects.toThrow()
    expect(await failures()).toBe(10)
    await pool().query(`update sign_in_failures set at = at - interval '61 seconds'`)
    expect(await attempt('zhang', '192.0.2.1', async () => 'right')).toBe('right')
  })

  test('the wait ends when the tenth last failure is a minute old', async () => {
    await times(10, () => guess('zhang', '192.0.2.1'))
    await pool().query(
      `update sign_in_failures set at = now() - interval '40 seconds' where id = (select min(id) from sign_in_failures)`,
    )
    const wait = await guess('zhang', '192.0.2.1')
    expect(wait).toBeGreaterThan(10)
    expect(wait).toBeLessThanOrEqual(20)
  })
})

describe('a hundred wrong attempts per address', () => {
  test('whatever the names, also at once', async () => {
    const outcomes = await times(150, (i) => guess(`user${i}`, '192.0.2.1'))
    expect(count(outcomes)).toBeGreaterThanOrEqual(100)
    expect(count(outcomes)).toBeLessThan(108)
    expect(await guess('other', '192.0.2.1')).not.toBe('wrong')
    expect(await guess('other', '192.0.2.2')).toBe('wrong')
  })

  test('the addresses of one IPv6 network are one', async () => {
    for (let i = 0; i < 10; i++) await guess('zhang', `2001:db8::${i + 1}`)
    expect(await guess('zhang', '2001:db8::ffff')).not.toBe('wrong')
  })
})

test('a name that is guessed from many addresses is slowed, never locked', async () => {
  await guess('zhang', '198.51.100.1')
  // As if a hundred addresses had tried it now and then.
  await pool().query(
    `insert into sign_in_failures (username, address, at)
     select f.username, '198.51.100.' || n, now() - interval '2 minutes'
       from sign_in_failures f, generate_series(2, 30) n`,
  )
  const began = performance.now()
  expect(await attempt('zhang', '192.0.2.7', async () => 'right')).toBe('right')
  // 30 failures: 20 beyond the free ones, 50 ms each.
  expect(performance.now() - began).toBeGreaterThan(990)
})

test('successes do not count: two hundred people sign in at once from one address', async () => {
  const outcomes = await times(200, (i) => attempt(`user${i}`, '192.0.2.1', async () => 'right'))
  expect(outcomes.every((outcome) => outcome === 'right')).toBe(true)
  expect(await failures()).toBe(0)
})

test('what failed is not kept readable, and is swept', async () => {
  await guess('my-password-typed-into-the-name', '192.0.2.1')
  const { rows } = await pool().query('select username from sign_in_failures')
  expect(rows[0].username).not.toContain('password')
  await sweepFailures()
  expect(await failures()).toBe(1)
  await pool().query(`update sign_in_failures set at = at - interval '61 minutes'`)
  await sweepFailures()
  expect(await failures()).toBe(0)
})

test('over HTTP: fifty wrong passwords in parallel, then the right one', async () => {
  await givenUser('victim')
  const send = (password: string) =>
    browser().send(signIn, 'POST', '/', { body: { username: 'victim', password } })
  const answers = await times(50, () => send('wrong password'))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(10)
  expect(statuses.filter((status) => status === 429)).toHaveLength(40)
  const limited = await send(PASSWORD)
  expect(limited.status).toBe(429)
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
  const elsewhere = browser('203.0.113.5')
  const body = { username: 'victim', password: PASSWORD }
  expect((await elsewhere.send(signIn, 'POST', '/', { body })).status).toBe(200)
})
