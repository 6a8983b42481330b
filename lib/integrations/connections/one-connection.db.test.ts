import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { act, undo } from '@/lib/inbox/acts/act'
import { wakeSnoozed } from '@/lib/inbox/acts/wake-snoozed'
import { getMessage } from '@/lib/inbox/list/list-messages'
import { pool, rows } from '@/lib/platform/db'
import { aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { admin, anEmployee, anOffice, closeOffices, poll, tell, type Office } from '@/lib/testing/office'
import { aCompany, aPush, post, type Company } from '@/lib/testing/pushes'
import { afterUserChanged } from '../people/after-user-change'
import { changeConnection, createConnection, deleteConnection, getConnection } from './connections'
import { replayDelivery } from '../webhooks/deliveries'
import { deleteMapping, putMapping } from '../people/map-people'
import { flushRefusals } from '../webhooks/refusals'

useDatabase()
closeOffices()

/**
 * Whatever is done in a transaction must not ask the pool for a second connection: as soon as all of them are held by
 * others who do the same, nobody gets on any more. Here all but one are taken.
 */
const held: pg.PoolClient[] = []
let office: Office
let company: Company
beforeEach(async () => {
  ;[office, company] = [await anOffice(), await aCompany()]
  const free = (pool().options.max ?? 10) - 1
  for (let i = 0; i < free; i++) held.push(await pool().connect())
})
afterEach(() => held.splice(0).forEach((client) => client.release()))

describe('with one connection to the database', () => {
  it('pushes are stored, sent again, and replayed', async () => {
    const user = await aUser()
    await aMapping(company.connection, 'xiaoyun', user)
    const push = company.sender.prepare(aPush(['xiaoyun', 'other']))
    const answers = await Promise.all([post(push), post(push), post(company.sender.prepare('nonsense'))])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect((await post({ ...push, headers: {} })).status).toBe(401)
    await flushRefusals()
    const [dead] = await rows<{ id: string }>(null, `select id::text from deliveries where verdict = 'dead'`)
    expect(await replayDelivery(admin, dead!.id, 'en')).toMatchObject({ verdict: 'dead' })
    expect(await inboxOf(user)).toHaveLength(1)
  })

  it('people are mapped, replaced, unmapped, paused and resumed', async () => {
    const names = [crypto.randomUUID(), crypto.randomUUID()] as const
    const [a, b] = [await aUser(names[0]), await aUser(names[1])]
    await post(company.sender.prepare(aPush(['xiaoyun'])))
    const map = (username: string, replace = false) =>
      putMapping(admin, { connectionId: company.connection, username, externalId: 'xiaoyun', replace })
    const { personId } = await map(names[0])
    await expect(map(names[1])).rejects.toMatchObject({ code: 'already_mapped' })
    await map(names[1], true)
    await afterUserChanged({ id: b, disabled: true })
    await afterUserChanged({ id: b, disabled: false })
    await deleteMapping(admin, personId)
    expect(await inboxOf(a)).toEqual([])
  })

  it('people are polled, act, and the source is told', async () => {
    const li = await anEmployee(office, 'li')
    await poll(office)
    office.seeyon.sendMany('li', 25)
    await poll(office)
    const [message] = await inboxOf(li.user)
    expect(await getMessage(li.user, message!.id)).toMatchObject({ id: message!.id })
    const { undo: token } = await act(li.user, 'done', { filter: {}, through: '99' })
    await undo(li.user, token!)
    await act(li.user, 'read', { filter: {}, through: '99' })
    await tell(li)
    await wakeSnoozed(li.user)
    expect(office.seeyon.unread('li')).toEqual([])
    office.seeyon.sendMany('li', 30)
    await poll(office)
    office.seeyon.markRead({ loginName: 'li', all: true })
    await poll(office)
    expect((await inboxOf(li.user, 'unread')).length).toBe(0)
  })

  it('connections are made, changed, archived and removed', async () => {
    const settings = { secret: 'a-secret' }
    const input = { connector: 'jiandaoyun', name: crypto.randomUUID(), settings }
    const id = await createConnection(admin, input, 'en')
    await changeConnection(admin, id, { settings: { secret: 'another' } }, 'en')
    await expect(createConnection(admin, input, 'en')).rejects.toMatchObject({ code: 'name_taken' })
    expect(await getConnection(id, 'http://huixin.test')).toMatchObject({ state: 'active' })
    await deleteConnection(admin, id, false)
    await deleteConnection(admin, id, true)
    await expect(getConnection(id, 'http://huixin.test')).rejects.toMatchObject({ code: 'not_found' })
  })
})
