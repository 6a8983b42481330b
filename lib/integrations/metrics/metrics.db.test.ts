import { beforeAll, describe, expect, test } from 'vitest'
import { GET as metricsRoute } from '@/app/api/metrics/route'
import { POST as tokenRoute } from '@/app/api/v1/tokens/route'
import { act } from '@/lib/inbox/acts/act'
import { closeDatabase, configureDatabase, execute } from '@/lib/platform/db'
import { environment } from '@/lib/platform/env'
import { enqueue } from '@/lib/platform/queue'
import { browser, type Browser } from '@/lib/testing/browser'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { anEmployee, anOffice, closeOffices, endPause, poll, tell } from '@/lib/testing/office'
import { aCompany, aPush, post } from '@/lib/testing/pushes'
import { givenUser, signedInBrowser } from '@/lib/testing/users'

const database = useDatabase()
closeOffices()

const SCRAPER = 'token of the scraper'
let boss: Browser
beforeAll(async () => {
  await givenUser('boss', 'admin')
  await givenUser('li')
  boss = await signedInBrowser('boss')
  Object.assign(environment(), { metricsToken: SCRAPER.replaceAll(' ', '-') })
})

const scrape = (own: Browser, token?: string) =>
  own.send(metricsRoute, 'GET', '/api/metrics', {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
/** Each line of the answer: name and labels → number. */
async function read(): Promise<Map<string, number>> {
  const response = await scrape(browser(), environment().metricsToken!)
  expect(response.status).toBe(200)
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}
async function tokenOf(own: Browser, scopes?: string[]): Promise<string> {
  const response = await own.send(tokenRoute, 'POST', '/', { body: { name: 'scraper', scopes } })
  return ((await response.json()) as { token: string }).token
}

describe('who may scrape', () => {
  test('METRICS_TOKEN, an administrator’s session and token; nobody else', async () => {
    const li = await signedInBrowser('li')
    const statusOf = async (own: Browser, token?: string) => (await scrape(own, token)).status
    expect(await statusOf(browser())).toBe(401)
    expect(await statusOf(browser(), 'a-wrong-token')).toBe(401)
    expect(await statusOf(browser(), environment().metricsToken!)).toBe(200)
    expect(await statusOf(boss)).toBe(200)
    expect(await statusOf(browser(), await tokenOf(boss))).toBe(200)
    expect(await statusOf(browser(), await tokenOf(boss, ['admin']))).toBe(200)
    expect(await statusOf(browser(), await tokenOf(boss, ['read', 'write']))).toBe(403)
    expect(await statusOf(li)).toBe(403)
    expect(await statusOf(browser(), await tokenOf(li))).toBe(403)
  })

  test('without METRICS_TOKEN no token of nothing lets in', async () => {
    const { metricsToken } = environment()
    Object.assign(environment(), { metricsToken: null })
    try {
      expect((await scrape(browser(), 'null')).status).toBe(401)
      expect((await scrape(browser(), '')).status).toBe(401)
    } finally {
      Object.assign(environment(), { metricsToken })
    }
  })
})

describe('what is counted', () => {
  test('the process, in the format that scrapers read', async () => {
    const response = await scrape(boss)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await response.text()
    for (const line of text.split('\n')) {
      expect(line).toMatch(/^(|# (HELP|TYPE) .+|[a-z][a-z0-9_]*(\{.+\})? (N[aA]N|-?\d[\d.e+-]*))$/)
    }
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(
      expect.arrayContaining(['process_cpu_seconds_total', 'nodejs_eventloop_lag_seconds']),
    )
  })

  test('requests by operation and class of status, with their durations', async () => {
    await scrape(browser())
    const before = await read()
    await scrape(browser())
    await scrape(boss)
    const after = await read()
    const grown = (name: string) => after.get(name)! - (before.get(name) ?? 0)
    const of = (status: string) =>
      `huixin_request_duration_seconds_count{operation="getMetrics",status="${status}"}`
    // The one that read `before` was counted after it had been answered.
    expect([grown(of('4xx')), grown(of('2xx'))]).toEqual([1, 2])
    expect(
      after.get('huixin_request_duration_seconds_bucket{le="10",operation="getMetrics",status="4xx"}'),
    ).toBe(after.get(of('4xx')))
  })

  test('pushes by connection and verdict, refused ones by reason, and what waits', async () => {
    const company = await aCompany()
    const push = company.sender.prepare(aPush(['a', 'b']))
    await post(push)
    await post(push)
    await post(company.sender.prepare('{}'))
    await post(company.sender.prepare(aPush(['a']), { signature: 'wrong' }))
    await post(company.sender.prepare(aPush(['a']), { signature: 'wrong' }))
    const setUp = await aCompany(null)
    await post(setUp.sender.prepare({ hello: 'there' }))
    const { connection } = company
    const now = await read()
    const pushes = (verdict: string, of = connection) =>
      now.get(`huixin_pushes_total{connection="${of}",verdict="${verdict}"}`)
    expect([pushes('accepted'), pushes('duplicate'), pushes('setup', setUp.connection)]).toEqual([1, 1, 1])
    expect(pushes('dead') ?? pushes('other')).toBe(1)
    expect(now.get(`huixin_pushes_refused_total{connection="${connection}",reason="signature_wrong"}`)).toBe(
      2,
    )
    expect(now.get(`huixin_messages_waiting{connection="${connection}"}`)).toBe(2)
    const [info] = [...now.keys()].filter(
      (key) => key.startsWith('huixin_connection_info') && key.includes(connection),
    )
    expect(info).toMatch(/name="company [\w-]+"/)
  })

  test('polls by connection and result, and what a vendor is told', async () => {
    const office = await anOffice()
    const li = await anEmployee(office, 'li')
    await poll(office)
    office.seeyon.sendMany('li', 3)
    await poll(office)
    const ids = (await inboxOf(li.user)).map((message) => message.id)
    await act(li.user, 'read', { ids: ids.slice(0, 2) })
    const { connection } = office
    const outbox = (state: string) => `huixin_outbox{connection="${connection}",state="${state}"}`
    const before = await read()
    expect([
      before.get(outbox('pending')),
      before.get(outbox('sending')),
      before.get(outbox('failed')),
    ]).toEqual([2, 0, 0])
    await tell(li)
    office.seeyon.fault({ kind: 'status500', endpoint: '*' })
    await poll(office)
    await act(li.user, 'read', { ids: ids.slice(2) })
    await endPause(office)
    await tell(li)
    const now = await read()
    const polls = (result: string) =>
      now.get(`huixin_polls_total{connection="${connection}",result="${result}"}`)
    expect([polls('ok'), polls('unavailable')]).toEqual([2, 1])
    expect(now.get(`huixin_poll_duration_seconds_count{connection="${connection}"}`)).toBe(3)
    const told = (result: string) =>
      now.get(`huixin_write_backs_total{connection="${connection}",result="${result}"}`)
    expect([told('sent'), told('unclear')]).toEqual([2, 1])
    expect(now.get(outbox('pending'))).toBe(1)
    expect(now.get(`huixin_polled_persons{connection="${connection}"}`)).toBe(1)
    expect(now.get(`huixin_connection_failures{connection="${connection}"}`)).toBeGreaterThan(0)
  })

  test('jobs, the database’s pool and open pages', async () => {
    await execute(null, 'delete from graphile_worker._private_jobs')
    await enqueue(null, 'distribute', { deliveryId: '1' })
    await enqueue(null, 'wake-snoozed', { userId: '1' }, { runAt: new Date(Date.now() + 60_000) })
    const now = await read()
    expect(now.get('huixin_jobs{task="distribute",state="due"}')).toBe(1)
    expect(now.get('huixin_jobs{task="wake-snoozed",state="scheduled"}')).toBe(1)
    expect(now.get('huixin_open_pages')).toBe(0)
    expect(now.get('huixin_database_up')).toBe(1)
    const pool = ['idle', 'busy', 'waiting'].map((state) =>
      now.get(`huixin_database_pool{state="${state}"}`)!,
    )
    expect(pool[0]! + pool[1]!).toBeGreaterThan(0)
  })

  test('what the process knows, also while the database is away', async () => {
    await closeDatabase()
    // Nobody listens there.
    configureDatabase('postgresql://nobody@127.0.0.1:9/none')
    try {
      const now = await read()
      expect(now.get('huixin_database_up')).toBe(0)
      expect(now.has('process_cpu_seconds_total')).toBe(true)
    } finally {
      await closeDatabase()
      configureDatabase(database.url())
    }
  })
})
