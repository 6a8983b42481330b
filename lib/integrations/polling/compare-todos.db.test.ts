import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ConnectorError } from '@/lib/connectors/contract'
import { act } from '@/lib/inbox/acts/act'
import { balance } from '@/lib/inbox/balance'
import { storePush } from '@/lib/inbox/intake/store-push'
import { unmapPerson } from '@/lib/inbox/people/map-person'
import { setPolled } from '@/lib/inbox/people/poll-connection'
import { compareSoon } from '@/lib/inbox/todos/todos'
import { execute, inTransaction, rows } from '@/lib/platform/db'
import { aConnection, aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aMessage, inboxOf, titlesOf } from '@/lib/testing/inbox'
import { aToDoList, type ToDoList } from '@/lib/testing/to-do-list'
import { compareTodos } from './compare-todos'

useDatabase()

const HOUR = 3_600_000
let connection: string
let user: string
let personId: string
let vendor: ToDoList
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
  ;({ personId } = await aMapping(connection, 'xiaoyun', user, { poll: true }))
  vendor = aToDoList(connection)
})

const BEGUN = Math.floor(Date.now() / 1000) * 1000
const ago = (ms: number) => new Date(BEGUN - ms)
const compare = async (list = vendor) => compareTodos(list.live, await aLease(personId))
const listed = (ref: string, ms = HOUR, slot?: string) => ({ ref, at: ago(ms), slot })
const folding = (ref: string, slot = `slot of ${ref}`, reminder: 'urge' | null = null) => ({
  slot,
  generation: ref,
  reminder,
})
/** A to-do that was pushed. */
const pushed = (ref: string, ms = HOUR) =>
  aMessage(connection, 'xiaoyun', { title: ref, sentAt: ago(ms), folding: folding(ref) })
const stateOf = async (id: string) => (await inboxOf(user)).find((message) => message.id === id)
const eventsOf = (userId = user) =>
  rows<{ kind: string; count: number; ids: string[] }>(
    null,
    'select kind, count, ids::text[] as ids from events where user_id = $1::uuid order by events.seq',
    userId,
  )
const away = new ConnectorError('unavailable', { 'zh-CN': '没有回答', en: 'no answer' })

describe('what is missing here', () => {
  it('is brought in with its own time, once, and adds up', async () => {
    await pushed('here')
    vendor.list = [listed('here'), listed('missing', 5 * HOUR)]
    await compare()
    await compare()
    expect((await inboxOf(user, 'todo')).map(({ title, sentAt }) => [title, sentAt])).toEqual([
      ['here', ago(HOUR).toISOString()],
      ['missing', ago(5 * HOUR).toISOString()],
    ])
    expect(await balance(connection)).toMatchObject({
      received: 2,
      delivered: 2,
      duplicates: 0,
      difference: 0,
    })
  })

  it('comes once although many compare at the same time, and a push of it arrives too', async () => {
    vendor.list = ['a', 'b', 'c'].map((ref) => listed(ref))
    const lease = await aLease(personId)
    const push = aDelivery(connection, ['xiaoyun'], { title: 'a', sentAt: ago(HOUR), folding: folding('a') })
    await Promise.all([
      storePush(push),
      ...Array.from({ length: 10 }, () => compareTodos(vendor.live, lease)),
    ])
    expect((await titlesOf(user)).sort()).toEqual(['a', 'b', 'c'])
    expect((await balance(connection)).difference).toBe(0)
  })

  it('folds with a push that comes after it, and keeps its id', async () => {
    vendor.list = [listed('a')]
    await compare()
    const [brought] = await inboxOf(user)
    await storePush(
      aDelivery(connection, ['xiaoyun'], {
        title: 'pushed',
        sentAt: ago(HOUR - 1000),
        folding: folding('a'),
      }),
    )
    expect(await inboxOf(user)).toMatchObject([{ id: brought!.id, title: 'pushed' }])
  })

  it('is announced as what has waited after a mapping, later as news, each time together', async () => {
    vendor.list = Array.from({ length: 150 }, (_, i) => listed(`old ${i}`))
    await compare()
    const first = (await eventsOf()).filter(({ kind }) => kind !== 'changed')
    expect(first).toMatchObject([{ kind: 'delivered', count: 150 }])
    vendor.list = [...vendor.list, listed('x'), listed('y')]
    await compare()
    const [news, ...more] = (await eventsOf()).slice(-1)
    expect(more).toEqual([])
    expect(news).toMatchObject({ kind: 'new', count: 2 })
    expect((await eventsOf()).filter(({ kind }) => kind === 'new')).toHaveLength(1)
  })

  it('does not bring back what the employee has done, or an earlier holder has had', async () => {
    const id = await pushed('done')
    await act(user, 'done', { ids: [id] })
    vendor.list = [listed('done'), listed('brought')]
    await compare()
    expect(await titlesOf(user, 'todo')).toEqual(['brought'])
    expect(await balance(connection)).toMatchObject({ received: 2, difference: 0 })
    await inTransaction((tx) => unmapPerson(tx, personId))
    const heir = await aUser()
    await aMapping(connection, 'xiaoyun', heir, { poll: true })
    vendor.list.push(listed('new'))
    await compare()
    expect(await titlesOf(heir)).toEqual(['new'])
  })

  it('stays out where the mapping went while the vendor was asked', async () => {
    vendor.list = [listed('a')]
    const id = await pushed('b')
    vendor.over = ['b']
    vendor.meanwhile = () => inTransaction((tx) => unmapPerson(tx, personId))
    await compare()
    expect(await balance(connection)).toMatchObject({ received: 1, difference: 0 })
    expect(await rows(null, 'select done_at, over_at from messages where id = $1::bigint', id)).toEqual([
      { done_at: null, over_at: null },
    ])
  })
})

