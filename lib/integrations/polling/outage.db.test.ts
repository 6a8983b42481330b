import { describe, expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { execute, rows } from '@/lib/platform/db'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import {
  anEmployee,
  anOffice,
  circuitOf,
  closeOffices,
  endPause,
  poll,
  pollWhoIsDue,
  tell,
  type Employee,
  type Office,
} from '@/lib/testing/office'
import { until } from '@/lib/testing/until'
import { recordFailure, recordSuccess } from '../connections/circuit-store'
import { openMessage } from '../connections/open-message'
import { pollDue } from './poll-due'

useDatabase()
closeOffices()

async function employees(office: Office, n: number): Promise<Employee[]> {
  const all: Employee[] = []
  for (let i = 0; i < n; i++) all.push(await anEmployee(office, `e${i}`))
  return all
}
const calls = (office: Office) => {
  const { unread, all, token } = office.seeyon.requests().endpoints
  return { lists: unread.total + all.total, tokens: token.total }
}
const errorsOf = (office: Office) =>
  rows<{ error: string | null }>(
    null,
    'select poll_error as error from persons where connection_id = $1::uuid and poll_error is not null',
    office.connection,
  )

const preferences = { markRead: 'byHand', locale: 'auto', theme: 'system', density: 'comfortable' } as const
const eventsOf = async (user: string) =>
  (
    await rows<{ kind: string }>(
      null,
      'select kind from events where user_id = $1::uuid order by events.seq',
      user,
    )
  ).map((event) => event.kind)

describe('an outage', () => {
  it('pauses the connection, is probed by one, and everybody catches up when it is over', async () => {
    const office = await anOffice({}, { concurrency: 3 })
    const all = await employees(office, 6)
    await poll(office)
    office.seeyon.fault({ kind: 'status500' })
    for (const { login } of all) office.seeyon.send(login, { messageContent: 'in the outage' })
    office.seeyon.resetCounters()
    await poll(office)
    const open = await circuitOf(office)
    expect(open).toMatchObject({ failures: 1, lastError: expect.stringContaining('500') })
    expect(open.retryIn).toBeGreaterThan(0)
    expect(calls(office).lists).toBe(3)
    expect(await pollWhoIsDue()).toBe(0)

    await endPause(office)
    expect(await pollWhoIsDue()).toBe(1)
    expect((await circuitOf(office)).failures).toBe(2)
    expect((await errorsOf(office)).length).toBeGreaterThan(0)

    office.seeyon.clearFaults()
    await endPause(office)
    await until('everybody has caught up', async () => {
      await pollWhoIsDue()
      const shown = await Promise.all(all.map(({ user }) => inboxOf(user)))
      return shown.every((messages) => messages.length === 1)
    })
    expect(await circuitOf(office)).toEqual({ failures: 0, retryIn: null, lastError: null })
    expect(await errorsOf(office)).toEqual([])
  })

  it('of a server that is gone is the same', async () => {
    const office = await anOffice()
    await employees(office, 1)
    await poll(office)
    await office.seeyon.close()
    await poll(office)
    expect(await circuitOf(office)).toMatchObject({ failures: 1 })
  })

  it('is probed at least every 30 s, the probe’s own time included, with pauses that first grow', async () => {
    const office = await anOffice()
    const pauses: number[] = []
    for (let i = 0; i < 15; i++) {
      await recordFailure(office.connection, 'away')
      pauses.push((await circuitOf(office)).retryIn!)
      await endPause(office)
    }
    expect(pauses[0]).toBeLessThanOrEqual(1)
    expect(pauses[4]!).toBeGreaterThan(pauses[0]!)
    // A probe may hang for 15 s before it fails.
    expect(Math.max(...pauses)).toBeLessThanOrEqual(14)
  })

  it('that names a time is left alone for so long, within the 30 s', async () => {
    const office = await anOffice()
    await recordFailure(office.connection, 'busy', 12)
    expect((await circuitOf(office)).retryIn).toBeGreaterThan(11)
    await endPause(office)
    await recordFailure(office.connection, 'busy', 3600)
    expect((await circuitOf(office)).retryIn).toBeLessThanOrEqual(30)
  })

  it('counts once for all who fail at the same time', async () => {
    const office = await anOffice()
    await Promise.all([1, 2, 3, 4].map(() => recordFailure(office.connection, 'away')))
    expect(await circuitOf(office)).toMatchObject({ failures: 1 })
    await recordSuccess(office.connection)
    expect(await circuitOf(office)).toMatchObject({ failures: 0, retryIn: null })
  })
})

describe('what is no outage', () => {
  it('a shutdown: what is in hand is given back, due at once', async () => {
    const office = await anOffice()
    const [one] = await employees(office, 1)
    await poll(office)
    office.seeyon.fault({ kind: 'hang', endpoint: 'unread' })
    await execute(null, 'update persons set next_poll_at = now() where id = $1::bigint', one!.personId)
    const ending = new AbortController()
    const inHand = new Set<Promise<void>>()
    await pollDue(inHand, ending.signal)
    await until('the call hangs', () => office.seeyon.requests().inFlight > 0)
    ending.abort()
    await Promise.all(inHand)
    expect(await circuitOf(office)).toMatchObject({ failures: 0, lastError: null })
    office.seeyon.clearFaults()
    expect(await pollWhoIsDue()).toBe(1)
    expect(await errorsOf(office)).toEqual([])
  })

  it('one person’s list with something unusable in it: the rest of it arrives, as news', async () => {
    const office = await anOffice()
    const odd = (await employees(office, 1))[0]!
    const { id } = office.seeyon.send(odd.login)
    const row = { creationDate: Date.now(), messageContent: 'x', isRead: false }
    const body = `[${JSON.stringify(row)},{"id":${id},"messageContent":"good","isRead":false}]`
    const fault = {
      kind: 'custom' as const,
      status: 200,
      type: 'application/json',
      body,
    }
    office.seeyon.fault({ ...fault, endpoint: 'all', body: `[${JSON.stringify(row)}]` })
    office.seeyon.fault({ ...fault, endpoint: 'unread', body: `[${JSON.stringify(row)}]` })
    await poll(office)
    expect(await inboxOf(odd.user)).toEqual([])
    office.seeyon.clearFaults()
    office.seeyon.fault({ ...fault, endpoint: 'unread' })
    await poll(office)
    expect(await circuitOf(office)).toMatchObject({ failures: 0 })
    expect((await inboxOf(odd.user)).map((message) => message.title)).toEqual(['good'])
    expect(await errorsOf(office)).toHaveLength(1)
    expect(await eventsOf(odd.user)).toEqual(['new'])
  })

  it('a person mapped by what is no id', async () => {
    const office = await anOffice()
    const [one] = await employees(office, 1)
    await execute(null, `update persons set external_id = 'abc' where id = $1::bigint`, one!.personId)
    await poll(office)
    expect(await circuitOf(office)).toMatchObject({ failures: 0 })
    expect(await errorsOf(office)).toHaveLength(1)
  })
})

describe('tokens', () => {
  it('are fetched once, however many find that theirs is dead', async () => {
    const office = await anOffice({}, { concurrency: 8 })
    const all = await employees(office, 8)
    await poll(office)
    office.seeyon.expireTokens()
    for (const { login } of all) office.seeyon.send(login)
    office.seeyon.resetCounters()
    expect(await poll(office)).toBe(8)
    expect(calls(office).tokens).toBe(1)
    for (const { user } of all) expect(await inboxOf(user)).toHaveLength(1)
  })

  it('refused stay an outage, not a flood of wrong passwords', async () => {
    const office = await anOffice()
    await employees(office, 5)
    await poll(office)
    office.seeyon.configure({ restPassword: 'another' })
    office.seeyon.expireTokens()
    office.seeyon.resetCounters()
    for (let i = 0; i < 4; i++) {
      await endPause(office)
      await poll(office)
    }
    expect(await circuitOf(office)).toMatchObject({ lastError: expect.any(String) })
    expect(calls(office).tokens).toBe(1)
  })
})

describe('how many at once', () => {
  it('is kept to by everything together: polls, reads to tell, originals opened, sign-in names', async () => {
    const office = await anOffice({ latencyMs: 20 }, { concurrency: 2 })
    const all = await employees(office, 6)
    await poll(office)
    for (const { login } of all) office.seeyon.sendMany(login, 2)
    await poll(office)
    for (const { user } of all) await act(user, 'read', { filter: {}, through: '99' })
    office.seeyon.resetCounters()
    const opened = all.map(async ({ user }) => {
      const [message] = await inboxOf(user)
      return openMessage({ id: user, preferences }, message!.id)
    })
    await Promise.all([poll(office), ...all.map(tell), ...opened, anEmployee(office, 'late')])
    const { endpoints, maxConcurrent } = office.seeyon.requests()
    expect(endpoints.isread.total).toBe(6)
    expect(endpoints.linkurl.total).toBe(6)
    expect(maxConcurrent).toBeLessThanOrEqual(2)
  })

  it('is kept to, over polls of everybody', async () => {
    const office = await anOffice({ latencyMs: 5 }, { concurrency: 2 })
    await employees(office, 9)
    office.seeyon.resetCounters()
    expect(await poll(office)).toBe(9)
    expect(office.seeyon.requests().maxConcurrent).toBeLessThanOrEqual(2)
  })
})
