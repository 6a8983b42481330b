import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction, rows } from '@/lib/platform/db'
import { writeMembers, type Member } from '@/lib/inbox/people/members'
import { aConnection, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { admin } from '@/lib/testing/office'
import { aCompany, aPush, post, type Company } from '@/lib/testing/pushes'
import { startJiandaoyunApi, type JiandaoyunApi } from '@/simulators/jiandaoyun/api'
import { changeConnection, deleteConnection, getConnection } from '../connections/connections'
import { importMembers } from './import-members'
import { listMappings, putMapping } from './map-people'

useDatabase()

let api: JiandaoyunApi
let company: Company
beforeEach(async () => {
  api = await startJiandaoyunApi({
    members: [
      { username: 'xiaoyun', name: '小云' },
      { username: 'laowang', name: '老王' },
      { username: 'gone', name: '走了', status: -1 },
    ],
    rates: null,
  })
  company = await aCompany()
})
afterEach(() => api.close())

const change = (settings: object) =>
  changeConnection(admin, company.connection, { settings: { ...settings } }, 'en')
const saveKey = (apiKey = api.apiKey) => change({ apiKey, apiUrl: api.url })
const persons = async () =>
  (await listMappings({ connection: company.connection, limit: 100 })).items.map(
    ({ externalId, name, user }) => [externalId, name, user?.username ?? null],
  )

describe('importing the members of a connection', () => {
  it('adds who is active and not here, takes names over, and leaves mappings alone', async () => {
    await saveKey()
    const username = `li-${crypto.randomUUID()}`
    await aUser(username)
    await post(company.sender.prepare(aPush(['xiaoyun', 'guest'])))
    await putMapping(admin, { connectionId: company.connection, username, externalId: 'xiaoyun' })
    expect(await importMembers(admin, company.connection)).toEqual({
      found: 3,
      added: 1,
      changed: 1,
      inactive: 1,
    })
    expect((await persons()).sort()).toEqual([
      ['guest', 'guest', null],
      ['laowang', '老王', null],
      ['xiaoyun', '小云', username],
    ])
    expect(await importMembers(admin, company.connection)).toMatchObject({ found: 3, added: 0, changed: 0 })
    const lines = await rows(
      null,
      `select actor, detail from audit where action = 'connection.import_people' and subject = $1 order by id limit 1`,
      company.connection,
    )
    expect(lines).toEqual([{ actor: 'admin', detail: { found: 3, added: 1, changed: 1, inactive: 1 } }])
  })

  it('is offered as soon as there is a key', async () => {
    const shown = async () => (await getConnection(company.connection, 'http://huixin.test')).canImportPeople
    expect(await shown()).toBe(false)
    await saveKey()
    expect(await shown()).toBe(true)
    await deleteConnection(admin, company.connection, false)
    expect(await shown()).toBe(false)
    await expect(importMembers(admin, company.connection)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('says why it cannot be: no key, a wrong one, or nobody there', async () => {
    const attempt = importMembers(admin, company.connection)
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_input', status: 400 })
    await saveKey('wrong')
    const refused = (await importMembers(admin, company.connection).catch((e: unknown) => e)) as Error & {
      code: string
      in(locale: string): string
    }
    expect(refused.code).toBe('invalid_input')
    expect(refused.in('zh-CN')).not.toBe('有内容填得不对')
    await saveKey()
    api.fault({ kind: 'badGateway' })
    await expect(importMembers(admin, company.connection)).rejects.toMatchObject({
      code: 'source_unavailable',
      status: 503,
    })
    api.fault({ kind: 'cutJson' })
    await expect(importMembers(admin, company.connection)).rejects.toBeDefined()
    expect(await persons()).toEqual([])
  })

  it('is refused where the system has no such list', async () => {
    const other = await aConnection('seeyon', {
      baseUrl: 'http://127.0.0.1:1',
      restUser: 'u',
      restPassword: 'p',
    })
    await expect(importMembers(admin, other)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

it('writes 12,000 members in a few statements, each once, in parallel with itself', async () => {
  const members = Array.from({ length: 12_000 }, (_, i): Member => ({
    externalId: `成员 ${i}`,
    name: `${i}`,
  }))
  const write = (list = members) => inTransaction((tx) => writeMembers(tx, company.connection, list))
  const begun = performance.now()
  const both = await Promise.all([write(), write([...members].reverse())])
  expect(performance.now() - begun).toBeLessThan(10_000)
  expect(both.reduce((sum, { added }) => sum + added, 0)).toBe(12_000)
  expect(await write([...members, ...members])).toEqual({ added: 0, changed: 0 })
  expect(await write([{ externalId: '成员 1', name: null }])).toEqual({ added: 0, changed: 0 })
})
