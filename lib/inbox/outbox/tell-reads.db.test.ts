import { beforeEach, describe, expect, it } from 'vitest'
import { act, undo } from '@/lib/inbox/acts/act'
import { execute, inTransaction, rows } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, inboxOf, outboxOf } from '@/lib/testing/inbox'
import { unmapPerson } from '../people/map-person'
import { applyScan } from '../pulled/apply-scan'
import { findOverdue, tellReads, type Claim, type Outcome } from './tell-reads'

useDatabase()

let user: string
let connection: string
let personId: string
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  personId = (await aMapping(connection, '-66', user, { poll: true })).personId
})

/** So many messages of the person, read by the employee just now; gives the undo token. */
async function read(n: number): Promise<string> {
  const items = Array.from({ length: n }, (_, i) => aListed(`${i}`))
  await applyScan(await aLease(personId), { kind: 'unread', complete: true, items, silent: false })
  return (await act(user, 'read', { filter: {}, through: '99' })).undo!
}
/** As if the time to undo, or a pause, were over. */
const timePasses = () => execute(null, `update outbox set due_at = now() where state = 'pending'`)
const syncs = async () => (await inboxOf(user)).map((message) => message.sync)
const states = async () => (await outboxOf(personId)).map((row) => row.state)

const accepted = (claim: Claim): Outcome => ({ kind: 'answered', sent: claim.reads, refused: [], error: '' })
const refused = (claim: Claim): Outcome => ({
  kind: 'answered',
  sent: [],
  refused: claim.reads,
  error: 'no such id',
})
const unclear = (): Outcome => ({ kind: 'unclear', error: 'no answer', retryInSeconds: null })
const never = () => Promise.reject(new Error('nothing was to be sent'))
const secondsUntil = (date: Date | null) => (date!.getTime() - Date.now()) / 1000

describe('telling reads', () => {
  it('waits until they can no longer be undone', async () => {
    await read(1)
    const next = await tellReads(personId, never)
    expect(secondsUntil(next)).toBeGreaterThan(5)
    expect(await syncs()).toEqual(['pending'])
  })

  it('sends at most 100 a call, each once, as ids of the source', async () => {
    await read(230)
    await timePasses()
    const calls: Claim[] = []
    expect(await tellReads(personId, async (claim) => (calls.push(claim), accepted(claim)))).toBeNull()
    expect(calls.map((call) => call.reads.length)).toEqual([100, 100, 30])
    expect(calls[0]).toMatchObject({ connectionId: connection, personExternalId: '-66', userId: user })
    const ids = calls.flatMap((call) => call.reads.map((one) => one.externalId))
    expect(new Set(ids).size).toBe(230)
    expect(await tellReads(personId, never)).toBeNull()
    const [row] = await rows<{ n: number }>(
      null,
      `select count(*)::int as n from messages where user_id = $1::uuid and sync = 'synced'`,
      user,
    )
    expect(row!.n).toBe(230)
  })

  it('by several workers at once sends each once', async () => {
    await read(150)
    await timePasses()
    const sent: string[] = []
    const work = () =>
      tellReads(personId, async (claim) => {
        sent.push(...claim.reads.map((one) => one.externalId))
        return accepted(claim)
      })
    await Promise.all([work(), work(), work()])
    expect([sent.length, new Set(sent).size]).toEqual([150, 150])
  })

  it('tells open pages what became of it', async () => {
    await read(2)
    await timePasses()
    await tellReads(personId, async (claim) => accepted(claim))
    const events = await rows<{ kind: string; count: number }>(
      null,
      'select kind, count from events where user_id = $1::uuid order by events.seq',
      user,
    )
    expect(events.at(-1)).toEqual({ kind: 'changed', count: 2 })
  })
})

describe('refusals', () => {
  it('end in "failed" after five definite ones, with growing pauses', async () => {
    await read(1)
    const pauses: number[] = []
    for (let i = 1; i <= 5; i++) {
      await timePasses()
      const next = await tellReads(personId, async (claim) => refused(claim))
      if (next) pauses.push(Math.round(secondsUntil(next)))
      expect(await syncs()).toEqual([i < 5 ? 'pending' : 'failed'])
    }
    expect(pauses).toEqual([2, 4, 8, 16])
    expect(await tellReads(personId, never)).toBeNull()
    const [message] = await inboxOf(user)
    await act(user, 'retry', { ids: [message!.id] })
    await tellReads(personId, async (claim) => accepted(claim))
    expect(await syncs()).toEqual(['synced'])
  })

  it('of one do not keep the others', async () => {
    await read(3)
    await timePasses()
    await tellReads(personId, async ({ reads }) => {
      const bad = reads.filter((one) => one.externalId === '1')
      return { kind: 'answered', sent: reads.filter((one) => !bad.includes(one)), refused: bad, error: 'no' }
    })
    expect((await syncs()).sort()).toEqual(['pending', 'synced', 'synced'])
  })
})

