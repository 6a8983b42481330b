import { describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import { rows } from '@/lib/platform/db'
import { aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { admin, anEmployee, anOffice, closeOffices, endPause, poll, pollWhoIsDue } from '@/lib/testing/office'
import { aCompany, aPush, post } from '@/lib/testing/pushes'
import { deleteMapping, listMappings, putMapping } from './map-people'

useDatabase()
closeOffices()

async function aNamedUser(name: string) {
  const username = `${name}-${crypto.randomUUID()}`
  return { username, id: await aUser(username) }
}
const auditOf = (subject: string) =>
  rows<{ action: string; actor: string; detail: Record<string, unknown> }>(
    null,
    'select action, actor, detail from audit where subject = $1 order by id',
    subject,
  )
const pushTo = async (company: Awaited<ReturnType<typeof aCompany>>, person: string) =>
  post(company.sender.prepare(aPush([person])))

describe('mapping a person who is pushed to', () => {
  it('delivers what waited, and is written into the record', async () => {
    const [company, li] = [await aCompany(), await aNamedUser('li')]
    await pushTo(company, 'xiaoyun')
    const request = { connectionId: company.connection, username: li.username, externalId: 'xiaoyun' }
    const result = await putMapping(admin, request)
    expect(result).toMatchObject({ delivered: 1, state: 'mapped' })
    expect(await inboxOf(li.id)).toHaveLength(1)
    await deleteMapping(admin, result.personId)
    const [put, deleted, ...more] = await auditOf(result.personId)
    expect(more).toEqual([])
    expect(put).toMatchObject({ action: 'mapping.put', actor: 'admin', detail: { delivered: 1 } })
    expect(deleted).toMatchObject({ action: 'mapping.delete', detail: { userId: li.id } })
    expect(await balance(company.connection)).toMatchObject({ received: 1, difference: 0 })
  })

  it('takes the username without regard to case', async () => {
    const [company, li] = [await aCompany(), await aNamedUser('li')]
    const username = li.username.toUpperCase()
    await putMapping(admin, { connectionId: company.connection, username, externalId: 'x' })
    await pushTo(company, 'x')
    expect(await inboxOf(li.id)).toHaveLength(1)
  })

  it('refuses to take a place, and names both', async () => {
    const [company, li, wang] = [await aCompany(), await aNamedUser('li'), await aNamedUser('wang')]
    const map = (username: string, externalId: string, replace = false) =>
      putMapping(admin, { connectionId: company.connection, username, externalId, replace })
    await map(li.username, 'xiaoyun')
    const taken = async (attempt: Promise<unknown>) => {
      const error = (await attempt.catch((e: unknown) => e)) as { code: string; in(locale: string): string }
      expect(error.code).toBe('already_mapped')
      return error.in('zh-CN')
    }
    expect(await taken(map(wang.username, 'xiaoyun'))).toMatch(new RegExp(`xiaoyun.*${li.username}`))
    expect(await taken(map(li.username, 'other'))).toMatch(new RegExp(`${li.username}.*xiaoyun`))
    await map(wang.username, 'other')
    const both = await taken(map(wang.username, 'xiaoyun'))
    for (const name of [li.username, wang.username, 'xiaoyun', 'other']) expect(both).toContain(name)
    const { personId } = await map(wang.username, 'xiaoyun', true)
    expect((await auditOf(personId)).at(-1)!.detail.replaced).toHaveLength(2)
  })

  it('refuses many at once as fast as one: nobody waits for a connection while holding one', async () => {
    const [company, li] = [await aCompany(), await aNamedUser('li')]
    const wang = await aNamedUser('wang')
    const map = (username: string) =>
      putMapping(admin, { connectionId: company.connection, username, externalId: 'xiaoyun' })
    await map(li.username)
    const ends = await Promise.allSettled(Array.from({ length: 30 }, () => map(wang.username)))
    const codes = ends.map((end) => end.status === 'rejected' && (end.reason as { code?: string }).code)
    expect(new Set(codes)).toEqual(new Set(['already_mapped']))
  })

  it('refuses who is not there, and keys that mean nothing there', async () => {
    const [company, li] = [await aCompany(), await aNamedUser('li')]
    const map = (more: object) =>
      putMapping(admin, { connectionId: company.connection, username: li.username, ...more })
    await expect(map({ externalId: 'x', username: 'nobody' })).rejects.toMatchObject({
      fields: { username: expect.any(String) },
    })
    await expect(map({ loginName: 'x' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(map({ externalId: 'x', connectionId: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(
      await rows(null, 'select 1 from persons where connection_id = $1::uuid', company.connection),
    ).toEqual([])
  })
})

describe('mapping a person by their sign-in name', () => {
  it('looks it up, and polls at once', async () => {
    const office = await anOffice({ members: [{ loginName: 'li', name: '李' }] })
    office.seeyon.send('li')
    const li = await aNamedUser('li')
    const request = { connectionId: office.connection, username: li.username, loginName: 'li' }
    expect(await putMapping(admin, request)).toMatchObject({ state: 'mapped' })
    const { items } = await listMappings({ connection: office.connection, limit: 10 })
    expect(items).toMatchObject([
      { externalId: office.seeyon.member('li').id, loginName: 'li', name: '李', resolving: false },
    ])
    expect(await pollWhoIsDue()).toBe(1)
    expect(await inboxOf(li.id)).toHaveLength(1)
  })

  it('refuses one that nobody has', async () => {
    const [office, li] = [await anOffice(), await aNamedUser('li')]
    const request = { connectionId: office.connection, username: li.username, loginName: 'nobody' }
    await expect(putMapping(admin, request)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { loginName: expect.any(String) },
    })
  })

  it('while that system is away is kept, and resolved when it is back', async () => {
    const office = await anOffice({ members: [{ loginName: 'li', name: '李' }] })
    office.seeyon.send('li')
    office.seeyon.fault({ kind: 'status500' })
    const li = await aNamedUser('li')
    const request = { connectionId: office.connection, username: li.username, loginName: 'li' }
    const { personId, state } = await putMapping(admin, request)
    expect(state).toBe('resolving')
    expect(await putMapping(admin, request)).toMatchObject({ personId, state: 'resolving' })
    await poll(office)
    const list = async () => (await listMappings({ connection: office.connection, limit: 10 })).items
    expect(await list()).toMatchObject([{ resolving: true, externalId: null, error: expect.any(String) }])
    office.seeyon.clearFaults()
    await endPause(office)
    await poll(office)
    expect(await list()).toMatchObject([
      { personId, resolving: false, externalId: office.seeyon.member('li').id, name: '李', error: null },
    ])
    expect(await inboxOf(li.id)).toHaveLength(1)
  })

  it('that turns out to be nobody says so, and is looked up again', async () => {
    const office = await anOffice()
    office.seeyon.fault({ kind: 'status500' })
    const li = await aNamedUser('li')
    await putMapping(admin, { connectionId: office.connection, username: li.username, loginName: 'later' })
    office.seeyon.clearFaults()
    await poll(office)
    const [item] = (await listMappings({ connection: office.connection, limit: 10 })).items
    expect(item).toMatchObject({ resolving: true, error: expect.stringContaining('later') })
    office.seeyon.addMember({ loginName: 'later', name: 'Later' })
    await poll(office)
    expect((await listMappings({ connection: office.connection, limit: 10 })).items).toMatchObject([
      { resolving: false, error: null },
    ])
  })

  it('that turns out to be somebody who is here already: free, it becomes them; taken, it says so', async () => {
    const office = await anOffice()
    const before = await anEmployee(office, 'li')
    await anEmployee(office, 'wang')
    await poll(office)
    await deleteMapping(admin, before.personId)
    office.seeyon.fault({ kind: 'status500' })
    await rows(null, 'update persons set login_name = null')
    const [li, zhao] = [await aNamedUser('li'), await aNamedUser('zhao')]
    await putMapping(admin, { connectionId: office.connection, username: li.username, loginName: 'li' })
    await putMapping(admin, { connectionId: office.connection, username: zhao.username, loginName: 'wang' })
    office.seeyon.clearFaults()
    await poll(office)
    office.seeyon.send('li', { messageContent: 'to the new holder' })
    await poll(office)
    expect((await inboxOf(li.id)).map((message) => message.title)).toEqual(['to the new holder'])
    const { items } = await listMappings({ connection: office.connection, limit: 10 })
    expect(items).toHaveLength(3)
    expect(items.find((one) => one.user?.id === li.id)).toMatchObject({
      personId: before.personId,
      resolving: false,
    })
    expect(items.find((one) => one.user?.id === zhao.id)).toMatchObject({
      resolving: true,
      error: expect.stringContaining('wang'),
    })
    expect(await balance(office.connection)).toMatchObject({ difference: 0 })
  })
})

describe('the list of mappings', () => {
  it('shows those with the most waiting first, page by page, each once', async () => {
    const company = await aCompany()
    for (const [person, n] of Object.entries({ a: 1, b: 3, c: 0, d: 3, e: 2 })) {
      if (n === 0) await putMapping(admin, { ...(await toNobody(company.connection)), externalId: person })
      for (let i = 0; i < n; i++) await pushTo(company, person)
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listMappings({ connection: company.connection, limit: 2, cursor })
      seen.push(...page.items.map((item) => `${item.externalId}${item.waiting}`))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(['b3', 'd3', 'e2', 'a1', 'c0'])
    const unmapped = await listMappings({ connection: company.connection, limit: 9, unmapped: true })
    expect(unmapped.items.map((item) => item.externalId)).toEqual(['b', 'd', 'e', 'a'])
    const found = await listMappings({ connection: company.connection, limit: 9, q: 'C' })
    expect(found.items.map((item) => item.externalId)).toEqual(['c'])
  })

  const toNobody = async (connectionId: string) => ({
    connectionId,
    username: (await aNamedUser('any')).username,
  })
})