describe('what is over there', () => {
  it('is closed here, and only that', async () => {
    const [over, unsure, open] = [await pushed('over'), await pushed('unsure'), await pushed('open')]
    vendor.list = [listed('open')]
    vendor.over = ['over']
    await compare()
    expect(vendor.asked.map((refs) => refs.sort())).toEqual([['over', 'unsure']])
    expect(await stateOf(over)).toMatchObject({ doneBy: 'source' })
    for (const id of [unsure, open]) expect(await stateOf(id)).toMatchObject({ doneAt: null })
    expect((await eventsOf()).at(-1)).toMatchObject({ kind: 'changed', ids: [over] })
  })

  it('is not asked of what came too short a time ago', async () => {
    await pushed('new', 10_000)
    await compare()
    expect(vendor.asked).toEqual([])
  })

  it('is open again by a push sent later, and closed again by later word', async () => {
    const id = await pushed('a')
    vendor.over = ['a']
    await compare()
    const push = (sentAt: Date, title: string) =>
      storePush(
        aDelivery(connection, ['xiaoyun'], { title, sentAt, folding: folding('a', undefined, 'urge') }),
      )
    await push(ago(HOUR / 2), 'late')
    expect(await stateOf(id)).toMatchObject({ doneBy: 'source', marks: ['urge'] })
    await push(new Date(Date.now() + 5_000), 'again')
    expect(await stateOf(id)).toMatchObject({ doneBy: null, doneAt: null })
    // Too new to be missing from the list.
    await compare()
    expect(await stateOf(id)).toMatchObject({ doneBy: null })
  })

  it('is open again when it is listed as open', async () => {
    const id = await pushed('a')
    vendor.over = ['a']
    await compare()
    vendor.list = [listed('a')]
    await compare()
    expect(await stateOf(id)).toMatchObject({ doneBy: null, doneAt: null })
    expect(await titlesOf(user)).toEqual(['a'])
  })

  it('stays open for good where the employee takes it back', async () => {
    const id = await pushed('a')
    vendor.over = ['a']
    await compare()
    await act(user, 'undone', { ids: [id] })
    await compare()
    expect(vendor.asked).toHaveLength(1)
    await storePush(
      aDelivery(connection, ['xiaoyun'], { sentAt: ago(HOUR / 2), folding: folding('a', undefined, 'urge') }),
    )
    expect(await stateOf(id)).toMatchObject({ doneAt: null })
  })

  it('gives way to what the employee does while the vendor is asked', async () => {
    const [done, reopened] = [await pushed('done'), await pushed('reopened')]
    await act(user, 'done', { ids: [reopened] })
    await act(user, 'undone', { ids: [reopened] })
    vendor.over = ['done', 'reopened']
    vendor.meanwhile = async () => {
      await act(user, 'done', { ids: [done, reopened] })
      await act(user, 'undone', { ids: [reopened] })
    }
    await compare()
    expect(await stateOf(done)).toMatchObject({ doneBy: 'user' })
    expect(await stateOf(reopened)).toMatchObject({ doneAt: null })
  })

  it('gives way to a push that comes while the vendor is asked', async () => {
    const id = await pushed('a')
    vendor.over = ['a']
    vendor.meanwhile = () =>
      storePush(
        aDelivery(connection, ['xiaoyun'], {
          sentAt: ago(HOUR / 2),
          folding: folding('a', undefined, 'urge'),
        }),
      )
    await compare()
    expect(await stateOf(id)).toMatchObject({ doneAt: null, marks: ['urge'] })
  })

  it('is over for a new holder too who gets everything', async () => {
    const id = await pushed('a')
    vendor.over = ['a']
    await compare()
    await act(user, 'undone', { ids: [id] })
    await inTransaction((tx) => unmapPerson(tx, personId))
    const heir = await aUser()
    await aMapping(connection, 'xiaoyun', heir, { history: 'all' })
    expect(await inboxOf(heir)).toMatchObject([{ id, doneBy: 'source' }])
  })
})

