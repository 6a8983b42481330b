import { expect, test } from '@playwright/test'
import { createPushBuilders, createSender, sendPrepared, type PreparedPush } from '@/simulators/jiandaoyun'
import { startServer, type TestServer } from '../server'
import { administrator, employeeOf, expectBalanced, SECRET, times } from './administrator'

const SENDERS = 16
/** More than are written before the answer: the rest follows from the worker. */
const CROWD = 700

test('kill -9 under load: what was acknowledged is there, once', async () => {
  test.slow()
  let server: TestServer = await startServer()
  const { dataDir } = server
  let killed = false
  try {
    const before = await administrator(server.baseUrl)
    const { id, webhookUrl } = await before.connectPushing()
    await before.addUser('xiaoyun')
    await before.map(id, 'xiaoyun', { externalId: 'xiaoyun' })
    await before.close()

    const sender = createSender({ webhookUrl, secret: SECRET })
    const build = createPushBuilders()
    const xiaoyun = { username: 'xiaoyun', name: '小云' }
    const crowd = Array.from({ length: CROWD - 1 }, (_, n) => ({ username: `crowd-${n}`, name: `${n}` }))
    const acknowledged: string[] = []
    const unclear: { entryName: string; push: PreparedPush }[] = []
    const sending = Array.from({ length: SENDERS }, async (_, who) => {
      for (let n = 0; !killed; n++) {
        const entryName = `form ${who}-${n}`
        const to = who === 0 ? [...crowd, xiaoyun] : [xiaoyun]
        const push = sender.prepare(build.flow('flow_forward', { to, entryName, engine: 'old' }))
        const { status } = await sender.send(push)
        if (status === 200) acknowledged.push(entryName)
        else unclear.push({ entryName, push })
      }
    })
    await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(150)
    await server.kill9()
    killed = true
    await Promise.all(sending)
    // All senders were in the middle of it.
    expect(unclear.length).toBeGreaterThanOrEqual(SENDERS)

    server = await startServer({ dataDir })
    const admin = await administrator(server.baseUrl)
    const employee = await employeeOf(server.baseUrl, 'xiaoyun')
    const forms = async () => times((await employee.messages()).map(({ subtitle }) => subtitle!))
    const once = times(acknowledged)
    await expect.poll(forms, { timeout: 60_000 }).toMatchObject(once)
    // As the vendor does: what had no answer comes again, byte for byte.
    const moved = (url: string) => url.replace(new URL(webhookUrl).origin, server.baseUrl)
    for (const { push } of unclear) {
      expect((await sendPrepared({ ...push, url: moved(push.url) })).status).toBe(200)
    }
    await expectBalanced(admin, id)
    await expect
      .poll(forms, { timeout: 60_000 })
      .toEqual({ ...once, ...times(unclear.map(({ entryName }) => entryName)) })
    expect((await admin.balance(id)).dead).toBe(0)
    await Promise.all([admin.close(), employee.close()])
  } finally {
    killed = true
    await server.remove()
  }
})
