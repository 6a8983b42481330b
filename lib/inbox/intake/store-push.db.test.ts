import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import { listMessages } from '@/lib/inbox/list/list-messages'
import type { Folding } from '@/lib/inbox/message'
import { rows } from '@/lib/platform/db'
import { aConnection, aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { act } from '../acts/act'
import { distribute, storePush } from './store-push'

useDatabase()

let connection: string
let user: string
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  await aMapping(connection, 'xiaoyun', user)
})

const inboxOf = async (userId: string, view: 'all' | 'inbox' = 'all') =>
  (await listMessages(userId, { view }, { limit: 200 })).items
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000)
const slot = (generation: string | null, reminder: Folding['reminder'] = null): Folding => ({
  slot: 'app|form|data|1',
  generation,
  reminder,
})

describe('a push', () => {
  it('is one message of its recipient, and adds up', async () => {
    await storePush(aDelivery(connection, ['xiaoyun'], { title: '<script>alert(1)</script>' }))
    const [message, ...rest] = await inboxOf(user)
    expect(rest).toEqual([])
    expect(message).toMatchObject({
      title: '<script>alert(1)</script>',
      connectionId: connection,
      readAt: null,
    })
    expect(await balance(connection)).toMatchObject({ received: 1, delivered: 1, difference: 0 })
  })

  it('in 50 copies at once makes one message; the others are duplicates', async () => {
    const one = aDelivery(connection, ['xiaoyun', 'somebody'])
    const copies = Array.from({ length: 50 }, (_, i) => ({
      ...one,
      // The delivery id is not signed: half of the copies come under another one.
      deliverId: i % 2 ? one.deliverId : `other-${i}-${connection}`,
    }))
    const verdicts = await Promise.all(copies.map((copy) => storePush(copy).then((intake) => intake.verdict)))
    expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(1)
    expect(verdicts.filter((verdict) => verdict === 'duplicate')).toHaveLength(49)
    expect(await inboxOf(user)).toHaveLength(1)
    expect(await balance(connection)).toEqual({
      received: 100,
      delivered: 1,
      waiting: 1,
      duplicates: 98,
      dead: 0,
      difference: 0,
    })
  })

  it('without a send time is known by its delivery id only', async () => {
    const one = aDelivery(connection, ['xiaoyun'], {}, { hasSendTime: false, text: 'same' })
    expect((await storePush(one)).verdict).toBe('accepted')
    expect((await storePush({ ...one, deliverId: `${one.deliverId}-2` })).verdict).toBe('accepted')
    expect((await storePush(one)).verdict).toBe('duplicate')
    expect(await inboxOf(user)).toHaveLength(2)
  })

  it('counts unusable recipients as dead and a second naming as a duplicate', async () => {
    const people = [{ externalId: 'xiaoyun', name: null }, { problem: 'no_username' }]
    await storePush(aDelivery(connection, [], {}, { recipients: [...people, people[0]!] }))
    expect(await balance(connection)).toMatchObject({ received: 3, delivered: 1, dead: 1, duplicates: 1 })
  })

  it('keeps what the database cannot hold as it is', async () => {
    await storePush(aDelivery(connection, ['xiaoyun'], { title: 'a\0b\ud800', type: 'x\0' }))
    expect((await inboxOf(user))[0]!.title).toBe('a\uFFFDb\uFFFD')
  })

  it('to 1,200 people is written in steps, and nothing is missing in between', async () => {
    const people = Array.from({ length: 1200 }, (_, i) => `person-${i}`)
    const { deliveryId } = await storePush(aDelivery(connection, people))
    const before = await balance(connection)
    expect(before).toMatchObject({ received: 1200, waiting: 1200, difference: 0 })
    const written = async () =>
      (
        await rows<{ n: number }>(
          null,
          'select count(*)::int n from messages where connection_id = $1::uuid',
          connection,
        )
      )[0]!.n
    expect(await written()).toBe(500)
    await Promise.all([distribute(deliveryId), distribute(deliveryId)])
    await distribute(deliveryId)
    expect(await written()).toBe(1200)
    expect((await balance(connection)).difference).toBe(0)
  })

  it('that fails half-way leaves nothing behind', async () => {
    const broken = aDelivery(connection, ['xiaoyun'], { sentAt: new Date(NaN) })
    await expect(storePush(broken)).rejects.toThrow()
    expect(await balance(connection)).toMatchObject({ received: 0 })
    expect(await inboxOf(user)).toEqual([])
  })
})

