import { beforeEach, describe, expect, test } from 'vitest'
import { GET as getSetup, POST as setUp } from '@/app/api/setup/route'
import { GET as getSession } from '@/app/api/v1/session/route'
import { pool } from '@/lib/platform/db'
import { environment } from '@/lib/platform/env'
import { browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, PASSWORD, signedInBrowser } from '@/lib/testing/users'
import { prepareFirstAdministrator } from './first-administrator'

useDatabase()

beforeEach(async () => {
  await pool().query('truncate users, installation, sign_in_failures, audit cascade')
  Object.assign(environment(), { firstAdministrator: null })
})

const times = <T>(n: number, work: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)))
const administrators = async () =>
  (await pool().query(`select display_username from users where role = 'admin'`)).rows.map(
    (row) => row.display_username,
  )
const form = (code: string, username = 'boss') => ({ code, username, name: '管理员', password: PASSWORD })
const send = (body: unknown, own = browser()) => own.send(setUp, 'POST', '/api/setup', { body })
const needed = async () =>
  (await (await browser().send(getSetup, 'GET', '/api/setup')).json()) as { needed: boolean }

describe('with the code of the log', () => {
  test('the first administrator is created and signed in', async () => {
    expect(await needed()).toEqual({ needed: true })
    const told = await prepareFirstAdministrator()
    expect(told).toEqual({
      setupUrlPath: '/setup',
      code: expect.stringMatching(/^([A-Z3-9]{4}-){2}[A-Z3-9]{4}$/),
    })
    const own = browser()
    const response = await send(form(told!.code), own)
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ user: { username: 'boss', name: '管理员', role: 'admin' } })
    expect((await own.send(getSession, 'GET', '/')).status).toBe(200)
    expect(await needed()).toEqual({ needed: false })
    const { rows } = await pool().query('select count(*)::int as n from inboxes')
    expect(rows).toEqual([{ n: 1 }])
    expect((await pool().query('select actor, action from audit')).rows).toEqual([
      { actor: 'system', action: 'user.create' },
    ])
  })

  test('every process and every start tells the same code, and the database does not know it', async () => {
    const codes = await times(4, async () => (await prepareFirstAdministrator())!.code)
    expect(new Set(codes).size).toBe(1)
    const { rows } = await pool().query('select * from installation')
    expect(JSON.stringify(rows)).not.toContain(codes[0]!.slice(0, 4))
  })

  test('it may be typed in lower case, with spaces or without dashes', async () => {
    const { code } = (await prepareFirstAdministrator())!
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `
    expect((await send(form(typed))).status).toBe(201)
  })

  test('of many at once one wins, and it is over', async () => {
    const { code } = (await prepareFirstAdministrator())!
    const answers = await times(12, (i) => send(form(code, `boss${i}`), browser(`192.0.2.${i}`)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([201, ...Array(11).fill(409)])
    expect(await administrators()).toHaveLength(1)
    const later = await send(form(code))
    expect(later.status).toBe(409)
    expect(await later.json()).toMatchObject({ error: { code: 'already_set_up' } })
    expect(await prepareFirstAdministrator()).toBe(null)
  })

  test('wrong codes are limited', async () => {
    const { code } = (await prepareFirstAdministrator())!
    const statuses = (await times(30, () => send(form('AAAA-AAAA-AAAA')))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 403)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
    expect((await send(form(code))).status).toBe(429)
    expect((await send(form(code), browser('192.0.2.99'))).status).toBe(201)
  })

  test('without a code nothing can be guessed, and bad input names its field', async () => {
    expect((await send(form('AAAA-AAAA-AAAA'))).status).toBe(403)
    const response = await send({ ...form('x'), username: ' boss', password: 'short' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { fields: { username: expect.any(String), password: 'At least 8 characters' } },
    })
  })
})

describe('with ADMIN_USERNAME and ADMIN_PASSWORD', () => {
  const give = (username: string, password = PASSWORD) =>
    Object.assign(environment(), { firstAdministrator: { username, password } })

  test('several processes at once create one', async () => {
    give('Root')
    expect(await times(3, prepareFirstAdministrator)).toEqual([null, null, null])
    expect(await administrators()).toEqual(['Root'])
    await signedInBrowser('root')
  })

  test('they do nothing once there is an administrator', async () => {
    await givenUser('first', 'admin')
    give('second')
    expect(await prepareFirstAdministrator()).toBe(null)
    expect(await administrators()).toEqual(['first'])
  })

  test.each([
    [' root', PASSWORD, 'ADMIN_USERNAME'],
    ['root', 'short', 'ADMIN_PASSWORD'],
    ['taken', PASSWORD, 'ADMIN_USERNAME'],
  ])('%j with %j stops the start', async (username, password, variable) => {
    await givenUser('taken')
    give(username, password)
    await expect(prepareFirstAdministrator()).rejects.toThrow(variable)
    expect(await administrators()).toEqual([])
  })
})