describe('no clear answer', () => {
  it('never ends in "failed", and is tried again', async () => {
    await read(1)
    for (let i = 0; i < 12; i++) {
      await timePasses()
      const next = await tellReads(personId, async () => unclear())
      expect(secondsUntil(next)).toBeGreaterThan(0)
      expect(secondsUntil(next)).toBeLessThan(4)
      expect(await syncs()).toEqual(['pending'])
    }
    await timePasses()
    await tellReads(personId, async (claim) => accepted(claim))
    expect(await syncs()).toEqual(['synced'])
  })

  it('between refusals does not count', async () => {
    await read(1)
    for (let i = 0; i < 4; i++) {
      await timePasses()
      await tellReads(personId, async (claim) => refused(claim))
      await timePasses()
      await tellReads(personId, async () => unclear())
    }
    expect(await syncs()).toEqual(['pending'])
  })

  it('in the middle settles what was answered, and puts off the rest', async () => {
    await read(3)
    await timePasses()
    const next = await tellReads(personId, async ({ reads }) => ({
      kind: 'answered',
      sent: reads.slice(0, 1),
      refused: reads.slice(1, 2),
      error: 'no',
      unclear: { error: 'cut', retryInSeconds: null },
    }))
    expect((await states()).sort()).toEqual(['pending', 'pending', 'sent'])
    expect(secondsUntil(next)).toBeLessThan(4)
    expect((await outboxOf(personId)).map((row) => row.refusals).sort()).toEqual([0, 0, 1])
  })

  it('drops what the employee has unread meanwhile, instead of trying again', async () => {
    const token = await read(2)
    await timePasses()
    const [kept, unread] = await inboxOf(user)
    await tellReads(personId, async () => {
      await act(user, 'unread', { ids: [unread!.id] })
      return unclear()
    })
    expect(await outboxOf(personId)).toMatchObject([{ messageId: kept!.id, state: 'pending' }])
    await timePasses()
    await tellReads(personId, async (claim) => {
      await undo(user, token)
      return refused(claim)
    })
    expect(await outboxOf(personId)).toEqual([])
    expect(await syncs()).toEqual(['none', 'none'])
  })
})

describe('a crash while sending', () => {
  it('leaves them to be sent again when the lease is over', async () => {
    await read(1)
    await timePasses()
    const crashed = tellReads(personId, () => Promise.reject(new Error('killed')))
    await expect(crashed).rejects.toThrow('killed')
    expect(await states()).toEqual(['sending'])
    const next = await tellReads(personId, never)
    expect(secondsUntil(next)).toBeGreaterThan(30)
    await execute(null, `update outbox set lease_until = now() - interval '1 second'`)
    await tellReads(personId, async (claim) => accepted(claim))
    expect(await syncs()).toEqual(['synced'])
  })

  it('or a lost job is found by the sweep, not before its time', async () => {
    await read(1)
    expect(await findOverdue()).not.toContain(personId)
    await execute(null, `update outbox set due_at = now() - interval '1 minute'`)
    expect(await findOverdue()).toContain(personId)
  })
})

describe('a person who is no longer the user’s', () => {
  it('is not told for', async () => {
    await read(1)
    await timePasses()
    await inTransaction((tx) => unmapPerson(tx, personId))
    expect(await tellReads(personId, never)).toBeNull()
    await aMapping(connection, '-66', await aUser())
    expect(await tellReads(personId, never)).toBeNull()
    expect(await findOverdue()).not.toContain(personId)
  })

  it('and what was being sent then is not sent again, nor asked for without end', async () => {
    await read(1)
    await timePasses()
    const next = await tellReads(personId, async () => {
      await inTransaction((tx) => unmapPerson(tx, personId))
      return unclear()
    })
    expect(next).toBeNull()
    await execute(null, `update outbox set state = 'pending', due_at = now() - interval '1 hour'`)
    expect(await tellReads(personId, never)).toBeNull()
    expect(await findOverdue()).not.toContain(personId)
  })
})

describe('a system that cannot be told', () => {
  it('leaves nothing pending', async () => {
    await read(2)
    await timePasses()
    expect(await tellReads(personId, async () => ({ kind: 'impossible' }))).toBeNull()
    expect(await syncs()).toEqual(['none', 'none'])
  })
})
