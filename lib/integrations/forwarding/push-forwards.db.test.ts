import { afterAll, describe, expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { balance } from '@/lib/inbox/balance'
import { claimForwards } from '@/lib/inbox/forwards/forwards'
import { execute, rows } from '@/lib/platform/db'
import { environment } from '@/lib/platform/env'
import { useDatabase } from '@/lib/testing/database'
import { aPair, BASE, forwardsTo, inBoth, pushTo } from '@/lib/testing/forwarding'
import { inboxOf } from '@/lib/testing/inbox'
import { admin, anOffice, circuitOf, closeOffices, endPause, poll } from '@/lib/testing/office'
import { aPush, post } from '@/lib/testing/pushes'
import { until } from '@/lib/testing/until'
import { changeConnection, deleteConnection } from '../connections/connections'
import { deleteMapping, putMapping } from '../people/map-people'
import { tasks } from '../run-job'
import { pushForwards, sweepForwards } from './push-forwards'

useDatabase()
closeOffices()
afterAll(() => Object.assign(environment(), { baseUrl: null }))

type Pair = Awaited<ReturnType<typeof aPair>>
const push = ({ office }: Pair) => pushForwards(office.connection)
const states = async ({ office }: Pair) => (await forwardsTo(office)).map(({ state }) => state)
const sends = ({ office }: Pair) => office.seeyon.requests().endpoints.send.total
const evenBalances = async ({ office, company }: Pair) => {
  for (const { connection } of [office, company]) {
    expect(await balance(connection)).toMatchObject({ difference: 0 })
  }
}
const jobs = ({ office }: Pair) =>
  rows<{ in: number }>(
    null,
    `select extract(epoch from run_at - now())::float8 as in from graphile_worker.jobs where key = $1`,
    `push-forwards:${office.connection}`,
  )

describe('a new message', () => {
  it('goes to its employee over there, with a link back, and does not come back as a second one', async () => {
    const pair = await aPair()
    const { office, company, li } = pair
    await pushTo(pair, ['li'])
    expect(await jobs(pair)).toHaveLength(1)
    await push(pair)
    const [message] = await inboxOf(li.user)
    const [forward] = await forwardsTo(office)
    expect(forward).toMatchObject({ messageId: message!.id, state: 'sent', tries: 1 })
    expect(forward!.token).toMatch(/^[\w-]{22}$/)
    const [copy, ...more] = office.seeyon.messages('li')
    expect(more).toEqual([])
    expect(copy).toMatchObject({
      senderName: '信息中心',
      linkParams: expect.arrayContaining([
        `${BASE}/messages/${message!.id}?via=${forward!.token}`,
      ]) as string[],
    })
    expect(copy!.messageContent).toBe(
      `[${message!.connectionName}] ${message!.title} · ${message!.subtitle ?? ''}`,
    )
    expect(message!.connectionId).toBe(company.connection)
    for (let i = 0; i < 3; i++) await poll(office)
    expect(await inboxOf(li.user)).toHaveLength(1)
    await evenBalances(pair)
  })

  it('is sent once, however often it comes and whoever sends it', async () => {
    const pair = await aPair()
    const prepared = pair.company.sender.prepare(aPush(['li']))
    await Promise.all(Array.from({ length: 10 }, () => post(prepared)))
    await Promise.all(Array.from({ length: 6 }, () => push(pair)))
    await push(pair)
    expect(sends(pair)).toBe(1)
    expect(pair.office.seeyon.unread('li')).toHaveLength(1)
    await poll(pair.office)
    expect(await inboxOf(pair.li.user)).toHaveLength(1)
    await evenBalances(pair)
  })

  it('goes to each employee on their own, by several workers at once', async () => {
    const pair = await aPair()
    const others = await Promise.all(
      Array.from({ length: 20 }, (_, i) => `m${i}`).map((name) => inBoth(pair, name)),
    )
    await pushTo(pair, ['li', ...others.map(({ sourceName }) => sourceName), 'nobody here'])
    await Promise.all([push(pair), push(pair), push(pair)])
    expect(sends(pair)).toBe(21)
    for (const { login } of others) expect(pair.office.seeyon.unread(login)).toHaveLength(1)
    await poll(pair.office)
    for (const { user } of others) expect(await inboxOf(user)).toHaveLength(1)
    await evenBalances(pair)
  })

  it('of a push that the worker writes to its end goes as well', async () => {
    const pair = await aPair()
    const many = Array.from({ length: 501 }, (_, i) => `a${i}`)
    await pushTo(pair, [...many, 'li'])
    expect(await forwardsTo(pair.office)).toEqual([])
    const [job] = await rows<{ payload: Record<string, string> }>(
      null,
      `select payload from graphile_worker._private_jobs j join graphile_worker.jobs using (id)
       where task_identifier = 'distribute'`,
    )
    await tasks.distribute(job!.payload)
    expect(await states(pair)).toEqual(['pending'])
  })
})

describe('what is passed on', () => {
  it('is what the rule names, by kind and by category', async () => {
    const byOp = await aPair({ ops: ['form_schedule_message'] })
    await pushTo(byOp, ['li'])
    expect(await forwardsTo(byOp.office)).toEqual([])
    const byCategory = await aPair({ categories: ['todo', 'cc'] })
    await pushTo(byCategory, ['li'])
    expect(await forwardsTo(byCategory.office)).toEqual([])
    const both = await aPair({ ops: ['data_create_message'], categories: ['notice'] })
    await pushTo(both, ['li'])
    expect(await forwardsTo(both.office)).toHaveLength(1)
  })

  it('is nothing without a public address', async () => {
    const pair = await aPair()
    Object.assign(environment(), { baseUrl: null })
    await pushTo(pair, ['li'])
    expect(await forwardsTo(pair.office)).toEqual([])
  })

  it('is nothing for somebody who is nobody over there, nor what is delivered late', async () => {
    const pair = await aPair()
    const { li, office } = pair
    await deleteMapping(admin, li.personId)
    await pushTo(pair, ['li', 'later'])
    expect(await inboxOf(li.user)).toHaveLength(1)
    const [{ username }] = (await rows<{ username: string }>(
      null,
      'select username from users where id = $1::uuid',
      li.user,
    )) as [{ username: string }]
    await putMapping(admin, { connectionId: office.connection, username, loginName: 'li' })
    await deleteMapping(admin, li.sourcePerson)
    await putMapping(admin, { connectionId: pair.company.connection, username, externalId: 'later' })
    expect(await inboxOf(li.user)).toHaveLength(1)
    expect(await forwardsTo(office)).toEqual([])
  })
})

describe('sending', () => {
  it('whose answer is lost is unclear, never repeated, and proved by the copy that arrives', async () => {
    const pair = await aPair()
    const { office, li } = pair
    await pushTo(pair, ['li'])
    office.seeyon.fault({ kind: 'reset', endpoint: 'send', carryOut: true, count: 1 })
    await push(pair)
    expect(await states(pair)).toEqual(['unclear'])
    await endPause(office)
    for (let i = 0; i < 3; i++) await push(pair)
    await sweepForwards()
    expect(sends(pair)).toBe(1)
    await poll(office)
    expect(await states(pair)).toEqual(['sent'])
    expect(await inboxOf(li.user)).toHaveLength(1)
    await evenBalances(pair)
  })

  it('that is still going on when its copy is polled makes no second message', async () => {
    const pair = await aPair()
    const { office, li } = pair
    await pushTo(pair, ['li'])
    office.seeyon.fault({ kind: 'hold', endpoint: 'send' })
    const sending = push(pair)
    await until('Seeyon has it', () => office.seeyon.unread('li').length > 0)
    await poll(office)
    expect(await states(pair)).toEqual(['sent'])
    office.seeyon.clearFaults()
    await sending
    expect(await states(pair)).toEqual(['sent'])
    expect(await inboxOf(li.user)).toHaveLength(1)
  })

  it('that is refused stays so, with the words', async () => {
    const pair = await aPair()
    await pushTo(pair, ['li'])
    pair.office.seeyon.fault({ kind: 'result', endpoint: 'send', body: '没有权限' })
    await push(pair)
    await push(pair)
    expect(await forwardsTo(pair.office)).toMatchObject([{ state: 'refused', lastError: /没有权限/ }])
    expect(sends(pair)).toBe(1)
  })

  it('waits while the system is away, tries one first, and then sends all', async () => {
    const pair = await aPair({}, { restPassword: 'right' })
    const { office } = pair
    for (let i = 0; i < 5; i++) await pushTo(pair, ['li'])
    office.seeyon.expireTokens()
    office.seeyon.fault({ kind: 'status500', endpoint: 'token' })
    // The dead token is noticed by the first to use it.
    await push(pair)
    expect(await states(pair)).toEqual(Array(5).fill('pending'))
    expect((await circuitOf(office)).failures).toBeGreaterThan(0)
    const before = sends(pair)
    await execute(null, 'delete from graphile_worker._private_jobs')
    await push(pair)
    expect(sends(pair)).toBe(before)
    const [job] = await jobs(pair)
    expect(job!.in).toBeGreaterThan(0)
    office.seeyon.clearFaults()
    await endPause(office)
    await execute(null, 'update forwards set due_at = now()')
    await push(pair)
    expect(await states(pair)).toEqual(Array(5).fill('sent'))
    expect(office.seeyon.unread('li')).toHaveLength(5)
    expect(office.seeyon.requests().endpoints.send.byStatus).toMatchObject({ 200: 5 })
  })

  it('one after the other ends with the first that gets no answer: the others wait', async () => {
    const pair = await aPair()
    await execute(null, `update connections set retry_at = now() where id = $1::uuid`, pair.office.connection)
    for (let i = 0; i < 3; i++) await pushTo(pair, ['li'])
    pair.office.seeyon.fault({ kind: 'status500', endpoint: 'send' })
    await push(pair)
    expect(await states(pair)).toEqual(['unclear', 'pending', 'pending'])
    expect(sends(pair)).toBe(1)
  })

  it('is given up after a day', async () => {
    const pair = await aPair()
    await pushTo(pair, ['li'])
    await execute(null, `update forwards set created_at = now() - interval '25 hours'`)
    await push(pair)
    expect(await states(pair)).toEqual(['refused'])
    expect(sends(pair)).toBe(0)
  })

  it('by a process that died is unclear, and not repeated', async () => {
    const pair = await aPair()
    await pushTo(pair, ['li'])
    expect(await claimForwards(pair.office.connection, 8, 60)).toHaveLength(1)
    await push(pair)
    expect(await states(pair)).toEqual(['sending'])
    await execute(
      null,
      `update forwards set lease_until = now() - interval '1 second', due_at = now() - interval '1 minute'`,
    )
    await execute(null, 'delete from graphile_worker._private_jobs')
    await sweepForwards()
    expect(await jobs(pair)).toHaveLength(1)
    await push(pair)
    expect(await forwardsTo(pair.office)).toMatchObject([{ state: 'unclear', lastError: /中断/ }])
    expect(sends(pair)).toBe(0)
  })
})

describe('what is no news any more', () => {
  const cancelled = async (why: (pair: Pair) => Promise<unknown>) => {
    const pair = await aPair()
    await pushTo(pair, ['li'])
    await why(pair)
    await push(pair)
    expect(await states(pair)).toEqual(['cancelled'])
    expect(sends(pair)).toBe(0)
  }
  it('is not sent: read meanwhile', () => cancelled(({ li }) => act(li.user, 'read', ONE)))
  it('is not sent: done meanwhile', () => cancelled(({ li }) => act(li.user, 'done', ONE)))
  it('is not sent: no longer that person over there', () =>
    cancelled(({ li }) => deleteMapping(admin, li.personId)))
  it('is not sent: no longer that person where it came from', () =>
    cancelled(({ li }) => deleteMapping(admin, li.sourcePerson)))
  it('is not sent: forwarding was turned off', () =>
    cancelled(({ company }) =>
      changeConnection(admin, company.connection, { settings: { forward: null } }, 'en'),
    ))
  it('is not sent: it goes elsewhere by now', () =>
    cancelled(async ({ company }) => {
      const { connection } = await anOffice()
      const forward = { connectionId: connection, senderLoginName: 'notice' }
      await changeConnection(admin, company.connection, { settings: { forward } }, 'en')
    }))
  it('is not sent: the connection was archived', () =>
    cancelled(({ office }) => deleteConnection(admin, office.connection, false)))
})
const ONE = { filter: {}, through: '99' }
