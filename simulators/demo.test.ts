import { afterEach, describe, expect, it } from 'vitest'
import { runDemo, type Demo } from './demo'
import { DEMO_SECRET, EMPLOYEES } from './demo/cast'
import { signPush, type MessagePush } from './jiandaoyun'
import { listenOnLoopback, readBody, writeAnswer, type LoopbackServer } from './loopback-server'

interface Seen {
  method: string
  path: string
  origin: string | undefined
  cookie: string | undefined
  body: Record<string, unknown>
}

/** A Huixin that agrees to everything; `refuse` names a path that it does not. */
async function startStub(refuse?: string) {
  const seen: Seen[] = []
  const pushes: MessagePush[] = []
  const unsigned: string[] = []
  const server = await listenOnLoopback(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://huixin.local')
    const raw = await readBody(request, 1_000_000)
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      writeAnswer(response, { status, type: 'application/json', body: JSON.stringify(body), headers })
    if (url.pathname === '/api/webhooks/c1') {
      const signature = signPush(
        url.searchParams.get('nonce') ?? '',
        raw,
        DEMO_SECRET,
        url.searchParams.get('timestamp') ?? '',
      )
      if (request.headers['x-jdy-signature'] !== signature) unsigned.push(raw.toString())
      pushes.push(JSON.parse(raw.toString()) as MessagePush)
      return answer(200, 'success')
    }
    const body = JSON.parse(raw.toString()) as Record<string, unknown>
    const { origin, cookie } = request.headers
    seen.push({ method: request.method ?? '', path: url.pathname, origin, cookie, body })
    if (url.pathname === refuse) return answer(409, { error: { code: 'name_taken' } })
    if (url.pathname.startsWith('/api/auth'))
      return answer(200, {}, { 'set-cookie': 'session=s1; Path=/; HttpOnly' })
    if (url.pathname.endsWith('/connections')) {
      const isPush = body.connector === 'jiandaoyun'
      return answer(
        201,
        isPush ? { id: 'c1', webhookUrl: 'https://inbox.example/api/webhooks/c1' } : { id: 'c2' },
      )
    }
    answer(200, {})
  })
  return { seen, pushes, unsigned, server }
}

let demo: Demo | undefined
let server: LoopbackServer | undefined
afterEach(async () => {
  await demo?.stop()
  await server?.close()
  demo = server = undefined
})

describe('runDemo', () => {
  it('signs in, connects, maps, fills and goes on', async () => {
    const stub = await startStub()
    server = stub.server
    const lines: string[] = []
    demo = await runDemo({
      baseUrl: `${server.origin}/`,
      adminUsername: 'boss',
      adminPassword: 'secret-of-boss',
      log: (line) => lines.push(line),
      paceMs: [1, 2],
    })
    const [signIn, ...rest] = stub.seen
    expect(signIn).toMatchObject({
      path: '/api/auth/sign-in/username',
      body: { username: 'boss', password: 'secret-of-boss' },
    })
    expect(rest.every(({ origin, cookie }) => origin === server?.origin && cookie === 'session=s1')).toBe(
      true,
    )
    const bodies = (path: string) => rest.filter((one) => one.path === path).map(({ body }) => body)
    expect(bodies('/api/v1/admin/users').map(({ username }) => username)).toEqual(
      EMPLOYEES.map(({ username }) => username),
    )
    const [jiandaoyun, oa] = bodies('/api/v1/admin/connections') as [
      { settings: object },
      { settings: { baseUrl: string } },
    ]
    expect(jiandaoyun).toMatchObject({
      connector: 'jiandaoyun',
      name: '简道云',
      settings: { secret: DEMO_SECRET },
    })
    expect(oa).toMatchObject({ connector: 'seeyon', name: '致远 OA', settings: { restUser: 'rest' } })
    const mappings = bodies('/api/v1/admin/mappings')
    expect(mappings).toHaveLength(2 * (EMPLOYEES.length + 1))
    expect(mappings).toContainEqual({ connectionId: 'c1', username: 'boss', externalId: 'boss' })
    expect(mappings).toContainEqual({ connectionId: 'c2', username: 'zhangsan', loginName: 'zhangsan' })
    expect(demo.employees[0]).toEqual({ username: 'zhangsan', password: 'huixin-demo' })

    const { pushes } = stub
    const backlog = pushes.length
    expect(backlog).toBeGreaterThan(250)
    expect(stub.unsigned).toEqual([])
    const actions = new Set(pushes.map(({ data }) => data.flow_action))
    for (const action of ['flow_urge', 'flow_timeout', 'flow_cc', 'flow_batch_forward'])
      expect(actions).toContain(action)
    const waiting = pushes.filter(({ data }) =>
      data.to.some(({ username }) => ['zhaoliu', 'sunqi'].includes(username)),
    )
    expect(waiting.length).toBeGreaterThan(3)
    const control = (await (await fetch(oa.settings.baseUrl.replace('/seeyon', '/__control'))).json()) as {
      members: { unread: string[] }[]
    }
    expect(control.members).toHaveLength(EMPLOYEES.length + 1)
    for (const member of control.members) expect(member.unread.length).toBeGreaterThan(10)
    const link = await fetch((pushes[0] as MessagePush).data.url)
    expect(await link.text()).toContain('简道云')
    expect(lines.join('\n')).toContain(oa.settings.baseUrl)

    await expect.poll(() => pushes.length, { timeout: 4_000, interval: 5 }).toBeGreaterThan(backlog + 20)
    await demo.stop()
    const stopped = pushes.length
    await expect(fetch(oa.settings.baseUrl)).rejects.toThrow()
    expect(pushes).toHaveLength(stopped)
  })

  it('says which step Huixin refused, and leaves nothing running', async () => {
    const stub = await startStub('/api/v1/admin/users')
    server = stub.server
    const failed = runDemo({ baseUrl: server.origin, adminUsername: 'a', adminPassword: 'b' })
    await expect(failed).rejects.toThrow('POST /api/v1/admin/users: 409 {"error":{"code":"name_taken"}}')
  })
})
