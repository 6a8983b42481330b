import { Writable } from 'node:stream'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { rows } from '@/lib/platform/db'
import { shared } from '@/lib/platform/state'
import { aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { admin, anEmployee, anOffice, circuitOf, closeOffices, poll } from '@/lib/testing/office'
import { aCompany, aPush, post, senderOf } from '@/lib/testing/pushes'
import {
  changeConnection,
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
} from './connections'
import { deleteMapping, putMapping } from '../people/map-people'
import { testConnection } from './test-connection'

useDatabase()
closeOffices()

const ORIGIN = 'http://huixin.test'
const create = (settings: Record<string, unknown>, connector = 'seeyon', name = crypto.randomUUID()) =>
  createConnection(admin, { connector, name, settings }, 'en')
const change = (id: string, more: Parameters<typeof changeConnection>[2]) =>
  changeConnection(admin, id, more, 'en')
const get = (id: string) => getConnection(id, ORIGIN)
const seeyon = { baseUrl: 'https://oa.example.com', restUser: 'rest', restPassword: 'p4ssw0rd' }

/** Everything that is in the database, as text. */
async function dump(): Promise<string> {
  const tables = await rows<{ name: string }>(
    null,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const parts = []
  for (const { name } of tables)
    parts.push(JSON.stringify(await rows(null, `select t::text as t from ${name} t`)))
  return parts.join('\n')
}

/** What is logged from here on, every level. */
function logged(): { text: () => string } {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const root = shared<object>('platform.log', () => ({}))
  const noisy = pino({ level: 'trace' }, sink)
  const names = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'child'] as const
  for (const name of names) Object.assign(root, { [name]: noisy[name].bind(noisy) })
  return { text: () => lines.join('') }
}

describe('secrets', () => {
  it('are in no answer, no log line and nowhere in the database', async () => {
    const secrets = {
      first: `first-${crypto.randomUUID()}`,
      second: `second-${crypto.randomUUID()}`,
      key: `key-${crypto.randomUUID()}`,
      password: `pass-${crypto.randomUUID()}`,
    }
    const log = logged()
    const answers: unknown[] = []
    const api = { apiKey: secrets.key, apiUrl: 'http://127.0.0.1:9' }
    const company = await create({ secret: secrets.first, ...api }, 'jiandaoyun')
    await change(company, { settings: { secret: secrets.second } })
    const office = await anOffice({ restPassword: secrets.password })
    await anEmployee(office, 'li')
    office.seeyon.fault({ kind: 'status500', count: 3 })
    await poll(office)
    answers.push(await testConnection(office.connection, 'en'), await testConnection(company, 'zh-CN'))
    office.seeyon.configure({ restPassword: 'changed' })
    answers.push(await testConnection(office.connection, 'en'))
    const wrong = { restPassword: `${secrets.password}${'x'.repeat(600)}`, baseUrl: secrets.password }
    answers.push(await change(office.connection, { settings: wrong }).catch((e: unknown) => e))
    answers.push(await create({ secret: ` ${secrets.first}` }, 'jiandaoyun').catch((e: unknown) => e))
    answers.push(await get(company), await get(office.connection), await listConnections(ORIGIN))
    const said = JSON.stringify(answers, (_, value: unknown) =>
      value instanceof Error ? { ...value, message: value.message, cause: String(value.cause) } : value,
    )
    const stored = await dump()
    expect(stored).toContain(company)
    for (const secret of Object.values(secrets)) {
      expect(said).not.toContain(secret)
      expect(stored).not.toContain(secret)
      expect(log.text()).not.toContain(secret)
      expect(stored).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20))
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'))
    }
    expect(await get(company)).toMatchObject({ secretsSet: ['secret', 'apiKey'] })
  })

  it('that were replaced say until when they are still taken, and no more', async () => {
    const id = await create({ secret: 'the-first' }, 'jiandaoyun')
    expect((await get(id)).settings).not.toHaveProperty('previousSecret')
    await change(id, { settings: { secret: 'the-second' } })
    const { previousSecret } = (await get(id)).settings as { previousSecret: { until: string } }
    expect(Object.keys(previousSecret)).toEqual(['until'])
    expect((Date.parse(previousSecret.until) - Date.now()) / 3_600_000).toBeCloseTo(24, 1)
    // Whoever sends the answer back changes nothing by it.
    await change(id, { settings: { previousSecret } })
    expect((await get(id)).settings).toMatchObject({ previousSecret })
  })

  it('are bound to their connection: moved to another row they open nothing, and can be entered again', async () => {
    const [a, b] = [
      await create({ secret: 'aaa' }, 'jiandaoyun'),
      await create({ secret: 'bbb' }, 'jiandaoyun'),
    ]
    await rows(
      null,
      'update connections set secrets = (select secrets from connections where id = $1::uuid) where id = $2::uuid',
      a,
      b,
    )
    expect(await get(b)).toMatchObject({ state: 'failing', secretsSet: [], lastError: expect.any(String) })
    expect((await listConnections(ORIGIN)).map((one) => one.id)).toEqual(expect.arrayContaining([a, b]))
    const push = senderOf(b, 'aaa').prepare(aPush(['x']))
    expect((await post(push)).status).toBeGreaterThanOrEqual(500)
    await change(b, { settings: { secret: 'ccc' } })
    expect(await get(b)).toMatchObject({ state: 'active', secretsSet: ['secret'] })
    expect((await post(push)).status).toBe(401)
  })

  it('cannot be slipped in as an earlier one', async () => {
    const { connection, sender } = await aCompany()
    const previousSecret = { value: 'forged', until: '2099-01-01T00:00:00Z' }
    await change(connection, { settings: { previousSecret } }).catch(() => {})
    expect((await post(sender.prepare(aPush(['a']), { secret: 'forged' }))).status).toBe(401)
  })
})

