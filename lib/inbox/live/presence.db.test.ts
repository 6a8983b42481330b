import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { execute, pool, rows } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { until } from '@/lib/testing/until'
import { subscribe } from './hub'
import { markWatched, watch } from './presence'

useDatabase()

const closers: (() => void)[] = []
let connection: string
beforeEach(async () => {
  // The half minute passes when a test says so; all else takes its time.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  connection = await aConnection()
})
afterEach(() => {
  vi.restoreAllMocks()
  closers.splice(0).forEach((close) => close())
  halfAMinute()
  vi.useRealTimers()
})

const halfAMinute = () => vi.advanceTimersByTime(30_000)

async function employee(poll: { polledAgo: number | null; dueIn: number }) {
  const user = await aUser()
  const { personId } = await aMapping(connection, user, user, { poll: true })
  await execute(
    null,
    `update persons set polled_at = now() - make_interval(secs => $2), next_poll_at = now() + make_interval(secs => $3)
     where id = $1::bigint`,
    personId,
    poll.polledAgo,
    poll.dueIn,
  )
  return { user, personId }
}
const open = (user: string) => {
  const close = watch(user)
  closers.push(close)
  return close
}
const watchedFor = async (user: string) => {
  const [row] = await rows<{ s: number | null }>(
    null,
    'select extract(epoch from watched_until - now())::float8 as s from users where id = $1::uuid',
    user,
  )
  return row!.s
}
const dueIn = async (personId: string) => {
  const [row] = await rows<{ s: number }>(
    null,
    'select extract(epoch from next_poll_at - now())::float8 as s from persons where id = $1::bigint',
    personId,
  )
  return row!.s
}
/** The statements about presence that were sent from here on. */
function statements(): string[] {
  const sent: string[] = []
  const query = pool().query.bind(pool())
  const counted = (...args: unknown[]): unknown => {
    const { text } = args[0] as { text: string }
    if (/watched_until|with later/.test(text) && !text.includes('extract(')) sent.push(text)
    return Reflect.apply(query, pool(), args)
  }
  vi.spyOn(pool(), 'query').mockImplementation(counted as never)
  return sent
}

describe('an open page', () => {
  it('is noted for a minute, and again while it is open', async () => {
    const { user } = await employee({ polledAgo: 0, dueIn: 60 })
    open(user)
    expect(await until('it is noted', () => watchedFor(user))).toBeGreaterThan(55)
    await execute(
      null,
      `update users set watched_until = now() + interval '20 seconds' where id = $1::uuid`,
      user,
    )
    halfAMinute()
    await until('it is noted again', async () => (await watchedFor(user))! > 55)
  })

  it('that is closed is noted no more, and ends by itself', async () => {
    const { user } = await employee({ polledAgo: 0, dueIn: 60 })
    const close = open(user)
    await until('it is noted', () => watchedFor(user))
    close()
    const sent = statements()
    halfAMinute()
    halfAMinute()
    await execute(null, 'select 1')
    expect(sent).toEqual([])
  })

  it('is noted by one statement for all users, however many pages they have', async () => {
    const people = await Promise.all([1, 2, 3, 4].map(() => employee({ polledAgo: 0, dueIn: 60 })))
    const sent = statements()
    for (const { user } of people) for (let i = 0; i < 3; i++) open(user)
    for (const { user } of people) await until('it is noted', () => watchedFor(user))
    await until('both were sent', () => sent.length === 2)
    halfAMinute()
    await until('all were noted again', () => sent.length === 3)
    expect(sent.filter((text) => text.includes('watched_until'))).toHaveLength(2)
  })

  it('that is reloaded again and again is noted once in half a minute', async () => {
    const { user } = await employee({ polledAgo: 0, dueIn: 60 })
    const sent = statements()
    for (let i = 0; i < 5; i++) {
      open(user)()
      await new Promise((resolve) => setImmediate(resolve))
    }
    await until('it was noted', () => sent.length === 2)
    open(user)
    await execute(null, 'select 1')
    expect(sent).toHaveLength(2)
    halfAMinute()
    await until('it is noted again', () => sent.length === 3)
  })

  it('of somebody disabled is not noted', async () => {
    const { user } = await employee({ polledAgo: 0, dueIn: 60 })
    await execute(null, 'update users set disabled_at = now() where id = $1::uuid', user)
    await markWatched([user])
    expect(await watchedFor(user)).toBeNull()
  })
})

describe('whoever opens the inbox', () => {
  it.each([
    ['long ago', { polledAgo: 400, dueIn: 200 }, 0],
    ['never', { polledAgo: null, dueIn: 200 }, 0],
    ['5 s ago', { polledAgo: 5, dueIn: 200 }, 10],
    ['5 s ago, and is due before that', { polledAgo: 5, dueIn: 3 }, 3],
    ['long ago, and is due', { polledAgo: 400, dueIn: -7 }, -7],
  ])('and was polled %s is due in time', async (_, poll, expected) => {
    const { user, personId } = await employee(poll)
    const other = await employee(poll)
    await markWatched([user])
    expect(Math.abs((await dueIn(personId)) - expected)).toBeLessThan(2)
    expect(Math.abs((await dueIn(other.personId)) - poll.dueIn)).toBeLessThan(2)
  })

  it('is not polled where nobody is, or under a name that nobody knows', async () => {
    const { user, personId } = await employee({ polledAgo: null, dueIn: 500 })
    await execute(null, 'update persons set external_id = null where id = $1::bigint', personId)
    await markWatched([user])
    expect(await dueIn(personId)).toBeGreaterThan(400)
    await execute(
      null,
      `update persons set external_id = 'x', next_poll_at = null where id = $1::bigint`,
      personId,
    )
    await markWatched([user])
    expect(await dueIn(personId)).toBeNull()
  })
})

describe('while it cannot be written', () => {
  it('nothing breaks, and it is noted afterwards, as opened', async () => {
    const { user, personId } = await employee({ polledAgo: 400, dueIn: 300 })
    const warned = vi.spyOn(log(), 'warn')
    await execute(null, 'alter table users rename to users_away')
    open(user)
    await until('it has failed', () => warned.mock.calls.length > 0)
    await execute(null, 'alter table users_away rename to users')
    halfAMinute()
    await until('it is noted', () => watchedFor(user))
    await until('the poll is due', async () => (await dueIn(personId)) <= 0)
  })
})

it('a live stream is an open page, until it ends', async () => {
  const { user } = await employee({ polledAgo: 0, dueIn: 60 })
  const nothing = () => {}
  closers.push(await subscribe(user, null, { event: nothing, counts: nothing, resync: nothing }))
  await until('it is noted', () => watchedFor(user))
  closers.splice(0).forEach((close) => close())
  const sent = statements()
  halfAMinute()
  halfAMinute()
  await execute(null, 'select 1')
  expect(sent).toEqual([])
})
