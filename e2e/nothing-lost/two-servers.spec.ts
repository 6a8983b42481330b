import { expect, test } from '@playwright/test'
import { createPushBuilders, createSender, sendPrepared } from '@/simulators/jiandaoyun'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import { startServer } from '../server'
import { administrator, employeeOf, expectBalanced, SECRET, times } from './administrator'
import { startOwnDatabase } from '../own-database'

const PEOPLE = ['zhangsan', 'lisi', 'wangwu', 'zhaoliu']
const CONCURRENCY = 2
const PUSHES = 40
const POLLED = 25

test('two servers on one database: each message once, nobody polled by both, each read told once', async () => {
  test.slow()
  const database = await startOwnDatabase()
  const servers = await Promise.all([startServer({ env: database.env }), startServer({ env: database.env })])
  // Answers take their time, so that polls that should not overlap would.
  const seeyon = await startSeeyon({
    members: PEOPLE.map((loginName) => ({ loginName, name: loginName })),
    latencyMs: 20,
  })
  try {
    const [first, second] = servers.map(({ baseUrl }) => baseUrl) as [string, string]
    const admin = await administrator(first)
    const { id: pushing, webhookUrl } = await admin.connectPushing()
    const polled = await admin.connectPolled(seeyon, '致远 OA', { concurrency: CONCURRENCY })
    for (const name of PEOPLE) {
      await admin.addUser(name)
      await admin.map(pushing, name, { externalId: name })
      await admin.map(polled, name, { loginName: name })
    }
    seeyon.resetCounters()

    // Every push goes to one of them and then, as a retry after a lost answer, to the other; some to both at once.
    const sender = createSender({ webhookUrl, secret: SECRET })
    const build = createPushBuilders()
    const onto = (baseUrl: string) => baseUrl + new URL(webhookUrl).pathname
    const to = PEOPLE.map((username) => ({ username, name: username }))
    const pushesSent = Promise.all(
      Array.from({ length: PUSHES }, async (_, n) => {
        const prepared = sender.prepare(build.flow('flow_forward', { to, entryName: `form ${n}` }))
        const search = new URL(prepared.url).search
        const copies = (n % 2 ? [first, second] : [second, first]).map(onto)
        const send = async (url: string) => (await sendPrepared({ ...prepared, url: url + search })).status
        if (n % 4 === 0) expect(await Promise.all(copies.map(send))).toEqual([200, 200])
        else for (const url of copies) expect(await send(url)).toBe(200)
      }),
    )
    for (let n = 0; n < POLLED; n++) {
      for (const name of PEOPLE) seeyon.send(name, { messageContent: `${name} ${n}` })
      await seeyon.whenRequested('unread')
    }
    await pushesSent

    const expected = (name: string) => [
      ...Array.from({ length: PUSHES }, (_, n) => `form ${n}`),
      ...Array.from({ length: POLLED }, (_, n) => `${name} ${n}`),
    ]
    for (const [at, name] of PEOPLE.entries()) {
      // Each of them sees the same through either.
      for (const baseUrl of at % 2 ? [first, second] : [second, first]) {
        const employee = await employeeOf(baseUrl, name)
        const seen = async () =>
          times(
            (await employee.messages()).map((one) =>
              one.connector === 'seeyon' ? one.title : one.subtitle!,
            ),
          )
        await expect.poll(seen, { timeout: 30_000 }).toEqual(times(expected(name)))
        await employee.close()
      }
    }

    // Each reads their own, by turns here and there.
    for (const [at, name] of PEOPLE.entries()) {
      const employee = await employeeOf(at % 2 ? first : second, name)
      const mine = (await employee.messages(`&connection=${polled}`)).map((one) => one.id)
      const half = mine.filter((_, n) => n % 2 === 0)
      await employee.act('read', half)
      await employee.close()
      const other = await employeeOf(at % 2 ? second : first, name)
      await other.act('read', mine)
      await other.close()
    }
    await expect
      .poll(() => PEOPLE.map((name) => seeyon.unread(name).length), { timeout: 60_000 })
      .toEqual(PEOPLE.map(() => 0))
    const told = seeyon
      .isreadCalls()
      .flatMap(({ userId, messageIds }) => messageIds.map((id) => `${userId} ${id}`))
    const all = PEOPLE.flatMap((name) =>
      seeyon.messages(name).map(({ id }) => `${seeyon.member(name).id} ${id}`),
    )
    expect(times(told)).toEqual(times(all))
    expectNobodyPolledTwiceAtOnce(seeyon)
    expect(seeyon.requests().maxConcurrent).toBeLessThanOrEqual(CONCURRENCY)
    await expectBalanced(admin, pushing, polled)
    expect(await admin.balance(pushing)).toMatchObject({
      received: 2 * PUSHES * PEOPLE.length,
      delivered: PUSHES * PEOPLE.length,
      duplicates: PUSHES * PEOPLE.length,
    })
    await admin.close()
  } finally {
    await Promise.all(servers.map((server) => server.remove()))
    await seeyon.close()
    await database.remove()
  }
})

/** No list of one person was asked for while another answer to them was under way. */
function expectNobodyPolledTwiceAtOnce(seeyon: SeeyonSimulator): void {
  const polls = seeyon.log().filter(({ memberId }) => memberId !== null)
  expect(polls.length).toBeGreaterThan(PEOPLE.length)
  for (const name of PEOPLE) {
    const { id } = seeyon.member(name)
    const theirs = polls.filter(({ memberId }) => memberId === id).sort((a, b) => a.at - b.at)
    for (const [at, poll] of theirs.slice(1).entries()) {
      const before = theirs[at]!
      // Rounded to milliseconds, both of them.
      expect(poll.at - (before.at + before.ms), `${name}: ${poll.path}`).toBeGreaterThanOrEqual(-2)
    }
  }
}
