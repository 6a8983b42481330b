import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PATCH as change } from '@/app/api/v1/admin/users/[id]/route'
import { GET as list, POST as create } from '@/app/api/v1/admin/users/route'
import { POST as signIn } from '@/app/api/auth/sign-in/username/route'
import { GET as getSession } from '@/app/api/v1/session/route'
import type { User } from '@/lib/contracts/users'
import { pool } from '@/lib/platform/db'
import { startListening, stopListening } from '@/lib/platform/notify'
import { browser, type Browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { givenUser, PASSWORD, signedInBrowser } from '@/lib/testing/users'
import { watchSession, signedInFrom } from '../session'

useDatabase()

let boss: Browser
let bossId = ''
beforeAll(async () => {
  await startListening()
  bossId = await givenUser('boss', 'admin')
  boss = await signedInBrowser('boss')
})
afterAll(stopListening)

const post = (body: unknown, own = boss) => own.send(create, 'POST', '/api/v1/admin/users', { body })
const patch = (id: string, body: unknown, own = boss) =>
  own.send(change, 'PATCH', '/', { params: { id }, body })
const page = async (query: string) =>
  (await (await boss.send(list, 'GET', `/api/v1/admin/users${query}`)).json()) as {
    items: User[]
    nextCursor: string | null
  }
const made = async (body: Record<string, unknown>) =>
  (await (await post({ name: 'N', ...body })).json()) as User
const sessionStatus = async (own: Browser) => (await own.send(getSession, 'GET', '/')).status
const signInStatus = async (username: string, password = PASSWORD) =>
  (await browser().send(signIn, 'POST', '/', { body: { username, password } })).status
const audited = async (subject: string) =>
  (
    await pool().query('select actor_id, actor, action, detail from audit where subject = $1 order by id', [
      subject,
    ])
  ).rows

describe('creating', () => {
  test('a user who can sign in, with an inbox', async () => {
    const response = await post({
      username: 'Li.Si',
      name: '李四',
      email: 'Li@Example.com',
      password: PASSWORD,
    })
    expect(response.status).toBe(201)
    const user = (await response.json()) as User
    expect(user).toEqual({
      id: expect.any(String),
      username: 'Li.Si',
      name: '李四',
      email: 'li@example.com',
      role: 'employee',
      disabled: false,
      createdAt: expect.any(String),
      lastSeenAt: null,
      connections: [],
    })
    expect((await pool().query('select seq::text from inboxes where user_id = $1', [user.id])).rows).toEqual([
      { seq: '0' },
    ])
    expect(await signInStatus('li.si')).toBe(200)
    const detail = {
      username: 'Li.Si',
      name: '李四',
      email: 'Li@Example.com',
      role: 'employee',
      disabled: false,
    }
    expect(await audited(user.id)).toEqual([
      { actor_id: bossId, actor: 'boss', action: 'user.create', detail },
    ])
    expect(JSON.stringify(await audited(user.id))).not.toContain(PASSWORD)
  })

  test('without password and address: no sign-in, no address shown', async () => {
    const user = await made({ username: 'bare' })
    expect(user.email).toBe(null)
    expect(await signInStatus('bare')).toBe(401)
    const { rows } = await pool().query('select email from users where id = $1', [user.id])
    expect(rows).toEqual([{ email: `${user.id}@users.invalid` }])
  })

  test('a taken name or address is named, whatever its case; nothing is left behind', async () => {
    await made({ username: 'Taken', email: 'taken@example.com' })
    const before = (await pool().query('select count(*) from audit')).rows
    const name = await post({ username: 'ＴＡＫＥＮ', name: 'N' })
    expect(name.status).toBe(409)
    expect(await name.json()).toEqual({ error: { code: 'name_taken', message: 'This username is taken' } })
    const email = await post({ username: 'other', name: 'N', email: 'TAKEN@example.com' })
    expect(await email.json()).toEqual({
      error: { code: 'name_taken', message: 'This email address is taken' },
    })
    expect((await pool().query('select count(*) from audit')).rows).toEqual(before)
    expect((await post({ username: 'x', name: 'N', email: 'x@users.invalid' })).status).toBe(400)
  })

  test('only for administrators', async () => {
    await givenUser('plain')
    const plain = await signedInBrowser('plain')
    expect((await post({ username: 'y', name: 'N' }, plain)).status).toBe(403)
    expect((await post({ username: 'y', name: 'N' }, browser())).status).toBe(401)
  })
})

describe('the list', () => {
  test('is by username, in pages, and is searched in usernames and names', async () => {
    for (const n of [3, 1, 2]) await made({ username: `page${n}`, name: `页 ${n}` })
    await made({ username: 'zz', name: 'Ｐａｇｅ X' })
    const all = await page('?q=PAGE')
    expect(all.items.map(({ username }) => username)).toEqual(['page1', 'page2', 'page3', 'zz'])
    expect(all.nextCursor).toBe(null)
    expect(all.items[0]).not.toHaveProperty('key')
    const first = await page('?q=page&limit=3')
    expect(first.items).toHaveLength(3)
    const second = await page(`?q=page&limit=3&cursor=${first.nextCursor}`)
    expect(second.items.map(({ username }) => username)).toEqual(['zz'])
    expect((await page('?q=%E9%A1%B5%202')).items.map(({ username }) => username)).toEqual(['page2'])
    expect((await page('?q=%25')).items).toEqual([])
    expect((await boss.send(list, 'GET', '/?cursor=%00%00')).status).toBe(400)
    expect((await boss.send(list, 'GET', '/?cursor=AAAA')).status).toBe(400)
  })

  test('names the connections where somebody is mapped to them', async () => {
    const { id } = await made({ username: 'mapped' })
    const sql = `insert into connections (connector, name, archived_at, updated_at) values ('x', $1, $2, now()) returning id`
    for (const [name, archived] of [
      ['B', null],
      ['A', null],
      ['C', new Date()],
    ] as const) {
      const connection = (await pool().query(sql, [name, archived])).rows[0].id
      await pool().query('insert into persons (connection_id, external_id, user_id) values ($1, $2, $3)', [
        connection,
        'p',
        id,
      ])
    }
    const { items } = await page('?q=mapped')
    expect(items[0]?.connections.map(({ name }) => name)).toEqual(['A', 'B'])
  })
})

describe('changing', () => {
  test('what was given changes, the rest stays, and it is on record', async () => {
    const { id } = await made({ username: 'before', email: 'a@example.com', password: PASSWORD })
    const response = await patch(id, { name: '新', email: null, password: 'another password' })
    expect(await response.json()).toMatchObject({
      username: 'before',
      name: '新',
      email: null,
      role: 'employee',
    })
    expect(await signInStatus('before', 'another password')).toBe(200)
    const [, entry] = await audited(id)
    expect(entry).toEqual({
      actor_id: bossId,
      actor: 'boss',
      action: 'user.change',
      detail: {
        name: { from: 'N', to: '新' },
        email: { from: 'a@example.com', to: null },
        password: 'changed',
      },
    })
    await patch(id, { name: '新' })
    expect(await audited(id)).toHaveLength(2)
  })

  test('a first password lets somebody in who had none', async () => {
    const { id } = await made({ username: 'later' })
    await patch(id, { password: PASSWORD })
    expect(await signInStatus('later')).toBe(200)
  })

  test.each([
    ['password', { password: 'another password' }],
    ['username', { username: 'renamed' }],
  ])('another %s ends their sessions', async (_, body) => {
    const id = await givenUser('renaming')
    const own = await signedInBrowser('renaming')
    expect(await sessionStatus(own)).toBe(200)
    expect((await patch(id, body)).status).toBe(200)
    expect(await sessionStatus(own)).toBe(401)
    await pool().query('delete from users where id = $1', [id])
  })

  test('another name, address or role does not, and holds at once', async () => {
    const id = await givenUser('promoted')
    const own = await signedInBrowser('promoted')
    expect((await own.send(list, 'GET', '/')).status).toBe(403)
    await patch(id, { role: 'admin', name: 'P' })
    expect((await own.send(list, 'GET', '/')).status).toBe(200)
    await patch(id, { role: 'employee' })
    expect((await own.send(list, 'GET', '/')).status).toBe(403)
  })

  test('an administrator who changes their own password stays where they are', async () => {
    await givenUser('second', 'admin')
    const here = await signedInBrowser('second')
    const there = await signedInBrowser('second')
    const id = (await signedInFrom(here.headers()))!.id
    expect((await patch(id, { password: 'another password' }, here)).status).toBe(200)
    expect(await sessionStatus(here)).toBe(200)
    expect(await sessionStatus(there)).toBe(401)
    await patch(id, { role: 'employee' })
  })

  test('who is not there is not found', async () => {
    expect((await patch('00000000-0000-4000-8000-000000000000', { name: 'x' })).status).toBe(404)
    expect((await patch('nonsense', { name: 'x' })).status).toBe(404)
  })

  test('nobody takes a name that is taken', async () => {
    const { id } = await made({ username: 'wants' })
    expect((await patch(id, { username: 'BOSS' })).status).toBe(409)
  })
})

describe('disabling', () => {
  test('ends sessions, streams and tokens at once; enabling lets them sign in again', async () => {
    const id = await givenUser('leaver')
    const own = await signedInBrowser('leaver')
    await pool().query(`insert into api_tokens (user_id, name, hash) values ($1, 't', '\\x00')`, [id])
    let ended = 0
    watchSession((await signedInFrom(own.headers()))!, () => ended++)
    expect(await (await patch(id, { disabled: true })).json()).toMatchObject({ disabled: true })
    expect(ended).toBe(1)
    expect(await sessionStatus(own)).toBe(401)
    expect(await signInStatus('leaver')).toBe(401)
    expect((await pool().query('select 1 from api_tokens where user_id = $1', [id])).rows).toEqual([])
    await patch(id, { disabled: false })
    expect(await sessionStatus(own)).toBe(401)
    expect(await signInStatus('leaver')).toBe(200)
  })
})

describe('the last administrator', () => {
  test.each([{ role: 'employee' }, { disabled: true }])('cannot become %j', async (body) => {
    const response = await patch(bossId, body)
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ error: { code: 'last_admin' } })
    expect(await audited(bossId)).toHaveLength(1)
  })

  test('two who demote each other at the same time: one stays', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await givenUser(`other${round}`, 'admin')
      const other = await signedInBrowser(`other${round}`)
      const answers = await Promise.all([
        patch(id, { role: 'employee' }),
        patch(bossId, { disabled: true }, other),
      ])
      const { rows } = await pool().query(
        `select count(*)::int as n from users where role = 'admin' and disabled_at is null`,
      )
      expect(rows).toEqual([{ n: 1 }])
      const [done, refused] = answers.map(({ status }) => status).sort()
      expect(done).toBe(200)
      // By the role, or because the session had ended already.
      expect([401, 403]).toContain(refused)
      await pool().query(`update users set role = 'admin', disabled_at = null where id = $1`, [bossId])
      await pool().query(`update users set role = 'employee' where id = $1`, [id])
      boss = await signedInBrowser('boss')
    }
  })

  test('one who was demoted a moment ago changes nobody any more', async () => {
    const id = await givenUser('demoted', 'admin')
    const own = await signedInBrowser('demoted')
    expect((await own.send(list, 'GET', '/')).status).toBe(200)
    // As if the notification were still on its way: the cached role says admin.
    const client = await pool().connect()
    await client.query('set session_replication_role = replica')
    await client.query(`update users set role = 'employee' where id = $1`, [id])
    await client.query('set session_replication_role = default')
    client.release()
    expect((await patch(bossId, { name: 'taken over' }, own)).status).toBe(403)
    expect((await page('?q=boss')).items[0]?.name).toBe('boss')
  })
})
