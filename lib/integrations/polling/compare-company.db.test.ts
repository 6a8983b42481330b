import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { afterUserChanged } from '@/lib/integrations/people/after-user-change'
import { putMapping } from '@/lib/integrations/people/map-people'
import { peopleConnections } from '@/lib/integrations/people-file/people-connections'
import { balance } from '@/lib/inbox/balance'
import { release, takeDue } from '@/lib/inbox/pulled/leases'
import { compareSoon } from '@/lib/inbox/todos/todos'
import { execute, rows } from '@/lib/platform/db'
import { aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf, titlesOf } from '@/lib/testing/inbox'
import { admin, pollWhoIsDue } from '@/lib/testing/office'
import { aCompany, build, post, type Company } from '@/lib/testing/pushes'
import { startJiandaoyunApi, type JiandaoyunApi } from '@/simulators/jiandaoyun/api'
import { changeConnection, deleteConnection } from '../connections/connections'
import { getHealth } from '../connections/health'
import { listDeliveries, replayDelivery } from '../webhooks/deliveries'

/** A company that pushes and can be asked: mapping, key, pushes and comparisons together. */
useDatabase()

const HOUR = 3_600_000
const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
let api: JiandaoyunApi
let company: Company
let user: string
let username: string
beforeEach(async () => {
  api = await startJiandaoyunApi({ members: [{ username: 'xiaoyun', name: '小云' }], rates: null })
  company = await aCompany()
  username = `li-${crypto.randomUUID()}`
  user = await aUser(username)
})
afterEach(async () => {
  await deleteConnection(admin, company.connection, true)
  await api.close()
})

const saveKey = (apiKey: string | null = api.apiKey) =>
  changeConnection(admin, company.connection, { settings: { apiKey, apiUrl: api.url } }, 'en')
const map = () => putMapping(admin, { connectionId: company.connection, username, externalId: 'xiaoyun' })
const task = (ms = HOUR) => api.addTask({ username: 'xiaoyun', createTime: ago(ms), formTitle: '请假审批' })
const push = async (one: Parameters<typeof company.sender.prepare>[0]) =>
  expect((await post(company.sender.prepare(one))).status).toBe(200)
/** Seconds until the person is due, null: never. */
const dueIn = async () => {
  const [row] = await rows<{ s: number | null }>(
    null,
    `select extract(epoch from next_poll_at - now())::float8 as s from persons where connection_id = $1::uuid`,
    company.connection,
  )
  return row!.s
}
const compareNow = async () => {
  await compareSoon(company.connection, ['xiaoyun'])
  return pollWhoIsDue()
}

it('brings in what is open when somebody is mapped, and closes what was handled there', async () => {
  await saveKey()
  const [pushed, missed] = [task(2 * HOUR), task()]
  await push(api.pushOf(pushed))
  await map()
  expect(await dueIn()).toBeLessThanOrEqual(0)
  expect(await pollWhoIsDue()).toBe(1)
  expect((await inboxOf(user, 'todo')).map(({ sentAt }) => sentAt)).toEqual([
    missed.createTime,
    pushed.createTime,
  ])
  expect(await balance(company.connection)).toMatchObject({ received: 2, delivered: 2, difference: 0 })
  // The push of it was only late.
  await push(api.pushOf(missed))
  expect(await titlesOf(user)).toHaveLength(2)
  api.finishTask(pushed.taskId)
  await compareNow()
  expect(await inboxOf(user, 'done')).toMatchObject([{ sentAt: pushed.createTime, doneBy: 'source' }])
  expect(await dueIn()).toBeGreaterThan(3_000)
})

it('compares again where more has come while it was under way', async () => {
  await saveKey()
  await map()
  await pollWhoIsDue()
  await compareSoon(company.connection, ['xiaoyun'])
  const [lease] = await takeDue(company.connection, 1)
  await compareSoon(company.connection, ['xiaoyun'])
  await release(lease!, { seconds: 3_600, error: null, backfilled: false })
  expect(await dueIn()).toBeLessThanOrEqual(0)
  expect(await pollWhoIsDue()).toBe(1)
})