describe('settings that this version does not understand', () => {
  it('are shown and can be mended; the others go on', async () => {
    const office = await anOffice()
    const { user } = await anEmployee(office, 'li')
    const id = await create(seeyon)
    const settings = '{"baseUrl":"https://oa.example.com","restUser":"rest","tomorrow":1}'
    await rows(null, 'update connections set settings = $2::jsonb where id = $1::uuid', id, settings)
    expect(await get(id)).toMatchObject({ state: 'failing', settings: { tomorrow: 1 } })
    office.seeyon.send('li')
    await poll(office)
    expect(await inboxOf(user)).toHaveLength(1)
    await change(id, { settings: { tomorrow: null } })
    expect(await get(id)).toMatchObject({ state: 'active' })
  })
})

describe('a change', () => {
  it('keeps what is absent, clears what is null, writes what is there', async () => {
    const id = await create({ ...seeyon, webUrl: 'https://web.example.com', pollSeconds: 5, concurrency: 2 })
    await change(id, { settings: { webUrl: null, pollSeconds: 9 } })
    const { settings, secretsSet } = await get(id)
    expect(settings).toMatchObject({
      baseUrl: 'https://oa.example.com',
      restUser: 'rest',
      webUrl: null,
      pollSeconds: 9,
      concurrency: 2,
      pageSize: 20,
    })
    expect(secretsSet).toEqual(['restPassword'])
    await change(id, { settings: { concurrency: null } })
    expect((await get(id)).settings).toMatchObject({ concurrency: 8 })
  })

  it('that is wrong names each field and changes nothing', async () => {
    const id = await create(seeyon)
    const before = await get(id)
    const wrong = {
      baseUrl: 'javascript:x',
      pollSeconds: 0,
      concurrency: 'many',
      unknown: 1,
      restPassword: null,
    }
    const error = (await change(id, { settings: wrong }).catch((e: unknown) => e)) as { fields: object }
    expect(Object.keys(error.fields).sort()).toEqual(
      expect.arrayContaining([
        'settings.baseUrl',
        'settings.concurrency',
        'settings.pollSeconds',
        'settings.restPassword',
      ]),
    )
    expect(await get(id)).toEqual(before)
  })

  it('closes the circuit: it may work now', async () => {
    const office = await anOffice()
    await anEmployee(office, 'li')
    office.seeyon.fault({ kind: 'status500' })
    await poll(office)
    expect(await circuitOf(office)).toMatchObject({ failures: 1 })
    await change(office.connection, { settings: { pageSize: 30 } })
    expect(await circuitOf(office)).toMatchObject({ failures: 0, retryIn: null })
  })

  it('of two at once keeps both', async () => {
    const id = await create(seeyon)
    await Promise.all([
      change(id, { settings: { pollSeconds: 7 } }),
      change(id, { settings: { concurrency: 3 } }),
      change(id, { settings: { pageSize: 50 } }),
    ])
    expect((await get(id)).settings).toMatchObject({ pollSeconds: 7, concurrency: 3, pageSize: 50 })
  })

  it('names are unique, also in a race', async () => {
    const [a, b] = [await create(seeyon), await create(seeyon)]
    const name = `name ${a}`
    const ends = await Promise.allSettled([change(a, { name }), change(b, { name })])
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected'])
    const taken = { code: 'name_taken', fields: { name: expect.any(String) } }
    await expect(create(seeyon, 'seeyon', name)).rejects.toMatchObject(taken)
  })
})

