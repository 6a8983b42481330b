import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { GET as getSession } from '@/app/api/v1/session/route'
import { GET as enter } from '@/app/api/sso/[connectionId]/enter/route'
import { changeConnection, deleteConnection } from '@/lib/integrations/connections/connections'
import { deleteMapping } from '@/lib/integrations/people/map-people'
import { pool } from '@/lib/platform/db'
import { environment } from '@/lib/platform/env'
import { browser, type Browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { admin, anEmployee, anOffice, closeOffices, type Office } from '@/lib/testing/office'
import { givenUser, signedInBrowser } from '@/lib/testing/users'

useDatabase()
closeOffices()
afterEach(() => pool().query('delete from sign_in_failures'))

const HTML = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
type Visit = { to?: string; from?: Browser; accept?: string; headers?: Record<string, string>; name?: string }

function visit({ connection }: { connection: string }, ticket: string, more: Visit = {}): Promise<Response> {
  const { to, from = browser(), accept = HTML, headers = {}, name = 'ticket' } = more
  const query = new URLSearchParams({ [name]: ticket, ...(to !== undefined && { to }) })
  return from.send(enter, 'GET', `/?${query.toString()}`, {
    params: { connectionId: connection },
    headers: { accept, ...headers },
  })
}
/** As the vendor's server calls before it sends the browser. */
const callAhead = (office: Office, ticket: string) =>
  visit(office, ticket, { accept: '*/*', from: browser('198.51.100.7') })

const whoIs = async (own: Browser) => {
  const response = await own.send(getSession, 'GET', '/')
  return response.status === 200 ? ((await response.json()) as { user: { id: string } }).user.id : null
}
const sessionsOf = async (user: string) =>
  (await pool().query('select ip_address, user_agent from sessions where user_id = $1', [user])).rows

const anOpenOffice = (start = {}) => anOffice(start, { ssoEntry: true })
async function somebody(login = 'zhang') {
  const office = await anOpenOffice()
  const employee = await anEmployee(office, login)
  return { office, ...employee, ticket: office.seeyon.issueTicket(login) }
}
/** A page in the reader's language, and no session. */
async function expectPage(response: Response, status: number, text: RegExp) {
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(response.headers.getSetCookie()).toEqual([])
  const html = await response.text()
  expect(html).toMatch(text)
  expect(html).toContain('href="/"')
}

describe('arriving with a ticket', () => {
  test.each(['rest', 'controller'] as const)('signs in who it stands for (%s)', async (ticketCheck) => {
    const { office, user, ticket } = await somebody()
    office.seeyon.configure({ ticketCheck })
    const own = browser('203.0.113.9')
    expect(await (await callAhead(office, ticket)).text()).toBe('SSOOK')
    const response = await visit(office, ticket, { from: own, headers: { 'user-agent': 'Browser/1' } })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    const [cookie] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^huixin\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(await whoIs(own)).toBe(user)
    expect(await sessionsOf(user)).toEqual([{ ip_address: '203.0.113.9', user_agent: 'Browser/1' }])
    const { rows } = await pool().query(
      `select actor_id, subject, detail from audit where action = 'user.sign_on' and subject = $1`,
      [user],
    )
    expect(rows).toEqual([
      { actor_id: user, subject: user, detail: { connectionId: office.connection, loginName: 'zhang' } },
    ])
    const kept = await pool().query(`select * from sso_tickets where connection_id = $1`, [office.connection])
    expect(kept.rows).toMatchObject([{ kind: 'in', user_id: user }])
    expect(JSON.stringify([kept.rows, rows])).not.toContain(ticket)
  })

  test('works under the other name of a ticket', async () => {
    const { office, ticket } = await somebody()
    expect((await visit(office, ticket, { name: 'v5ticket' })).status).toBe(303)
  })

  test('sets a Secure cookie when the public address is https', async () => {
    const { office, ticket } = await somebody()
    const { baseUrl } = environment()
    Object.assign(environment(), { baseUrl: 'https://inbox.example.com' })
    const holder = globalThis as unknown as { __huixin: Record<string, unknown> }
    delete holder.__huixin['auth.library']
    try {
      expect((await visit(office, ticket)).headers.getSetCookie()[0]).toMatch(/; Secure/)
    } finally {
      Object.assign(environment(), { baseUrl })
      delete holder.__huixin['auth.library']
    }
  })

  test.each([
    ['/messages/5?x=1', '/messages/5?x=1'],
    ['/?view=todo#a', '/?view=todo#a'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['/.//evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.example', '/'],
    ['/login', '/'],
    ['', '/'],
  ])('goes on to %j by way of %j', async (to, location) => {
    const { office, ticket } = await somebody()
    expect((await visit(office, ticket, { to })).headers.get('location')).toBe(location)
  })

  test('ends the session of somebody else in that browser', async () => {
    const { office, user, ticket } = await somebody()
    const before = await givenUser(`before-${randomUUID()}`)
    const { rows } = await pool().query<{ display_username: string }>(
      'select display_username from users where id = $1',
      [before],
    )
    const own = await signedInBrowser(rows[0]!.display_username)
    const [old] = [...own.cookies]
    expect((await visit(office, ticket, { from: own })).status).toBe(303)
    expect(await whoIs(own)).toBe(user)
    expect(await sessionsOf(before)).toEqual([])
    const thief = browser()
    thief.cookies.set(...old!)
    expect(await whoIs(thief)).toBeNull()
  })

  test('goes on with a session that is theirs already', async () => {
    const { office, user, ticket } = await somebody()
    const own = browser()
    await visit(office, ticket, { from: own })
    const before = new Map(own.cookies)
    const second = office.seeyon.issueTicket('zhang')
    expect((await visit(office, second, { from: own })).status).toBe(303)
    expect(own.cookies).toEqual(before)
    expect(await sessionsOf(user)).toHaveLength(1)
    // It counts as used all the same.
    expect((await visit(office, second)).status).toBe(409)
  })
})

describe('a ticket', () => {
  test('signs in once', async () => {
    const { office, user, ticket } = await somebody()
    expect((await visit(office, ticket)).status).toBe(303)
    await expectPage(await visit(office, ticket, { headers: { 'accept-language': 'zh' } }), 409, /链接已用过/)
    await expectPage(await visit(office, ticket), 409, /has been used/)
    // The source was asked the first time only.
    expect(office.seeyon.requests().endpoints.ticket.total).toBe(1)
    expect(await sessionsOf(user)).toHaveLength(1)
  })

  test('signs in once, however many try at the same moment', async () => {
    const { office, user, ticket } = await somebody()
    const all = await Promise.all(Array.from({ length: 12 }, () => visit(office, ticket)))
    expect(all.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(11).fill(409)])
    expect(await sessionsOf(user)).toHaveLength(1)
    const audit = await pool().query(`select 1 from audit where action = 'user.sign_on' and subject = $1`, [
      user,
    ])
    expect(audit.rows).toHaveLength(1)
  })

  test('is not used up by the call ahead', async () => {
    const { office, ticket } = await somebody()
    for (let i = 0; i < 3; i++) {
      const response = await callAhead(office, ticket)
      expect([response.status, await response.text()]).toEqual([200, 'SSOOK'])
      expect(response.headers.getSetCookie()).toEqual([])
    }
    expect((await visit(office, ticket)).status).toBe(303)
  })

  test.each(['wrong', 'two words', 'x'.repeat(201), '<script>', ''])('%j signs nobody in', async (ticket) => {
    const { office } = await somebody()
    await expectPage(await visit(office, ticket), 401, /not valid or has expired/)
    expect(await (await callAhead(office, ticket)).text()).toBe('SSOLogoutError')
    // What cannot be a ticket is not asked about.
    expect(office.seeyon.requests().endpoints.ticket.total > 0).toBe(ticket === 'wrong')
  })

  test('that is wrong counts for its address', async () => {
    const { office, ticket } = await somebody()
    for (let i = 0; i < 100; i++) expect((await visit(office, `wrong-${i}`)).status).toBe(401)
    const limited = await visit(office, ticket)
    expect(limited.headers.get('retry-after')).not.toBeNull()
    await expectPage(limited, 429, /Too many attempts/)
    expect((await visit(office, ticket, { from: browser('203.0.113.50') })).status).toBe(303)
  })

  test('of another system of the same kind is not taken', async () => {
    const { ticket } = await somebody()
    const other = await anOpenOffice()
    expect((await visit(other, ticket)).status).toBe(401)
  })
})

describe('nobody is let in', () => {
  test('without a mapping, and told under which name', async () => {
    const { office, personId, ticket } = await somebody()
    await deleteMapping(admin, personId)
    await expectPage(await visit(office, ticket), 403, /“zhang” is not mapped/)
    expect(await (await callAhead(office, ticket)).text()).toBe('SSOLogoutError')
  })

  test('by a name that is written differently', async () => {
    const { office } = await somebody()
    office.seeyon.addMember({ loginName: 'ZHANG' })
    expect((await visit(office, office.seeyon.issueTicket('ZHANG'))).status).toBe(403)
  })

  test('by a name that was somebody else’s', async () => {
    const { office, ticket } = await somebody()
    const body = `{"id":4711,"loginName":"zhang","name":"张","enabled":true,"state":1}`
    office.seeyon.fault({
      kind: 'custom',
      endpoint: 'orgMember',
      status: 200,
      type: 'application/json',
      body,
    })
    await expectPage(await visit(office, ticket), 403, /is not mapped/)
  })

  test('by a name that is still being looked up', async () => {
    const { office, personId, ticket } = await somebody()
    await pool().query('update persons set external_id = null where id = $1', [personId])
    expect((await visit(office, ticket)).status).toBe(403)
  })

  test('who is disabled', async () => {
    const { office, user, ticket } = await somebody()
    await pool().query('update users set disabled_at = now() where id = $1', [user])
    await expectPage(await visit(office, ticket), 403, /disabled/)
    expect(await (await callAhead(office, ticket)).text()).toBe('SSOLogoutError')
    expect(await sessionsOf(user)).toEqual([])
  })

  test.each<[string, (office: Office) => Promise<unknown>]>([
    [
      'switched off',
      ({ connection }) => changeConnection(admin, connection, { settings: { ssoEntry: false } }, 'en'),
    ],
    ['archived', ({ connection }) => deleteConnection(admin, connection, false)],
    ['gone', ({ connection }) => deleteConnection(admin, connection, true)],
  ])('where the way is %s', async (_, change) => {
    const { office, ticket } = await somebody()
    await change(office)
    await expectPage(await visit(office, ticket), 404, /not switched on/)
    const ahead = await callAhead(office, ticket)
    expect([ahead.status, (await ahead.text()).includes('SSO')]).toEqual([404, false])
    expect(office.seeyon.requests().endpoints.ticket.total).toBe(0)
  })

  test('while the source is away, and the ticket is good afterwards', async () => {
    const { office, ticket } = await somebody()
    const host = new URL(office.seeyon.baseUrl).host
    for (const endpoint of ['ticket', 'orgMember'] as const) {
      office.seeyon.fault({ kind: 'status500', endpoint })
      const response = await visit(office, ticket)
      expect(await response.clone().text()).not.toContain(host)
      await expectPage(response, 503, /cannot be reached.*Try again/s)
      expect((await callAhead(office, ticket)).status).toBe(503)
      office.seeyon.clearFaults()
    }
    expect((await visit(office, ticket)).status).toBe(303)
  })

  test('inside of another site’s page', async () => {
    const { office, ticket } = await somebody()
    for (const dest of ['iframe', 'image', 'empty']) {
      await expectPage(
        await visit(office, ticket, { headers: { 'sec-fetch-dest': dest } }),
        403,
        /window of its own/,
      )
    }
    expect((await visit(office, ticket, { headers: { 'sec-fetch-dest': 'document' } })).status).toBe(303)
  })

  test('at an address that is none', async () => {
    await expectPage(await visit({ connection: 'no-uuid' }, 'x'), 404, /Not found/)
    expect((await visit({ connection: randomUUID() }, 'x', { accept: '*/*' })).status).toBe(404)
  })
})