it('has its deliveries in the log, from where they can be read again and make nothing new', async () => {
  await saveKey()
  task()
  await map()
  await pollWhoIsDue()
  const { items } = await listDeliveries({ connection: company.connection, limit: 10 }, 'zh-CN')
  expect(items).toMatchObject([{ op: 'workflow_task', verdict: 'accepted', recipients: 1 }])
  const before = await inboxOf(user)
  for (let i = 0; i < 3; i++) {
    expect(await replayDelivery(admin, items[0]!.id, 'zh-CN')).toMatchObject({ verdict: 'accepted' })
  }
  expect(await inboxOf(user)).toEqual(before)
  expect(await balance(company.connection)).toMatchObject({ received: 1, duplicates: 0, difference: 0 })
})

it('takes a batch notice apart', async () => {
  await saveKey()
  await map()
  await pollWhoIsDue()
  expect(await dueIn()).toBeGreaterThan(60)
  for (let i = 0; i < 3; i++) task(0)
  await push(
    build.flow('flow_batch_forward', {
      to: [{ username: 'xiaoyun', name: '小云' }],
      count: 3,
      sendTime: ago(0),
    }),
  )
  await vi.waitFor(async () => expect(await dueIn()).toBeLessThanOrEqual(0), { timeout: 5_000 })
  await pollWhoIsDue()
  expect(await inboxOf(user, 'todo')).toHaveLength(3)
  expect(await inboxOf(user, 'done')).toMatchObject([{ count: 3, doneBy: 'source' }])
})

it('leaves a batch notice and everybody alone without a key', async () => {
  await map()
  await push(build.flow('flow_batch_forward', { to: [{ username: 'xiaoyun', name: '小云' }], count: 3 }))
  expect(await dueIn()).toBeNull()
  expect(await pollWhoIsDue()).toBe(0)
  expect(await inboxOf(user, 'todo')).toHaveLength(1)
})

it('begins within minutes when the key is saved, and ends when it is taken away', async () => {
  await map()
  expect(await dueIn()).toBeNull()
  await saveKey()
  const first = await dueIn()
  expect(first).toBeLessThan(200)
  // Saved again it changes nothing.
  await saveKey()
  expect(Math.abs((await dueIn())! - first!)).toBeLessThan(5)
  const ours = (await peopleConnections()).find(({ id }) => id === company.connection)
  expect(ours).toMatchObject({ poll: true })
  await saveKey(null)
  expect(await dueIn()).toBeNull()
})

it('asks anew within minutes when a wrong key is corrected', async () => {
  await saveKey('wrong')
  await map()
  const open = task()
  for (let i = 0; i < 3; i++) {
    await execute(
      null,
      'update persons set next_poll_at = now() where connection_id = $1::uuid',
      company.connection,
    )
    await pollWhoIsDue()
  }
  expect(await titlesOf(user)).toEqual([])
  await saveKey()
  expect(await dueIn()).toBeLessThanOrEqual(180)
  await execute(
    null,
    'update persons set next_poll_at = now() where connection_id = $1::uuid',
    company.connection,
  )
  expect(await pollWhoIsDue()).toBe(1)
  expect(await inboxOf(user, 'todo')).toMatchObject([{ sentAt: open.createTime }])
})

it('pauses with its user, and compares at once when they are back', async () => {
  await saveKey()
  await map()
  await pollWhoIsDue()
  const disable = (disabled: boolean) =>
    execute(
      null,
      `update users set disabled_at = case when $2::boolean then now() end where id = $1::uuid`,
      user,
      disabled,
    )
  await disable(true)
  await afterUserChanged({ id: user, disabled: true })
  await saveKey(null)
  await saveKey()
  await compareSoon(company.connection, ['xiaoyun'])
  expect(await dueIn()).toBeNull()
  await disable(false)
  await afterUserChanged({ id: user, disabled: false })
  expect(await dueIn()).toBeLessThanOrEqual(0)
})

it('tells no lag of messages by comparisons that are late', async () => {
  await saveKey()
  await map()
  await execute(
    null,
    `update persons set next_poll_at = now() - interval '1 hour' where connection_id = $1::uuid`,
    company.connection,
  )
  const health = (await getHealth()).connections.find(({ id }) => id === company.connection)
  expect(health).toMatchObject({ lagSeconds: null, due: 1 })
})
