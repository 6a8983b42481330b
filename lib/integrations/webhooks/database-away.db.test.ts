import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import { closeDatabase, configureDatabase, execute, rows } from '@/lib/platform/db'
import { aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { aCompany, aPush, deliveriesOf, post } from '@/lib/testing/pushes'
import { until } from '@/lib/testing/until'

const database = useDatabase()

async function aMappedCompany() {
  const [company, user] = [await aCompany(), await aUser()]
  await aMapping(company.connection, 'xiaoyun', user)
  return { ...company, user }
}

const answer = async (response: Response) => [
  response.status,
  Number(response.headers.get('retry-after')) > 0,
]

describe('a push while the database', () => {
  it('is away is answered 503 with a time to come again, and is new when it does', async () => {
    const company = await aMappedCompany()
    const push = company.sender.prepare(aPush(['xiaoyun']))
    await closeDatabase()
    configureDatabase('postgresql://nobody:nothing@127.0.0.1:1/none')
    try {
      expect(await answer(await post(push))).toEqual([503, true])
    } finally {
      await closeDatabase()
      configureDatabase(database.url())
    }
    expect(await deliveriesOf(company.connection)).toEqual([])
    expect((await post(push)).status).toBe(200)
    expect(await inboxOf(company.user)).toHaveLength(1)
    expect(await balance(company.connection)).toMatchObject({ received: 1, delivered: 1, difference: 0 })
  })

  it.each(['recipients', 'contents', 'messages', 'events'])(
    'loses its %s in the middle leaves nothing half-written',
    async (table) => {
      const company = await aMappedCompany()
      const push = company.sender.prepare(aPush(['xiaoyun', 'another']))
      await execute(null, `alter table ${table} rename to away`)
      try {
        expect(await answer(await post(push))).toEqual([503, true])
      } finally {
        await execute(null, `alter table away rename to ${table}`)
      }
      expect(await deliveriesOf(company.connection)).toEqual([])
      expect(await rows(null, `select 1 from persons where external_id = 'another'`)).toEqual([])
      expect(await balance(company.connection)).toMatchObject({ received: 0, difference: 0 })
      expect((await post(push)).status).toBe(200)
      expect(await balance(company.connection)).toMatchObject({ received: 2, delivered: 1, waiting: 1 })
      await execute(null, 'delete from recipients')
      await execute(null, 'delete from messages')
      await execute(null, 'delete from persons')
    },
  )

  it('ends its connection before the commit leaves nothing, and the next connection serves', async () => {
    const company = await aMappedCompany()
    const push = company.sender.prepare(aPush(['xiaoyun']))
    const holder = new pg.Client({ connectionString: database.url() })
    await holder.connect()
    try {
      await holder.query('begin')
      await holder.query('select 1 from inboxes where user_id = $1 for update', [company.user])
      const answered = post(push)
      const pid = await until('the push waits for the inbox', async () => {
        const [row] = await rows<{ pid: number }>(
          null,
          `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return row?.pid
      })
      await rows(null, 'select pg_terminate_backend($1)', pid)
      expect(await answer(await answered)).toEqual([503, true])
    } finally {
      await holder.query('rollback')
      await holder.end()
    }
    expect(await deliveriesOf(company.connection)).toEqual([])
    expect((await post(push)).status).toBe(200)
    expect(await inboxOf(company.user)).toHaveLength(1)
  })
})
