import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { POST as createToken } from '@/app/api/v1/tokens/route'
import { GET as open } from '@/app/api/v1/messages/[id]/open/route'
import { GET, POST } from '@/app/api/sso/[connectionId]/handshake/route'
import { changeConnection, deleteConnection } from '@/lib/integrations/connections/connections'
import { deleteMapping, putMapping } from '@/lib/integrations/people/map-people'
import { pool } from '@/lib/platform/db'
import { browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { admin, anOffice, closeOffices, poll, type Office } from '@/lib/testing/office'
import { givenUser, signedInBrowser } from '@/lib/testing/users'
import { sweepTickets } from './sweep-tickets'
import { newTicket } from './tickets'

useDatabase()
closeOffices()

/** Somebody of the office with one message, signed in here. */
async function aReader(office: Office, login: string, by: 'loginName' | 'externalId' = 'loginName') {
  const { id: memberId } = office.seeyon.addMember({ loginName: login })
  const username = `${login}-${randomUUID()}`
  const user = await givenUser(username)
  const key = by === 'loginName' ? { loginName: login } : { externalId: memberId }
  const { personId } = await putMapping(admin, { connectionId: office.connection, username, ...key })
  await poll(office)
  office.seeyon.send(login)
  await poll(office)
  const [message] = await inboxOf(user)
  const own = await signedInBrowser(username)
  const send = async (headers = {}) => {
    const response = await own.send(open, 'GET', '/', { params: { id: message!.id }, headers })
    expect(response.status).toBe(303)
    return response
  }
  return {
    user,
    username,
    personId,
    own,
    send,
    open: async () => new URL((await send()).headers.get('location')!),
  }
}
const anOfficeWithSignOn = () => anOffice({}, { ssoName: 'huixin' })
const ticketIn = (address: URL) => address.searchParams.get('ticket')!

async function aTicket() {
  const office = await anOfficeWithSignOn()
  const reader = await aReader(office, 'zhang')
  return { office, reader, ticket: ticketIn(await reader.open()) }
}

const ask = async (connection: string, ticket: string, address = '198.51.100.7') => {
  const path = `/?ticket=${encodeURIComponent(ticket)}`
  const response = await browser(address).send(GET, 'GET', path, { params: { connectionId: connection } })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}
const REFUSED = { status: 404, type: null, text: '' }

describe('opening an original', () => {
  test('goes by way of the sign-in there, with a ticket for the person the message belongs to', async () => {
    const office = await anOfficeWithSignOn()
    const [zhang, li] = [await aReader(office, 'zhang'), await aReader(office, 'li')]
    const response = await zhang.send()
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    const address = new URL(response.headers.get('location')!)
    expect(address.origin + address.pathname).toBe(`${office.seeyon.baseUrl}/login/sso`)
    expect(address.searchParams.get('from')).toBe('huixin')
    expect(address.searchParams.get('tourl')).toMatch(
      /^\/seeyon\/collaboration\/collaboration\.do\?.*affairId=/,
    )
    expect(ticketIn(address)).toMatch(/^[0-9a-f]{48}$/)
    expect(address.href).not.toContain('zhang')
    const another = ticketIn(await zhang.open())
    expect(another).not.toBe(ticketIn(address))
    expect(await ask(office.connection, ticketIn(await li.open()))).toMatchObject({ status: 200, text: 'li' })
    expect(await ask(office.connection, another)).toMatchObject({ status: 200, text: 'zhang' })
    expect((await inboxOf(zhang.user))[0]!.readAt).not.toBeNull()
  })

  test('keeps of a ticket nothing that could be used', async () => {
    const { office, ticket } = await aTicket()
    const { rows } = await pool().query<object>(
      `select kind, login_name, used_at, encode(hash, 'hex') as hash, length(hash) as bytes,
         extract(epoch from expires_at - created_at)::int as seconds from sso_tickets where connection_id = $1`,
      [office.connection],
    )
    expect(rows).toMatchObject([{ kind: 'out', login_name: 'zhang', used_at: null, bytes: 32, seconds: 60 }])
    expect(JSON.stringify(rows)).not.toContain(ticket.slice(0, 16))
  })

  const plain = async (reader: { open: () => Promise<URL> }) => {
    const address = await reader.open()
    expect(address.pathname).toBe('/seeyon/collaboration/collaboration.do')
    expect(address.searchParams.has('ticket')).toBe(false)
  }

  test('is plain where no name is set', async () => {
    const office = await anOffice()
    await plain(await aReader(office, 'zhang'))
    expect(
      (await pool().query('select 1 from sso_tickets where connection_id = $1', [office.connection])).rows,
    ).toEqual([])
  })

  test('is plain for somebody whose sign-in name is not known', async () => {
    await plain(await aReader(await anOfficeWithSignOn(), 'zhang', 'externalId'))
  })

  test('is plain when the sign-in name is somebody else’s by now', async () => {
    const office = await anOfficeWithSignOn()
    const reader = await aReader(office, 'zhang')
    const body = `{"id":4711,"loginName":"zhang","name":"张","enabled":true,"state":1}`
    office.seeyon.fault({
      kind: 'custom',
      endpoint: 'orgMember',
      status: 200,
      type: 'application/json',
      body,
    })
    await plain(reader)
    office.seeyon.clearFaults()
    office.seeyon.fault({ kind: 'status500', endpoint: 'orgMember' })
    await plain(reader)
    office.seeyon.clearFaults()
    // A directory has names of its own: that says nothing.
    office.seeyon.fault({
      kind: 'custom',
      endpoint: 'orgMember',
      status: 200,
      type: 'application/json',
      body: 'null',
    })
    expect((await reader.open()).pathname).toBe('/seeyon/login/sso')
  })

  test('is plain for a script, whatever its token may do', async () => {
    const office = await anOfficeWithSignOn()
    const reader = await aReader(office, 'zhang')
    const created = await reader.own.send(createToken, 'POST', '/', { body: { name: 'script' } })
    const { token } = (await created.json()) as { token: string }
    const response = await reader.send({ authorization: `Bearer ${token}` })
    expect(response.headers.get('location')).not.toContain('login/sso')
  })

  test('is plain once the connection is archived', async () => {
    const office = await anOfficeWithSignOn()
    const reader = await aReader(office, 'zhang')
    await pool().query('update connections set archived_at = now() where id = $1', [office.connection])
    await plain(reader)
  })
})

describe('the handshake', () => {
  test('tells the bare sign-in name once', async () => {
    const { office, ticket } = await aTicket()
    expect(await ask(office.connection, ticket)).toEqual({
      status: 200,
      type: 'text/plain; charset=utf-8',
      text: 'zhang',
    })
    expect(await ask(office.connection, ticket)).toEqual(REFUSED)
  })

  test('of many at once tells one', async () => {
    const { office, ticket } = await aTicket()
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(office.connection, ticket)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(29)
  })

  test('takes the ticket from a form too', async () => {
    const { office, ticket } = await aTicket()
    const send = () =>
      browser().send(POST, 'POST', '/', {
        params: { connectionId: office.connection },
        body: `ticket=${ticket}`,
        // Servers send what they like.
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://oa.example.com' },
      })
    expect(await (await send()).text()).toBe('zhang')
    expect((await send()).status).toBe(404)
  })

  test('is over after a minute', async () => {
    const { office, ticket } = await aTicket()
    await pool().query(`update sso_tickets set expires_at = now() where connection_id = $1`, [
      office.connection,
    ])
    expect(await ask(office.connection, ticket)).toEqual(REFUSED)
  })

  test('is for that connection only', async () => {
    const { office, reader, ticket } = await aTicket()
    const other = await anOfficeWithSignOn()
    other.seeyon.addMember({ loginName: 'zhang' })
    await putMapping(admin, { connectionId: other.connection, username: reader.username, loginName: 'zhang' })
    expect(await ask(other.connection, ticket)).toEqual(REFUSED)
    // Even a ticket that bears the other's mark.
    await pool().query('update sso_tickets set connection_id = $2 where connection_id = $1', [
      office.connection,
      other.connection,
    ])
    expect(await ask(office.connection, ticket)).toEqual(REFUSED)
  })

  test.each<[string, (at: Awaited<ReturnType<typeof aTicket>>) => Promise<unknown>]>([
    ['unmapped', ({ reader }) => deleteMapping(admin, reader.personId)],
    [
      'disabled',
      ({ reader }) => pool().query('update users set disabled_at = now() where id = $1', [reader.user]),
    ],
    [
      'switched off',
      ({ office }) => changeConnection(admin, office.connection, { settings: { ssoName: null } }, 'en'),
    ],
    ['archived', ({ office }) => deleteConnection(admin, office.connection, false)],
  ])('tells nothing once it is %s', async (_, change) => {
    const at = await aTicket()
    await change(at)
    expect(await ask(at.office.connection, at.ticket)).toEqual(REFUSED)
  })

  test('refuses everything else alike, made-up tickets without asking the database', async () => {
    const { office } = await aTicket()
    const never = newTicket(office.connection)
    for (const ticket of [
      never,
      'x',
      '',
      'f'.repeat(48),
      `${never}0`,
      never.toUpperCase(),
      'ä',
      'a'.repeat(501),
    ]) {
      expect([ticket, await ask(office.connection, ticket)]).toEqual([ticket, REFUSED])
    }
    for (const connection of [randomUUID(), 'no-uuid', '']) {
      expect(await ask(connection, newTicket(connection))).toEqual(REFUSED)
    }
    const query = vi.spyOn(pool(), 'query')
    expect(await ask(office.connection, 'f'.repeat(48))).toEqual(REFUSED)
    expect(query).not.toHaveBeenCalled()
    query.mockRestore()
  })

  test('has no limit that a stranger could use up for everybody', async () => {
    const { office, ticket } = await aTicket()
    for (let i = 0; i < 150; i++) await ask(office.connection, newTicket(office.connection))
    expect(await ask(office.connection, ticket)).toMatchObject({ status: 200 })
  })
})

test('old tickets are removed, others stay', async () => {
  const { office } = await aTicket()
  await sweepTickets()
  const count = async () =>
    (await pool().query('select 1 from sso_tickets where connection_id = $1', [office.connection])).rows
      .length
  expect(await count()).toBe(1)
  await pool().query(`update sso_tickets set expires_at = now() - interval '1 second'`)
  await sweepTickets()
  expect(await count()).toBe(0)
})
