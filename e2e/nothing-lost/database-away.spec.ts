import { expect, test } from '@playwright/test'
import { createPushBuilders, createSender, withRetries, type PushAnswer } from '@/simulators/jiandaoyun'
import { startServer } from '../server'
import { administrator, employeeOf, expectBalanced, SECRET, times } from './administrator'
import { startOwnDatabase } from '../own-database'

const SENDERS = 8

test('the database goes and comes back under load: nothing is acknowledged that is not written', async () => {
  test.slow()
  const database = await startOwnDatabase()
  const server = await startServer({ env: database.env })
  let ending = false
  try {
    const admin = await administrator(server.baseUrl)
    const { id, webhookUrl } = await admin.connectPushing()
    await admin.addUser('xiaoyun')
    await admin.map(id, 'xiaoyun', { externalId: 'xiaoyun' })

    // The vendor's own retries, only closer together: a failure comes again under the same delivery id.
    const sender = createSender({ webhookUrl, secret: SECRET })
    const answers: (PushAnswer & { sentWhileAway: boolean })[] = []
    let away = false
    const watched = {
      ...sender,
      send: async (push: Parameters<typeof sender.send>[0]) => {
        const before = away
        const answer = await sender.send(push)
        // Sent and answered while it was certainly away.
        answers.push({ ...answer, sentWhileAway: before && away })
        return answer
      },
    }
    const retries = { delaysMs: Array.from({ length: 600 }, () => 100), switchOffAfter: Infinity }
    const retrying = withRetries(watched, { ...retries, timeoutMs: 10_000 })
    const build = createPushBuilders()
    const sent: string[] = []
    const sending = Array.from({ length: SENDERS }, async (_, who) => {
      for (let n = 0; !ending; n++) {
        const entryName = `form ${who}-${n}`
        sent.push(entryName)
        expect((await retrying.push(build.flow('flow_forward', { entryName }))).delivered).toBe(true)
      }
    })

    const acknowledged = () => answers.filter(({ status }) => status === 200).length
    const refusedAway = () => answers.filter(({ sentWhileAway }) => sentWhileAway)
    for (let time = 1; time <= 2; time++) {
      const already = acknowledged()
      await expect.poll(acknowledged, { timeout: 30_000 }).toBeGreaterThan(already + 50)
      const refused = refusedAway().length
      await database.stop()
      away = true
      await expect
        .poll(() => refusedAway().length, { timeout: 30_000 })
        .toBeGreaterThan(refused + 2 * SENDERS)
      away = false
      await database.start()
    }
    const already = acknowledged()
    await expect.poll(acknowledged, { timeout: 30_000 }).toBeGreaterThan(already + 50)
    ending = true
    await Promise.all(sending)

    expect(times(refusedAway().map(({ status }) => String(status)))).toEqual({ 503: refusedAway().length })
    const failed = answers.filter(({ status }) => status !== 200)
    for (const { status, retryAfter } of failed) {
      expect([status, Number(retryAfter) > 0]).toEqual([503, true])
    }
    const employee = await employeeOf(server.baseUrl, 'xiaoyun')
    const forms = (await employee.messages()).map(({ subtitle }) => subtitle!)
    expect(times(forms)).toEqual(times(sent))
    await expectBalanced(admin, id)
    expect((await admin.balance(id)).delivered).toBe(sent.length)
    await Promise.all([admin.close(), employee.close()])
  } finally {
    ending = true
    await server.remove()
    await database.remove()
  }
})
