import { expect, it } from 'vitest'
import { writeAudit } from '@/lib/auth/audit'
import { storePush } from '@/lib/inbox/intake/store-push'
import { execute } from '@/lib/platform/db'
import { inTransaction } from '@/lib/platform/transaction'
import { aConnection, aDelivery, aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { listAudit } from '../audit-log'
import { getHealth } from './health'

useDatabase()

const healthOf = async (id: string) => (await getHealth()).connections.find((one) => one.id === id)!

it('tells per connection what flows, what waits and what is dead', async () => {
  const [quiet, busy] = [await aConnection(), await aConnection()]
  await aMapping(busy, 'xiaoyun', await aUser(), { poll: true })
  await storePush(aDelivery(busy, ['xiaoyun', 'unknown']))
  await storePush(aDelivery(busy, [], {}, { verdict: 'dead', reason: 'not_json', content: null }))
  expect(await healthOf(quiet)).toMatchObject({
    state: 'active',
    lagSeconds: null,
    polled: 0,
    waiting: 0,
    dead: 0,
  })
  expect(await healthOf(busy)).toMatchObject({
    polled: 1,
    due: 1,
    waiting: 1,
    unmapped: 1,
    dead: 1,
    balance: { received: 3, delivered: 1, waiting: 1, dead: 1, difference: 0 },
  })
})

it('tells since when a connection fails, when it is tried again, and how late polls are', async () => {
  const id = await aConnection()
  const { personId } = await aMapping(id, 'xiaoyun', await aUser(), { poll: true })
  await execute(
    null,
    `update persons set next_poll_at = now() - interval '90 seconds' where id = $1::bigint`,
    personId,
  )
  await execute(
    null,
    `update connections set failures = 3, failing_since = now() - interval '5 minutes', last_error = '连不上',
       retry_at = now() + interval '20 seconds' where id = $1::uuid`,
    id,
  )
  const health = await healthOf(id)
  expect(health).toMatchObject({ state: 'failing', lastError: '连不上', due: 1 })
  expect(health.lagSeconds).toBeGreaterThanOrEqual(90)
  expect(Date.parse(health.failingSince!)).toBeLessThan(Date.now() - 290_000)
  expect(Date.parse(health.retryAt!)).toBeGreaterThan(Date.now())
})

it('leaves archived connections out', async () => {
  const id = await aConnection()
  await execute(null, 'update connections set archived_at = now() where id = $1::uuid', id)
  expect(await healthOf(id)).toBeUndefined()
})

it('lists who changed what, newest first, by person and by kind', async () => {
  const actor = { id: await aUser('Auditor'), username: 'Auditor' }
  const subject = await aConnection()
  for (const action of ['connection.create', 'connection.change', 'user.create']) {
    await inTransaction((tx) => writeAudit(tx, { actor, action, subject }))
  }
  const found = await listAudit({ actor: 'auditor', action: 'connection.', limit: 1 })
  expect(found.items).toMatchObject([
    { action: 'connection.change', subject, subjectName: `connection ${subject}` },
  ])
  const next = await listAudit({
    actor: 'auditor',
    action: 'connection.',
    limit: 1,
    cursor: found.nextCursor!,
  })
  expect(next).toMatchObject({ items: [{ action: 'connection.create' }], nextCursor: null })
  // A cursor is anything a client sends: one that no row can have is no error of ours.
  await expect(listAudit({ limit: 1, cursor: '9999999999999999999' })).resolves.toBeDefined()
  await expect(listAudit({ limit: 1, cursor: 'x' })).rejects.toMatchObject({ status: 400 })
})
