import { expect, test } from '@playwright/test'
import { Pool } from 'undici'
import { createSender } from '@/simulators/jiandaoyun'
import { brokenPushes } from '@/simulators/jiandaoyun/broken-pushes'
import { startServer } from '../server'
import { administrator, employeeOf, expectBalanced, SECRET, times } from './administrator'

/** All hundred thousand take minutes: `BROKEN_PUSHES=100000 npx playwright test broken-pushes`. */
const COUNT = Number(process.env.BROKEN_PUSHES ?? 5_000)
const CONNECTIONS = 16

test(`${COUNT} broken pushes: no 5xx, and whatever is signed has a verdict`, async () => {
  test.setTimeout(60_000 + COUNT * 10)
  const server = await startServer()
  const pool = new Pool(server.baseUrl, { connections: CONNECTIONS, pipelining: 1 })
  try {
    const admin = await administrator(server.baseUrl)
    const { id, webhookUrl } = await admin.connectPushing()
    await admin.addUser('xiaoyun')
    await admin.map(id, 'xiaoyun', { externalId: 'xiaoyun' })

    const answers: Record<string, number> = {}
    const wrong: string[] = []
    const pushes = brokenPushes(createSender({ webhookUrl, secret: SECRET }), { count: COUNT })
    const started = performance.now()
    let made = 0
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        for (const { expected, push } of pushes) {
          const number = made++
          const { pathname, search } = new URL(push.url)
          const { headers, body } = push
          const answer = await pool.request({ path: pathname + search, method: 'POST', headers, body })
          const text = await answer.body.text()
          answers[answer.statusCode] = (answers[answer.statusCode] ?? 0) + 1
          if (answer.statusCode !== expected) {
            wrong.push(`${number}: ${answer.statusCode}, not ${expected}: ${text.slice(0, 200)}`)
          }
        }
      }),
    )
    const seconds = (performance.now() - started) / 1000
    expect(wrong).toEqual([])
    expect(made).toBe(COUNT)

    const deliveries = await admin.deliveries()
    const verdicts = times(deliveries.map(({ verdict }) => verdict))
    console.log(
      `${COUNT} broken pushes in ${seconds.toFixed(1)} s (${Math.round(COUNT / seconds)}/s):`,
      JSON.stringify({ answers, verdicts }),
    )
    expect(new Set(deliveries.map((one) => one.id)).size).toBe(answers['200'])
    await expectBalanced(admin, id)
    // No reader gave up, nothing was thrown that nobody expected.
    expect(
      server
        .log()
        .split('\n')
        .filter((line) => /"level":"(error|fatal)"/.test(line)),
    ).toEqual([])
    // What was made of them can be looked at.
    const employee = await employeeOf(server.baseUrl, 'xiaoyun')
    expect((await employee.messages()).length).toBeGreaterThan(0)
    await Promise.all([admin.close(), employee.close()])
  } finally {
    await pool.destroy()
    await server.remove()
  }
})
