import { beforeEach, describe, expect, it } from 'vitest'
import { ConnectorError, type ConnectorErrorKind } from '@/lib/connectors/contract'
import { takeDue } from '@/lib/inbox/pulled/leases'
import { execute, rows } from '@/lib/platform/db'
import { shared } from '@/lib/platform/state'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { titlesOf } from '@/lib/testing/inbox'
import { anEmployee, anOffice, circuitOf, closeOffices, poll } from '@/lib/testing/office'
import { aToDoList, type ToDoList } from '@/lib/testing/to-do-list'
import { until } from '@/lib/testing/until'
import { pollDue } from './poll-due'
import { syncPerson } from './sync-person'

useDatabase()
closeOffices()

const failure = (kind: ConnectorErrorKind, retryAfterSeconds?: number) =>
  new ConnectorError(kind, { 'zh-CN': '不行', en: 'no' }, { retryAfterSeconds })

/** Lets the pauses of all lanes be over. */
function endPauses(): void {
  const pauses = shared<Map<string, { until: number }>>('integrations.side-lanes', () => new Map())
  for (const pause of pauses.values()) pause.until = 0
}

type State = { dueIn: number; error: string | null; comparedAgo: number | null }
const stateOf = async (personId: string) =>
  (
    await rows<State>(
      null,
      `select extract(epoch from next_poll_at - now())::float8 as "dueIn", poll_error as error,
         extract(epoch from now() - compared_at)::float8 as "comparedAgo" from persons where id = $1::bigint`,
      personId,
    )
  )[0]!
const makeDue = (personId: string) =>
  execute(null, 'update persons set next_poll_at = now() where id = $1::bigint', personId)
const comparedAgo = (personId: string, seconds: number) =>
  execute(
    null,
    'update persons set compared_at = now() - make_interval(secs => $2) where id = $1::bigint',
    personId,
    seconds,
  )

describe('whoever’s messages are pushed', () => {
  let connection: string
  let user: string
  let personId: string
  let vendor: ToDoList
  let asked: number
  beforeEach(async () => {
    connection = await aConnection()
    user = await aUser()
    ;({ personId } = await aMapping(connection, 'xiaoyun', user, { poll: true }))
    vendor = aToDoList(connection)
    asked = 0
    vendor.meanwhile = async () => void asked++
  })
  /** A poll of whoever is due; gives how many. */
  async function pollOnce(): Promise<number> {
    const due = await takeDue(connection, 1)
    for (const lease of due) await syncPerson(vendor.live, lease)
    return due.length
  }
  const connectionRow = () =>
    rows(
      null,
      `select failures, retry_at as "retryAt", last_success_at as "lastSuccessAt", last_error as "lastError"
       from connections where id = $1::uuid`,
      connection,
    )
  const untouched = [{ failures: 0, retryAt: null, lastSuccessAt: null, lastError: null }]

  it('has the to-dos compared, and is due again when that is', async () => {
    vendor.list = [{ ref: 'missing', at: new Date() }]
    await pollOnce()
    expect(await titlesOf(user)).toEqual(['missing'])
    const state = await stateOf(personId)
    expect(state).toMatchObject({ error: null, comparedAgo: expect.any(Number) })
    expect(state.dueIn).toBeGreaterThan(3_200)
    expect(state.dueIn).toBeLessThan(4_000)
    // Comparing says nothing of whether pushes arrive.
    expect(await connectionRow()).toEqual(untouched)
  })

  it('and who opens the inbox, is not asked about more often', async () => {
    await pollOnce()
    for (const ago of [10, 3_000]) {
      await comparedAgo(personId, ago)
      await makeDue(personId)
      await pollOnce()
      expect(asked).toBe(1)
      expect((await stateOf(personId)).dueIn).toBeLessThan(3_600 * 1.1 - ago)
      expect((await stateOf(personId)).dueIn).toBeGreaterThan(3_600 * 0.9 - ago - 5)
    }
    await comparedAgo(personId, 4_000)
    await makeDue(personId)
    await pollOnce()
    expect(asked).toBe(2)
  })

  it.each(['unavailable', 'unauthorized'] as const)(
    'is left alone for longer and longer while the system is %s, which does not look like missing pushes',
    async (kind) => {
      const pauses: number[] = []
      for (let i = 0; i < 3; i++) {
        vendor.fails.listOpen = failure(kind)
        await makeDue(personId)
        await pollOnce()
        pauses.push((await stateOf(personId)).dueIn)
        expect(await stateOf(personId)).toMatchObject({ error: '不行', comparedAgo: null })
        expect(await connectionRow()).toEqual(untouched)
        // Due all the same, another one of the connection is not asked.
        await makeDue(personId)
        await pollOnce()
        expect(asked).toBe(i + 1)
        endPauses()
      }
      expect(pauses.map((pause) => Math.round(pause / 10) * 10)).toEqual([30, 60, 120])
      vendor.fails = {}
      await makeDue(personId)
      await pollOnce()
      expect(await stateOf(personId)).toMatchObject({ error: null, comparedAgo: expect.any(Number) })
    },
  )

  it('is left alone as long as the system asks for', async () => {
    vendor.fails.listOpen = failure('unavailable', 200)
    await pollOnce()
    expect(Math.round((await stateOf(personId)).dueIn / 10) * 10).toBe(200)
  })

  it('and is refused, does not keep the others from being compared', async () => {
    const { personId: other } = await aMapping(connection, 'xiaohui', await aUser(), { poll: true })
    vendor.fails.listOpen = failure('refused')
    await pollOnce()
    expect(await stateOf(personId)).toMatchObject({ error: '不行', comparedAgo: null })
    expect((await stateOf(personId)).dueIn).toBeGreaterThan(3_200)
    vendor.fails = {}
    await pollOnce()
    expect(await stateOf(other)).toMatchObject({ error: null, comparedAgo: expect.any(Number) })
    // The inbox is opened: the refused one is not asked for again before its time.
    await makeDue(personId)
    await pollOnce()
    expect(asked).toBe(2)
  })

  it('is due at once after a shutdown, without a word', async () => {
    const ending = new AbortController()
    vendor.meanwhile = async () => {
      ending.abort()
      throw failure('unavailable')
    }
    const [lease] = await takeDue(connection, 1)
    await syncPerson({ ...vendor.live, context: { ...vendor.live.context, signal: ending.signal } }, lease!)
    expect((await stateOf(personId)).dueIn).toBeLessThanOrEqual(0)
    expect((await stateOf(personId)).error).toBeNull()
    vendor.meanwhile = async () => void asked++
    expect(await pollOnce()).toBe(1)
    expect(asked).toBe(1)
  })
})

