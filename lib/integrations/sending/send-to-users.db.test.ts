import { beforeAll, describe, expect, it } from 'vitest'
import { POST as sendRoute } from '@/app/api/v1/admin/connections/[id]/send/route'
import type { SendOutcome } from '@/lib/contracts/sending'
import { execute, rows } from '@/lib/platform/db'
import type { Browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { anEmployee, anOffice, circuitOf, closeOffices, poll, type Office } from '@/lib/testing/office'
import { aCompany } from '@/lib/testing/pushes'
import { givenUser, signedInBrowser } from '@/lib/testing/users'

useDatabase()
closeOffices()

let boss: Browser
beforeAll(async () => {
  await givenUser('boss', 'admin')
  await givenUser('unmapped')
  boss = await signedInBrowser('boss')
})

async function aSendingOffice(settings: object = { senderLoginName: 'notice' }) {
  const office = await anOffice({}, settings)
  office.seeyon.addMember({ loginName: 'notice' })
  return office
}

/** Members who are mapped, by username. */
async function someEmployees(office: Office, ...logins: string[]): Promise<string[]> {
  const employees = await Promise.all(logins.map((login) => anEmployee(office, login)))
  await poll(office)
  const found = await rows<{ id: string; username: string }>(
    null,
    'select id::text, username from users where id = any($1::uuid[])',
    employees.map(({ user }) => user),
  )
  return employees.map(({ user }) => found.find(({ id }) => id === user)!.username)
}

const post = (connection: string, body: object, own = boss) =>
  own.send(sendRoute, 'POST', '/', { params: { id: connection }, body })
async function send(office: Office, users: string[], more: object = {}): Promise<SendOutcome[]> {
  const response = await post(office.connection, { users, text: '今晚停机', ...more })
  expect(response.status).toBe(200)
  return ((await response.json()) as { result: SendOutcome[] }).result
}
const statesOf = (result: SendOutcome[]) => result.map(({ state }) => state)
const sends = ({ seeyon }: Office) => seeyon.requests().endpoints.send.total

describe('sending', () => {
  it('reaches each receiver once, with the link, and says who is nobody there', async () => {
    const office = await aSendingOffice()
    const [li, wang] = (await someEmployees(office, 'li', 'wang')) as [string, string]
    const users = [wang, li.toUpperCase(), li, 'unmapped', 'who is that']
    const result = await send(office, users, { url: 'https://a.example/x?y=1' })
    expect(result).toEqual([
      { username: wang, state: 'sent', detail: null },
      { username: li, state: 'sent', detail: null },
      { username: 'unmapped', state: 'not_mapped', detail: null },
      { username: 'who is that', state: 'not_mapped', detail: 'There is no such user' },
    ])
    expect(office.seeyon.messages('li')).toMatchObject([
      {
        messageContent: '今晚停机',
        linkParams: expect.arrayContaining(['https://a.example/x?y=1']) as string[],
      },
    ])
    expect(office.seeyon.messages('wang')).toHaveLength(1)
    expect(sends(office)).toBe(2)
  })

  it('goes by sign-in name while the id is still being looked up', async () => {
    const office = await aSendingOffice()
    const [li] = (await someEmployees(office, 'li')) as [string]
    await execute(
      null,
      'update persons set external_id = null where connection_id = $1::uuid',
      office.connection,
    )
    expect(statesOf(await send(office, [li]))).toEqual(['sent'])
    expect(office.seeyon.sendCalls()).toMatchObject([{ by: 'loginName', receivers: ['li'] }])
  })

  it('keeps to as many at once as the connection allows', async () => {
    const office = await aSendingOffice({ senderLoginName: 'notice', concurrency: 2 })
    const names = Array.from({ length: 12 }, (_, i) => `m${i}`)
    const users = await someEmployees(office, ...names)
    office.seeyon.resetCounters()
    office.seeyon.configure({ latencyMs: 5 })
    expect(new Set(statesOf(await send(office, users)))).toEqual(new Set(['sent']))
    expect(office.seeyon.requests().maxConcurrent).toBe(2)
  })

  it('tells each refusal in its words, and never repeats what is unclear', async () => {
    const office = await aSendingOffice()
    const users = await someEmployees(office, 'li', 'wang', 'zhao')
    office.seeyon.fault({ kind: 'result', endpoint: 'send', body: '没有权限', count: 1 })
    office.seeyon.fault({ kind: 'result', endpoint: 'send', result: -1, carryOut: true, count: 1 })
    const result = await send(office, users)
    expect(statesOf(result).sort()).toEqual(['refused', 'sent', 'unclear'])
    expect(result.find(({ state }) => state === 'refused')!.detail).toMatch(/没有权限/)
    expect(sends(office)).toBe(3)
  })

  it('stops when the system turns out to be away, and does not begin while it is', async () => {
    const office = await aSendingOffice({ senderLoginName: 'notice', concurrency: 1 })
    const users = await someEmployees(office, ...Array.from({ length: 20 }, (_, i) => `m${i}`))
    office.seeyon.fault({ kind: 'status500', endpoint: 'send' })
    const states = statesOf(await send(office, users))
    expect(states.filter((state) => state === 'unclear').length).toBe(sends(office))
    expect(states.filter((state) => state === 'not_sent').length).toBeGreaterThanOrEqual(12)
    expect(await circuitOf(office)).toMatchObject({ failures: 1 })
    const before = sends(office)
    expect(new Set(statesOf(await send(office, users)))).toEqual(new Set(['not_sent']))
    expect(sends(office)).toBe(before)
  })

  it('is written down: who, to how many, and no more of the text than its beginning', async () => {
    const office = await aSendingOffice()
    const users = await someEmployees(office, 'li')
    await send(office, users, { text: '很长'.repeat(100) })
    const [entry] = await rows(
      null,
      `select actor, action, detail from audit where subject = $1 and action = 'connection.send'`,
      office.connection,
    )
    expect(entry).toEqual({
      actor: 'boss',
      action: 'connection.send',
      detail: { receivers: 1, text: `${'很长'.repeat(20)}…`, characters: 200, link: false },
    })
  })
})

describe('refused before anything is sent', () => {
  const one = { users: ['unmapped'], text: 'x' }

  it('is a connection that cannot send, is archived, or names no sender', async () => {
    const company = await aCompany()
    const office = await aSendingOffice({})
    const archived = await aSendingOffice()
    await execute(null, 'update connections set archived_at = now() where id = $1::uuid', archived.connection)
    for (const [connection, words] of [
      [company.connection, /cannot be sent/],
      [office.connection, /No sender/],
      [archived.connection, /archived/],
    ] as const) {
      const response = await post(connection, one)
      expect(response.status).toBe(409)
      expect(await response.json()).toMatchObject({ error: { code: 'conflict', message: words } })
    }
    expect(
      await rows(
        null,
        `select 1 from audit where action = 'connection.send' and subject = $1`,
        office.connection,
      ),
    ).toEqual([])
  })

  it.each([
    { ...one, users: [] },
    { ...one, users: Array.from({ length: 201 }, (_, i) => `u${i}`) },
    { ...one, text: '  ' },
    { ...one, text: 'x'.repeat(1001) },
    { ...one, url: 'javascript:alert(1)' },
    { ...one, url: 'ftp://a.example/' },
    { ...one, url: 'https://user:password@a.example/' },
    { ...one, to: 'everybody' },
  ])('is %j', async (body) => {
    const office = await aSendingOffice()
    expect((await post(office.connection, body)).status).toBe(400)
  })

  it('is whoever is no administrator', async () => {
    const office = await aSendingOffice()
    const employee = await signedInBrowser('unmapped')
    expect((await post(office.connection, one, employee)).status).toBe(403)
    expect((await post('00000000-0000-4000-8000-000000000000', one)).status).toBe(404)
  })
})
