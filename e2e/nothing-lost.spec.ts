import { createPushBuilders, createSender } from '@/simulators/jiandaoyun'
import { request as newRequest } from '@playwright/test'
import { expect, signIn, test } from './fixtures'
import { startServer, type TestServer } from './server'

const SENDERS = 8

test('what was acknowledged is there after kill -9, once', async () => {
  let server: TestServer = await startServer()
  const { dataDir } = server
  let killed = false
  try {
    const webhookUrl = await connect(server.baseUrl)
    const sender = createSender({ webhookUrl, secret: 'test-secret' })
    const build = createPushBuilders()
    const acknowledged = new Set<string>()
    const unclear: Parameters<typeof sender.push>[0][] = []
    const sending = Array.from({ length: SENDERS }, async (_, who) => {
      for (let i = 0; !killed; i++) {
        const entryName = `表单 ${who}-${i}`
        const push = build.flow('flow_forward', { to: [{ username: 'xiaoyun', name: '小云' }], entryName })
        const { status } = await sender.push(push, { deliverId: `${who}-${i}` })
        if (status === 200) acknowledged.add(entryName)
        else unclear.push(push)
      }
    })
    await expect.poll(() => acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(40)
    await server.kill9()
    killed = true
    await Promise.all(sending)

    server = await startServer({ dataDir })
    const again = createSender({ webhookUrl: onto(webhookUrl, server.baseUrl), secret: 'test-secret' })
    // As the vendor does: what had no answer comes again.
    for (const push of unclear) expect((await again.push(push)).status).toBe(200)
    const { titles, difference } = await received(server.baseUrl)
    expect(difference).toBe(0)
    for (const entryName of acknowledged) {
      expect([entryName, titles.filter((title) => title.startsWith(`${entryName} ·`)).length]).toEqual([
        entryName,
        1,
      ])
    }
  } finally {
    killed = true
    await server.remove()
  }
})

const admin = async (baseUrl: string) => {
  const api = await newRequest.newContext({ baseURL: baseUrl, extraHTTPHeaders: { origin: baseUrl } })
  await signIn(api, baseUrl)
  return api
}

async function connect(baseUrl: string): Promise<string> {
  const api = await admin(baseUrl)
  const settings = { secret: 'test-secret' }
  const answer = await api.post('/api/v1/admin/connections', {
    data: { connector: 'jiandaoyun', name: '简道云', settings },
  })
  return ((await answer.json()) as { webhookUrl: string }).webhookUrl
}

/** The titles of all accepted deliveries, and what does not add up. */
async function received(baseUrl: string): Promise<{ titles: string[]; difference: number }> {
  const api = await admin(baseUrl)
  const titles: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query = `verdict=accepted&limit=200${cursor && `&cursor=${cursor}`}`
    const page = (await (await api.get(`/api/v1/admin/deliveries?${query}`)).json()) as {
      items: { title: string }[]
      nextCursor: string | null
    }
    titles.push(...page.items.map((item) => item.title))
    cursor = page.nextCursor
  }
  const { connections } = (await (await api.get('/api/v1/admin/health')).json()) as {
    connections: { balance: { difference: number } }[]
  }
  return { titles, difference: connections[0]!.balance.difference }
}

function onto(webhookUrl: string, baseUrl: string): string {
  return baseUrl + new URL(webhookUrl).pathname
}