describe('whoever’s messages are polled', () => {
  const anOfficeWithTodos = (settings: object = {}) =>
    anOffice({ access: 'bound' }, { tokenMode: 'bound', ...settings })
  type Office = Awaited<ReturnType<typeof anOffice>>
  const leased = async ({ connection }: Office) => {
    const [row] = await rows<{ n: number }>(
      null,
      'select count(*)::int as n from persons where connection_id = $1::uuid and lease_until > now()',
      connection,
    )
    return row!.n
  }
  const compared = ({ seeyon }: Office) =>
    seeyon.log().filter(({ endpoint }) => endpoint === 'pendingAffairs').length

  it('has the to-dos compared beside the scans, when that is due', async () => {
    const office = await anOfficeWithTodos()
    const li = await anEmployee(office, 'li')
    for (let i = 0; i < 3; i++) await poll(office)
    expect(compared(office)).toBe(1)
    await comparedAgo(li.personId, 400)
    for (let i = 0; i < 3; i++) await poll(office)
    expect(compared(office)).toBe(2)
    expect(await stateOf(li.personId)).toMatchObject({ error: null })
    expect((await stateOf(li.personId)).dueIn).toBeLessThan(70)
  })

  it.each(['status500', 'invalidToken', 'loginPage', 'errorObject'] as const)(
    'loses nothing where comparing fails alone (%s), and it is no outage',
    async (kind) => {
      const office = await anOfficeWithTodos()
      const people = [await anEmployee(office, 'li'), await anEmployee(office, 'wang')]
      office.seeyon.fault({ kind, endpoint: 'pendingAffairs' })
      for (const { login } of people) office.seeyon.send(login, { messageContent: 'arrives' })
      await poll(office)
      const calls = compared(office)
      for (let i = 0; i < 3; i++) await poll(office)
      for (const { user, personId } of people) {
        expect(await titlesOf(user)).toEqual(['arrives'])
        expect(await stateOf(personId)).toMatchObject({ error: null, comparedAgo: null })
      }
      expect(await circuitOf(office)).toEqual({ failures: 0, retryIn: null, lastError: null })
      expect(compared(office)).toBe(calls)
      office.seeyon.clearFaults()
    },
  )

  it('is among those at once that the setting allows, in however many processes', async () => {
    const office = await anOfficeWithTodos({ concurrency: 3 })
    for (let i = 0; i < 10; i++) await anEmployee(office, `e${i}`)
    office.seeyon.configure({ latencyMs: 10 })
    office.seeyon.resetCounters()
    const never = new AbortController().signal
    const processes = [new Set<Promise<void>>(), new Set<Promise<void>>()] as const
    let polls = 0
    let most = 0
    await until('everybody was polled', async () => {
      const started = await Promise.all(processes.map((inHand) => pollDue(inHand, never)))
      polls += started[0]! + started[1]!
      most = Math.max(most, await leased(office))
      return polls >= 10 && processes.every((inHand) => inHand.size === 0)
    })
    expect(most).toBe(3)
    expect(compared(office)).toBe(10)
    expect(office.seeyon.requests().maxConcurrent).toBeLessThanOrEqual(3)
  })
})
