import pg from 'pg'
import { beforeEach, describe, expect, it } from 'vitest'
import { act, undo } from '@/lib/inbox/acts/act'
import { balance } from '@/lib/inbox/balance'
import { storePush } from '@/lib/inbox/intake/store-push'
import { inTransaction, rows } from '@/lib/platform/db'
import { aConnection, aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, inboxOf } from '@/lib/testing/inbox'
import { until } from '@/lib/testing/until'
import { applyScan } from '../pulled/apply-scan'
import { pauseUser, resumeUser, unmapPerson } from './map-person'

const database = useDatabase()

let connection: string
let user: string
beforeEach(async () => {
  connection = await aConnection()
  user = await aUser()
})

const unmap = (personId: string) => inTransaction((tx) => unmapPerson(tx, personId))

/** Messages that wait although somebody is mapped to their person. */
const stuck = () =>
  rows(
    null,
    `select m.id from messages m join persons p on p.id = m.person_id
     where p.user_id is not null and m.user_id is null and not m.held`,
  )

async function aClient(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url() })
  await client.connect()
  return client
}

const somebodyWaits = () =>
  until('somebody waits for a lock', async () => {
    const [row] = await rows<{ n: number }>(
      null,
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return row!.n > 0
  })

describe('pushes while a mapping comes and goes', () => {
  it('all reach somebody: nothing is stuck, everything adds up', async () => {
    const { personId } = await aMapping(connection, 'p', user)
    let mapping = true
    const push = async (client: number) => {
      for (let i = 0; i < 25; i++) {
        const folding = i % 2 ? { slot: `s${i % 5}`, generation: `${client}`, reminder: null } : null
        await storePush(aDelivery(connection, ['p', `other-${client}`], { title: `${client}-${i}`, folding }))
      }
    }
    const pushing = Promise.all([0, 1, 2, 3, 4, 5].map(push)).finally(() => (mapping = false))
    let rounds = 0
    while (mapping) {
      await unmap(personId)
      await aMapping(connection, 'p', user, { history: rounds++ % 3 ? 'none' : 'all' })
    }
    await pushing
    expect(rounds).toBeGreaterThan(2)
    expect(await stuck()).toEqual([])
    await unmap(personId)
    await aMapping(connection, 'p', user, { history: 'all' })
    expect(await balance(connection)).toMatchObject({ received: 300, difference: 0 })
    const [held] = await rows<{ n: number }>(
      null,
      'select count(*)::int as n from messages where person_id = $1::bigint and user_id is distinct from $2::uuid',
      personId,
      user,
    )
    expect(held).toEqual({ n: 0 })
  })

  it('and while the user is disabled and enabled', async () => {
    await aMapping(connection, 'p', user)
    let pushing = true
    const pushes = Promise.all(
      [0, 1, 2, 3].map(async () => {
        for (let i = 0; i < 15; i++) await storePush(aDelivery(connection, ['p'], {}))
      }),
    ).finally(() => (pushing = false))
    const setDisabled = (disabled: boolean) =>
      rows(
        null,
        'update users set disabled_at = case when $2::bool then now() end where id = $1::uuid',
        user,
        disabled,
      )
    while (pushing) {
      await setDisabled(true)
      await inTransaction((tx) => pauseUser(tx, user))
      await setDisabled(false)
      await inTransaction((tx) => resumeUser(tx, user, []))
    }
    await pushes
    expect(await stuck()).toEqual([])
    expect(await inboxOf(user)).toHaveLength(60)
  })
})

describe('locks', () => {
  it.each([
    ['known', true],
    ['new', false],
  ])('are taken in order by a mapping that replaces, to a %s person', async (_, known) => {
    // The order is a, b: whoever holds a and wants b must not meet a mapping that holds b and wants a.
    await aMapping(connection, 'a', user)
    if (known) await storePush(aDelivery(connection, ['b']))
    const push = await aClient()
    try {
      await push.query('begin')
      await push.query(`select 1 from persons where connection_id = $1 and external_id = 'a' for update`, [
        connection,
      ])
      const mapping = aMapping(connection, 'b', user, { replace: true })
      await somebodyWaits()
      await push.query(
        `insert into persons (connection_id, external_id) values ($1, 'b')
         on conflict (connection_id, external_id) do update set last_seen_at = now()`,
        [connection],
      )
      await push.query('commit')
      await mapping
    } finally {
      await push.end()
    }
    expect(await rows(null, `select external_id as p from persons where user_id = $1::uuid`, user)).toEqual([
      { p: 'b' },
    ])
  })

  it('are not taken by pausing a user on a person who became theirs meanwhile: that is out of order', async () => {
    await aMapping(await aConnection(), 'z', user)
    const [holder, push] = [await aClient(), await aClient()]
    const lock = 'select 1 from persons where user_id = $1 for update'
    try {
      await holder.query('begin')
      await holder.query(lock, [user])
      const pausing = inTransaction((tx) => pauseUser(tx, user))
      await somebodyWaits()
      await aMapping(connection, 'a', user)
      await push.query('begin')
      await push.query(`select 1 from persons where connection_id = $1 for update`, [connection])
      await holder.query('commit')
      await pausing
      await push.query('commit')
    } finally {
      await holder.end()
      await push.end()
    }
  })

  it('never close a circle, whatever goes on at once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const users = await Promise.all(names.map(() => aUser()))
    const [polled, other] = [await aConnection('polled'), await aConnection()]
    for (const [i, name] of names.entries()) {
      await aMapping(connection, name, users[i]!)
      await aMapping(other, name, users[i]!)
    }
    const { personId } = await aMapping(polled, '1', users[0]!, { poll: true })
    const lease = await aLease(personId)
    const work: ((i: number) => Promise<unknown>)[] = [
      (i) => storePush(aDelivery(connection, names, { folding: slot(i) })),
      (i) => storePush(aDelivery(connection, [...names].reverse(), { folding: slot(i) })),
      (i) => storePush(aDelivery(other, [...names].reverse(), { title: `${i}` })),
      (i) => aMapping(connection, names[i % 6]!, users[(i + 1) % 6]!, { replace: true }),
      (i) => aMapping(other, names[(i + 3) % 6]!, users[i % 6]!, { replace: true }),
      (i) => aMapping(connection, `new-${i}`, users[(i + 2) % 6]!, { replace: true }),
      (i) => act(users[i % 6]!, i % 2 ? 'done' : 'undone', { filter: { view: 'all' }, through: '99999' }),
      (i) => act(users[0]!, i % 2 ? 'read' : 'unread', { filter: { view: 'all' }, through: '99999' }),
      async (i) => {
        const { undo: token } = await act(users[i % 6]!, 'star', { filter: {}, through: '99999' })
        if (token) await undo(users[i % 6]!, token)
      },
      (i) => {
        const items = [aListed(`${i}`), aListed(`${i + 1}`, { read: i % 3 === 0 })]
        return applyScan(lease, { kind: 'all', complete: true, items, silent: false })
      },
      (i) => inTransaction((tx) => pauseUser(tx, users[i % 6]!)),
      (i) => inTransaction((tx) => resumeUser(tx, users[i % 6]!, [])),
    ]
    const failures: string[] = []
    const run = async (one: (i: number) => Promise<unknown>) => {
      for (let i = 0; i < 14; i++) await one(i).catch((error: unknown) => failures.push(String(error)))
    }
    await Promise.all(work.map(run))
    expect(failures).toEqual([])
    expect(await stuck()).toEqual([])
    for (const one of [connection, other, polled]) expect((await balance(one)).difference).toBe(0)
  })
})

const slot = (i: number) => ({ slot: `s${i % 2}`, generation: i % 3 ? `t${i % 4}` : null, reminder: null })
