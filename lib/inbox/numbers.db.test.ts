import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rows } from '@/lib/platform/db'
import { aConnection, aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, aMessage, inboxOf } from '@/lib/testing/inbox'
import { until } from '@/lib/testing/until'
import { act } from './acts/act'
import { storePush } from './intake/store-push'
import { listMessages } from './list/list-messages'
import { eventsAfter, type StoredEvent } from './live/event-store'
import { applyScan } from './pulled/apply-scan'

const database = useDatabase()

let connection: string
let user: string
let byHand: pg.Client
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  await aMapping(connection, 'p', user)
  byHand = new pg.Client({ connectionString: database.url() })
  await byHand.connect()
})
afterEach(() => byHand.end())

/** Transactions of this database that wait for a lock, `n` of them. */
const waiting = (n: number) =>
  until(`${n} transactions wait for a lock`, async () => {
    const [row] = await rows<{ n: number }>(
      null,
      `select count(distinct pid)::int as n from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return row!.n >= n
  })

const numbersAndMessages = () =>
  rows<{ seq: string; ids: string[] }>(
    null,
    'select seq::text, ids::text[] as ids from events where user_id = $1::uuid order by events.seq',
    user,
  )

describe('an inbox that somebody holds', () => {
  it('keeps every writer waiting; numbers come out in the order of commits', async () => {
    const polled = await aConnection('polled')
    const { personId } = await aMapping(polled, '1', user, { poll: true })
    const lease = await aLease(personId)
    const read = await aMessage(connection, 'p', { title: 'first' })
    await byHand.query('begin')
    await byHand.query('select seq from inboxes where user_id = $1 for update', [user])
    const committed: string[] = []
    const note = (name: string) => () => committed.push(name)
    const items = [aListed('-5', { title: 'scan' })]
    const writers = [
      act(user, 'read', { ids: [read] }).then(note('act')),
      aMessage(connection, 'p', { title: 'push' }).then(note('push')),
      applyScan(lease, { kind: 'unread', complete: true, items, silent: false }).then(note('scan')),
    ]
    await waiting(3)
    expect(committed).toEqual([])
    expect((await inboxOf(user)).map((message) => message.title)).toEqual(['first'])
    // The one who holds the lock writes the next number; those who wait come after.
    await byHand.query(`update inboxes set seq = seq + 1 where user_id = $1`, [user])
    await byHand.query(
      `insert into events (user_id, seq, kind, ids) select user_id, seq, 'changed', '{}' from inboxes where user_id = $1`,
      [user],
    )
    await byHand.query('commit')
    await Promise.all(writers)
    expect((await numbersAndMessages()).map((event) => event.seq)).toEqual(['1', '2', '3', '4', '5'])
    expect((await inboxOf(user)).map((message) => message.title).sort()).toEqual(['first', 'push', 'scan'])
  })

  it('is not seen by a watermark before its commit', async () => {
    await aMessage(connection, 'p', { title: 'before' })
    await byHand.query('begin')
    await byHand.query('select 1 from inboxes where user_id = $1 for update', [user])
    await byHand.query('update inboxes set seq = seq + 1 where user_id = $1', [user])
    const { watermark, items } = await listMessages(user, {}, { limit: 10 })
    await byHand.query('commit')
    expect([watermark, items.length]).toEqual(['1', 1])
  })
})

describe('a mapping in the middle of being made', () => {
  it('keeps a push to that person waiting, which then goes to the new user', async () => {
    await byHand.query('begin')
    await byHand.query(
      `insert into persons (connection_id, external_id, user_id) values ($1, 'newcomer', $2)`,
      [await connectionOf('other'), user],
    )
    const push = storePush(aDelivery(other, ['newcomer'], { title: 'for the new user' }))
    await waiting(1)
    await byHand.query('commit')
    await push
    expect((await inboxOf(user)).map((message) => message.title)).toEqual(['for the new user'])
  })

  it('and one being taken away: the push then waits', async () => {
    await byHand.query('begin')
    await byHand.query(
      `update persons set user_id = null, epoch = epoch + 1 where connection_id = $1 and external_id = 'p'`,
      [connection],
    )
    const push = storePush(aDelivery(connection, ['p']))
    await waiting(1)
    await byHand.query('commit')
    await push
    expect(await inboxOf(user)).toEqual([])
    expect(
      await rows(null, 'select held, epoch from messages where connection_id = $1::uuid', connection),
    ).toEqual([{ held: false, epoch: 1 }])
  })

  let other: string
  async function connectionOf(name: string): Promise<string> {
    other = await aConnection(name)
    return other
  }
})

describe('eight writers and a reader who resumes', () => {
  it('lose nothing', async () => {
    const [WRITERS, EACH] = [8, 12]
    const strangers = await Promise.all(Array.from({ length: 4 }, () => aUser()))
    for (const [i, stranger] of strangers.entries()) await aMapping(connection, `s${i}`, stranger)
    const write = async (writer: number) => {
      for (let i = 0; i < EACH; i++) {
        const others = writer % 2 ? ['s0', 's1', 's2', 's3'] : ['s3', 's2', 's1', 's0']
        const to = writer % 3 ? ['p', ...others] : [...others, 'p']
        await storePush(aDelivery(connection, to, { title: `${writer}-${i}` }))
        if (i % 4 === 0) await act(user, 'read', { filter: {}, through: `${writer * i}` })
      }
    }
    let writing = true
    const done = Promise.all(Array.from({ length: WRITERS }, (_, i) => write(i))).finally(
      () => (writing = false),
    )
    const seen: StoredEvent[] = []
    const missing: string[] = []
    const read = async () => {
      const page = await eventsAfter(user, seen.at(-1)?.seq ?? '0', 7)
      seen.push(...page)
      const known = new Set((await inboxOf(user)).map((message) => message.id))
      missing.push(...page.flatMap((event) => event.ids).filter((id) => !known.has(id)))
      return page.length
    }
    while (writing) await read()
    await done
    while ((await read()) > 0);
    expect(missing).toEqual([])
    expect(seen.map((event) => Number(event.seq))).toEqual(seen.map((_, i) => i + 1))
    const announced = new Set(seen.filter((event) => event.kind === 'new').flatMap((event) => event.ids))
    expect(announced.size).toBe(WRITERS * EACH)
    const [row] = await rows<{ seq: string }>(
      null,
      'select seq::text from inboxes where user_id = $1::uuid',
      user,
    )
    expect(row!.seq).toBe(seen.at(-1)!.seq)
  })
})