describe('a list that names all that is open', () => {
  const polled = (ref: string) =>
    aMessage(connection, 'xiaoyun', { title: ref, sentAt: ago(HOUR), linkRef: { ref } })

  it('closes what it does not name the second time in a row', async () => {
    const list = aToDoList(connection, 'over_twice')
    const [gone, back] = [await polled('gone'), await polled('back')]
    await compare(list)
    expect(await titlesOf(user, 'todo')).toHaveLength(2)
    list.list = [listed('back')]
    await compare(list)
    expect(await stateOf(gone)).toMatchObject({ doneBy: 'source' })
    list.list = []
    await compare(list)
    expect(await stateOf(back)).toMatchObject({ doneAt: null })
    await compare(list)
    expect(await stateOf(back)).toMatchObject({ doneBy: 'source' })
    expect(list.asked).toEqual([])
  })
})

describe('a vendor that does not answer', () => {
  it('closes nothing, and the person counts as not compared', async () => {
    const id = await pushed('a')
    for (const fails of [{ listOpen: away }, { findOver: away }]) {
      Object.assign(vendor, { fails, over: ['a'] })
      await expect(compare()).rejects.toBe(away)
    }
    expect(await stateOf(id)).toMatchObject({ doneAt: null })
    const comparedAt = () =>
      rows<{ at: Date | null }>(
        null,
        'select compared_at as at from persons where id = $1::bigint',
        personId,
      ).then(([row]) => row!.at)
    expect(await comparedAt()).toBeNull()
    vendor.fails = {}
    await compare()
    expect((await comparedAt())!.getTime()).toBeGreaterThan(Date.now() - 60_000)
  })
})

describe('a batch notice', () => {
  const notice = (count: number, ms = HOUR) =>
    aMessage(connection, 'xiaoyun', { title: `${count} new`, count, sentAt: ago(ms) })

  it('has its person compared at once, and goes when its things are here', async () => {
    await compare()
    const id = await notice(3)
    vendor.list = [listed('a'), listed('b')]
    await compareSoon(connection, ['xiaoyun', 'nobody'])
    const [due] = await rows<{ due: boolean; first: boolean }>(
      null,
      `select next_poll_at <= now() and compared_at < now() - interval '1 year' as due, compared_at is null as first
       from persons where id = $1::bigint`,
      personId,
    )
    expect(due).toEqual({ due: true, first: false })
    await compare()
    expect(await stateOf(id)).toMatchObject({ doneAt: null })
    vendor.list.push(listed('c'))
    await compare()
    expect(await stateOf(id)).toMatchObject({ doneBy: 'source' })
    expect((await titlesOf(user, 'todo')).sort()).toEqual(['a', 'b', 'c'])
  })

  it('is not taken for what was pushed, nor for what came at another time', async () => {
    const id = await notice(1)
    await pushed('pushed')
    vendor.list = [listed('pushed'), listed('older', 2 * HOUR)]
    await compare()
    expect(await stateOf(id)).toMatchObject({ doneAt: null })
  })

  it('that the employee has taken back stays', async () => {
    const id = await notice(1)
    vendor.list = [listed('a')]
    await compare()
    await act(user, 'undone', { ids: [id] })
    await compare()
    expect(await stateOf(id)).toMatchObject({ doneAt: null })
  })
})

const waiting = () =>
  rows(null, `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)

it('waits for a change of the connection before it takes the person, as everybody does', async () => {
  vendor.list = [listed('a')]
  const lease = await aLease(personId)
  let comparing = Promise.resolve()
  await inTransaction(async (tx) => {
    await execute(tx, 'select 1 from connections where id = $1::uuid for update', connection)
    comparing = compareTodos(vendor.live, lease)
    await vi.waitFor(async () => expect(await waiting()).toHaveLength(1))
    await setPolled(tx, connection, true)
  })
  await comparing
  expect(await titlesOf(user)).toEqual(['a'])
})

it('closes no circle with pushes, acts, changes of settings and of mappings at the same time', async () => {
  vendor.list = Array.from({ length: 60 }, (_, i) => listed(`t${i}`, HOUR, `slot ${i % 7}`))
  vendor.over = ['t3', 't4']
  const lease = await aLease(personId)
  const rounds = <T>(n: number, what: (i: number) => Promise<T>) =>
    Array.from({ length: n }, (_, i) => what(i))
  const settled = await Promise.allSettled([
    ...rounds(6, () => compareTodos(vendor.live, lease)),
    ...rounds(20, (i) =>
      storePush(
        aDelivery(connection, ['a', 'xiaoyun', 'z'], {
          sentAt: ago(HOUR + i),
          folding: folding(`t${i}`, `slot ${i % 7}`),
        }),
      ),
    ),
    ...rounds(10, (i) =>
      inTransaction(async (tx) => {
        await execute(tx, 'select 1 from connections where id = $1::uuid for update', connection)
        await setPolled(tx, connection, i % 2 === 0)
      }),
    ),
    ...rounds(10, () => act(user, 'done', { filter: { view: 'todo' }, through: '999999999' })),
    ...rounds(10, () => compareSoon(connection, ['z', 'xiaoyun', 'a'])),
    inTransaction((tx) => unmapPerson(tx, personId)),
  ])
  expect(settled.filter((one) => one.status === 'rejected')).toEqual([])
  expect((await balance(connection)).difference).toBe(0)
})