describe('the record', () => {
  it('has one line for every change of a setting or a mapping, without the values of secrets', async () => {
    const id = await create({ secret: 'aaa' }, 'jiandaoyun')
    await change(id, { name: `new ${id}`, settings: { secret: 'bbb', allowedHosts: ['example.com'] } })
    await change(id, { settings: { secret: null } })
    await change(id, { reopenSetup: true })
    const username = `li-${id}`
    await aUser(username)
    const { personId } = await putMapping(admin, { connectionId: id, username, externalId: 'x' })
    await deleteMapping(admin, personId)
    await deleteConnection(admin, id, false)
    await deleteConnection(admin, id, true)
    const lines = await rows<{ action: string; actor: string; detail: object }>(
      null,
      'select action, actor, detail from audit where subject = any($1::text[]) order by audit.id',
      [id, personId],
    )
    expect(lines.map((line) => line.action)).toEqual([
      'connection.create',
      'connection.change',
      'connection.change',
      'connection.change',
      'mapping.put',
      'mapping.delete',
      'connection.archive',
      'connection.purge',
    ])
    expect(new Set(lines.map((line) => line.actor))).toEqual(new Set(['admin']))
    expect(lines[1]!.detail).toMatchObject({ settings: ['secret', 'allowedHosts'], name: `new ${id}` })
    expect(JSON.stringify(lines)).not.toMatch(/aaa|bbb/)
  })

  it('has none for a change that was refused', async () => {
    const id = await create(seeyon)
    await change(id, { settings: { pollSeconds: -1 } }).catch(() => {})
    expect(await rows(null, 'select 1 from audit where subject = $1', id)).toHaveLength(1)
  })
})

describe('an archived connection', () => {
  it('cannot be changed or mapped to, and is shown last', async () => {
    const id = await create(seeyon)
    await deleteConnection(admin, id, false)
    await expect(change(id, { name: 'x' })).rejects.toMatchObject({ code: 'not_found' })
    const username = `li-${id}`
    await aUser(username)
    const mapping = putMapping(admin, { connectionId: id, username, externalId: '1' })
    await expect(mapping).rejects.toMatchObject({ code: 'not_found' })
    expect(await get(id)).toMatchObject({ state: 'archived' })
    expect((await listConnections(ORIGIN)).map((one) => one.state)).toEqual(
      expect.arrayContaining(['active', 'archived']),
    )
    expect((await listConnections(ORIGIN)).findLastIndex((one) => one.state !== 'archived')).toBeLessThan(
      (await listConnections(ORIGIN)).findIndex((one) => one.state === 'archived'),
    )
  })
})
