import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { act } from '@/lib/inbox/acts/act'
import { applyScan } from '@/lib/inbox/pulled/apply-scan'
import { rows } from '@/lib/platform/db'
import { aConnection, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { aLease, aListed, inboxOf, outboxOf } from '@/lib/testing/inbox'
import { until } from '@/lib/testing/until'
import { deleteConnection } from './connections'

const database = useDatabase()

let connection: string
let user: string
let personId: string
let byHand: pg.Client
const admin = { id: crypto.randomUUID(), username: 'admin' }

beforeEach(async () => {
  byHand = new pg.Client({ connectionString: database.url() })
  await byHand.connect()
  connection = await aConnection()
  user = await aUser()
  personId = (await aMapping(connection, 'p', user, { poll: true })).personId
  const items = [aListed('1'), aListed('2')]
  await applyScan(await aLease(personId), { kind: 'unread', complete: true, items, silent: false })
  await act(user, 'read', { filter: {}, through: '99' })
})
afterEach(() => byHand.end())

const somebodyWaits = () =>
  until('somebody waits for a lock', async () => {
    const [row] = await rows<{ n: number }>(
      null,
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return row!.n > 0
  })

describe.each([
  ['archiving', false],
  ['purging', true],
])('%s a connection', (_, purge) => {
  it('waits for an employee who is acting, not the other way round', async () => {
    await byHand.query('begin')
    await byHand.query('select 1 from inboxes where user_id = $1 for update', [user])
    const ending = deleteConnection(admin, connection, purge)
    await Promise.race([somebodyWaits(), ending])
    // As acts do: messages after the inbox, the outbox after the messages.
    await byHand.query('select 1 from messages where user_id = $1 for update', [user])
    await byHand.query(`update outbox set due_at = now() where user_id = $1`, [user])
    await byHand.query('commit')
    await ending
  })

  it('waits for a push and a mapping that hold people, in their order', async () => {
    await aMapping(connection, 'a', await aUser())
    await byHand.query('begin')
    const lock = `select 1 from persons where connection_id = $1 and external_id = $2 for update`
    await byHand.query(lock, [connection, 'a'])
    const ending = deleteConnection(admin, connection, purge)
    await somebodyWaits()
    await byHand.query(lock, [connection, 'p'])
    await byHand.query('commit')
    await ending
  })

  it('tells open pages to read anew', async () => {
    await deleteConnection(admin, connection, purge)
    const events = await rows<{ kind: string; ids: string[] }>(
      null,
      'select kind, ids::text[] as ids from events where user_id = $1::uuid order by events.seq',
      user,
    )
    expect(events.at(-1)).toEqual({ kind: 'changed', ids: [] })
  })
})

describe('what is left', () => {
  it('after archiving: the messages, readable; nobody is polled, nothing is told', async () => {
    await deleteConnection(admin, connection, false)
    expect((await inboxOf(user)).map((message) => message.sync)).toEqual(['none', 'none'])
    expect((await outboxOf(personId)).map((row) => row.state)).toEqual(['cancelled', 'cancelled'])
    expect(await rows(null, 'select 1 from persons where next_poll_at is not null')).toEqual([])
  })

  it('after purging: nothing', async () => {
    await deleteConnection(admin, connection, true)
    expect(await inboxOf(user)).toEqual([])
    for (const table of ['messages', 'contents', 'outbox', 'pulled_items', 'persons', 'deliveries']) {
      expect(await rows(null, `select 1 from ${table} where connection_id = $1::uuid`, connection)).toEqual(
        [],
      )
    }
    expect(
      await rows(null, 'select 1 from action_items where message_id not in (select id from messages)'),
    ).toEqual([])
  })
})