describe('folding in the database', () => {
  it('keeps a message its id while its story grows', async () => {
    await storePush(
      aDelivery(connection, ['xiaoyun'], { sentAt: at(50), folding: slot(null, 'urge'), title: 'urge' }),
    )
    const [alone] = await inboxOf(user)
    await storePush(
      aDelivery(connection, ['xiaoyun'], { sentAt: at(0), folding: slot('t1'), title: 'to do' }),
    )
    const [taken, ...rest] = await inboxOf(user)
    expect(rest).toEqual([])
    expect(taken).toMatchObject({ id: alone!.id, title: 'to do', urgent: true, marks: ['urge'] })
    expect(taken!.sentAt).toBe(at(50).toISOString())
    await storePush(
      aDelivery(connection, ['xiaoyun'], { sentAt: at(900), folding: slot('t2'), title: 'again' }),
    )
    const all = await inboxOf(user)
    expect(all.map((message) => [message.title, message.doneBy])).toEqual([
      ['again', null],
      ['to do', 'source'],
    ])
    expect(await balance(connection)).toMatchObject({ received: 3, delivered: 3, difference: 0 })
  })

  it('reopens what the employee did only for a push sent later', async () => {
    const push = (sentAt: Date, reminder: Folding['reminder']) =>
      storePush(aDelivery(connection, ['xiaoyun'], { sentAt, folding: slot('t1', reminder) }))
    await push(at(0), null)
    const [message] = await inboxOf(user)
    await act(user, 'done', { ids: [message!.id] })
    await push(at(10), 'timeout')
    expect((await inboxOf(user))[0]).toMatchObject({ doneBy: 'user', marks: ['timeout'] })
    await push(new Date(Date.now() + 60_000), 'urge')
    expect((await inboxOf(user))[0]).toMatchObject({ doneBy: null, readAt: null, marks: ['urge', 'timeout'] })
  })

  it('gives the same messages for every order of arrival, in parallel too', async () => {
    const story: [number, Folding][] = [
      [0, slot('t1')],
      [30, slot(null)],
      [40, slot(null, 'urge')],
      [200, slot('t2')],
      [210, slot('t2', 'timeout')],
      [205, slot(null, 'urge')],
      [500, slot(null)],
    ]
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(
          story.map((_, i) => i),
          { minLength: story.length },
        ),
        fc.boolean(),
        async (order, parallel) => {
          const [own, someone] = [await aConnection(), await aUser()]
          await aMapping(own, 'p', someone)
          // The hash orders pushes, so a push has the same body whatever its place in the order.
          const pushes = order.map((i) => {
            const [seconds, folding] = story[i]!
            return aDelivery(
              own,
              ['p'],
              { sentAt: at(seconds), folding, title: `${i}` },
              { text: `body ${i}` },
            )
          })
          if (parallel) await Promise.all([...pushes, ...pushes].map(storePush))
          else for (const one of pushes) await storePush(one)
          const said = (await inboxOf(someone)).map((m) => [m.title, m.sentAt, m.marks, m.doneBy, m.urgent])
          seen.add(JSON.stringify(said.sort()))
          expect((await balance(own)).difference).toBe(0)
        },
      ),
      { numRuns: 40 },
    )
    expect(seen.size).toBe(1)
  })
})
