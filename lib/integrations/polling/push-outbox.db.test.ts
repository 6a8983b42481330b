import { describe, expect, it } from 'vitest'
import { forgetTokens } from '@/lib/connectors/seeyon/rest/kept-tokens'
import { act } from '@/lib/inbox/acts/act'
import { execute, rows } from '@/lib/platform/db'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf, outboxOf } from '@/lib/testing/inbox'
import {
  admin,
  anEmployee,
  anOffice,
  circuitOf,
  closeOffices,
  endPause,
  poll,
  tell,
  type Employee,
} from '@/lib/testing/office'
import type { FaultInput, SeeyonStart } from '@/simulators/seeyon'
import { deleteMapping } from '../people/map-people'
import { pushOutbox, sweepOutbox } from './push-outbox'

useDatabase()
closeOffices()

/** An employee who has just read `n` messages. */
async function aReader(n: number, start: SeeyonStart = {}) {
  const office = await anOffice(start)
  const li = await anEmployee(office, 'li')
  await poll(office)
  office.seeyon.sendMany('li', n)
  await poll(office)
  await act(li.user, 'read', { filter: {}, through: '99' })
  return { office, li }
}
const syncs = async ({ user }: Employee) => [...new Set((await inboxOf(user)).map((message) => message.sync))]
const jobs = ({ personId }: Employee) =>
  rows<{ in: number }>(
    null,
    `select extract(epoch from run_at - now())::float8 as in from graphile_worker.jobs
     where key = 'push-outbox:' || $1 and attempts = 0`,
    personId,
  )

describe('reads', () => {
  it('are asked for in the transaction of the act, for when they are due', async () => {
    const { li } = await aReader(2)
    const [job, ...more] = await jobs(li)
    expect(more).toEqual([])
    expect(job!.in).toBeGreaterThan(8)
    expect(job!.in).toBeLessThanOrEqual(10)
    await act(li.user, 'unread', { filter: {}, through: '99' })
    await act(li.user, 'read', { filter: {}, through: '99' }, { tellAtOnce: true })
    expect((await jobs(li))[0]!.in).toBeLessThanOrEqual(0)
  })

  it('go out by hundreds', async () => {
    const { office, li } = await aReader(230)
    await tell(li)
    expect(office.seeyon.isreadCalls().map((call) => call.messageIds.length)).toEqual([100, 100, 30])
    expect(office.seeyon.unread('li')).toEqual([])
    expect(await syncs(li)).toEqual(['synced'])
  })

  it('of ids that are unknown there are told, too', async () => {
    const { office, li } = await aReader(2)
    office.seeyon.remove({ loginName: 'li', all: true })
    await tell(li)
    expect(await syncs(li)).toEqual(['synced'])
  })

  it('of somebody unmapped in time do not go out', async () => {
    const { office, li } = await aReader(2)
    await deleteMapping(admin, li.personId)
    await tell(li)
    expect(office.seeyon.isreadCalls()).toEqual([])
    expect(await jobs(li)).toHaveLength(1)
    await execute(null, 'delete from graphile_worker._private_jobs')
    await pushOutbox(li.personId)
    expect(await jobs(li)).toEqual([])
  })
})

const UNCLEAR: FaultInput[] = [
  { kind: 'status500' },
  { kind: 'badGateway' },
  { kind: 'loginPage' },
  { kind: 'invalidToken' },
  { kind: 'reset' },
  { kind: 'errorObject' },
  { kind: 'redirect' },
  { kind: 'custom', status: 429, body: 'slow down' },
]

describe('no clear answer', () => {
  it.each(UNCLEAR)('($kind $status) stays pending however often, and is told in the end', async (fault) => {
    const { office, li } = await aReader(3)
    office.seeyon.fault({ ...fault, endpoint: 'isread' })
    for (let i = 0; i < 7; i++) {
      await tell(li)
      await endPause(office)
      expect(await syncs(li)).toEqual(['pending'])
    }
    expect((await jobs(li)).length).toBe(1)
    office.seeyon.clearFaults()
    // An endpoint that refused good tokens is not tried with a new one each time.
    forgetTokens(office.connection)
    await tell(li)
    expect(await syncs(li)).toEqual(['synced'])
    expect(office.seeyon.unread('li')).toEqual([])
  })

  it('whose read was carried out all the same is told twice without harm', async () => {
    const { office, li } = await aReader(3)
    office.seeyon.fault({ kind: 'reset', endpoint: 'isread', carryOut: true, count: 1 })
    await tell(li)
    expect(office.seeyon.unread('li')).toEqual([])
    await endPause(office)
    await tell(li)
    expect(await syncs(li)).toEqual(['synced'])
  })

  it('while the connection pauses is not asked for at all', async () => {
    const { office, li } = await aReader(1)
    await execute(null, `update connections set failures = 2, retry_at = now() + interval '20 seconds'`)
    await tell(li)
    expect(office.seeyon.isreadCalls()).toEqual([])
    const [row] = await outboxOf(li.personId)
    expect(row).toMatchObject({ state: 'pending' })
    expect(row!.dueIn).toBeGreaterThan(10)
    expect(await circuitOf(office)).toMatchObject({ failures: 2 })
  })
})

describe('a definite refusal', () => {
  it('fails after five, and can be tried again', async () => {
    const { office, li } = await aReader(2)
    office.seeyon.fault({ kind: 'custom', status: 403, body: 'no', endpoint: 'isread' })
    for (let i = 1; i <= 5; i++) {
      expect(await syncs(li)).toEqual(['pending'])
      await tell(li)
    }
    expect(await syncs(li)).toEqual(['failed'])
    expect(await circuitOf(office)).toMatchObject({ failures: 0 })
    office.seeyon.clearFaults()
    await act(li.user, 'retry', { ids: (await inboxOf(li.user)).map((message) => message.id) })
    await tell(li)
    expect(await syncs(li)).toEqual(['synced'])
  })

  it('of a batch does not keep the good ones: they go one by one', async () => {
    const { office, li } = await aReader(3)
    // The batch is refused, then the first of the three.
    office.seeyon.fault({ kind: 'custom', status: 400, body: 'no', endpoint: 'isread', count: 2 })
    await tell(li)
    expect((await inboxOf(li.user)).map((message) => message.sync).sort()).toEqual([
      'pending',
      'synced',
      'synced',
    ])
  })

  it('and then no answer leaves the circuit open, and all of them to be tried again soon', async () => {
    const { office, li } = await aReader(3)
    office.seeyon.fault({ kind: 'custom', status: 400, body: 'no', endpoint: 'isread', count: 1 })
    office.seeyon.fault({ kind: 'status500', endpoint: 'isread' })
    await tell(li)
    expect(await circuitOf(office)).toMatchObject({ failures: 1 })
    const left = await outboxOf(li.personId)
    expect(left.map((row) => row.state)).toEqual(['pending', 'pending', 'pending'])
    expect(Math.max(...left.map((row) => row.dueIn))).toBeLessThan(5)
  })
})

describe('a job that was lost', () => {
  it('is asked for again by the sweep', async () => {
    const { li } = await aReader(1)
    await execute(null, 'delete from graphile_worker._private_jobs')
    await execute(null, `update outbox set due_at = now() - interval '1 minute'`)
    await sweepOutbox()
    expect(await jobs(li)).toHaveLength(1)
  })
})
