import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import type { MappedPeople } from '../contract'
import { seeyon } from '.'
import type { SeeyonSettings } from './settings'
import { contextOf } from './test-context'

let server: SeeyonSimulator
beforeEach(async () => {
  server = await startSeeyon({ members: [{ loginName: 'zhangsan', name: '张三' }] })
})
afterEach(() => server.close())

/** The checks as `name: ok`, and their Chinese details. */
async function tested(change: Partial<SeeyonSettings> = {}, mapped?: MappedPeople) {
  const checks = await seeyon.test(contextOf(server, change), mapped)
  for (const { name, detail } of checks) {
    expect(seeyon.texts['zh-CN'].checks[name]).toBeDefined()
    expect(seeyon.texts.en.checks[name]).toBeDefined()
    expect(detail.en).not.toMatch(/[\u4e00-\u9fff]/)
  }
  return {
    oks: Object.fromEntries(checks.map(({ name, ok }) => [name, ok])),
    says: Object.fromEntries(checks.map(({ name, detail }) => [name, detail['zh-CN']])),
    suggests: checks.flatMap(({ suggest }) => suggest ?? []),
  }
}
const OK = { reachable: true, account: true, tokens: true, members: true, messages: true }
const ALL = { ...OK, paging: true, todos: true, webUrl: true }
const NONE = Object.fromEntries(Object.keys(ALL).map((name) => [name, false]))

it('passes on a server that works, without reading anybody’s messages', async () => {
  server.sendMany('zhangsan', 3)
  expect((await tested()).oks).toEqual(ALL)
  const asked = server.log().map(({ endpoint }) => endpoint)
  expect(asked).toEqual(['token', 'orgMember', 'unread'])
  expect(server.log().every(({ memberId }) => memberId !== server.member('zhangsan').id)).toBe(true)
})

it('passes on a server before V6.0, and with an empty list written as []', async () => {
  server.configure({ paging: 'legacy', emptyList: 'array' })
  expect((await tested({ paging: 'legacy' })).oks).toEqual(ALL)
})

it('tells an address where nobody answers', async () => {
  await server.close()
  const { oks, says } = await tested()
  expect(oks).toEqual({ ...NONE, webUrl: true })
  expect(says.reachable).toContain('拒绝了连接')
  expect(says.messages).toBe('上面的问题解决后再检查')
})

it('tells an address where something else answers', async () => {
  const other = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end('<html>hello</html>'),
  )
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { oks, says } = await tested({ baseUrl: `http://127.0.0.1:${(other.address() as AddressInfo).port}` })
  expect(oks).toMatchObject({ reachable: false, account: false })
  expect(says.reachable).toContain('网页')
  other.closeAllConnections()
  other.close()
})

it.each(['minusOne', 'status404', 'status401'] as const)(
  'tells wrong credentials (%s), and asks again each time',
  async (badCredentials) => {
    server.configure({ badCredentials })
    const context = contextOf(server, { restPassword: 'wrong' })
    const checks = await seeyon.test(context)
    expect(checks.slice(0, 2).map(({ ok }) => ok)).toEqual([true, false])
    server.configure({ restPassword: 'wrong' })
    expect((await seeyon.test(context)).every(({ ok }) => ok)).toBe(true)
  },
)

it('tells a module that the account may not call', async () => {
  server.fault({ kind: 'invalidToken', endpoint: 'unread' })
  const { oks, says } = await tested()
  expect(oks).toEqual({ ...ALL, messages: false, paging: false })
  expect(says.messages).toContain('模块授权')
  expect(says.paging).toBe('上面的问题解决后再检查')
  server.clearFaults()
  server.fault({ kind: 'invalidToken', endpoint: 'orgMember' })
  expect((await tested()).oks).toEqual({ ...ALL, members: false })
})

it('tells a server that insists on bound tokens, and what cannot be tried with them', async () => {
  server.configure({ access: 'bound' })
  expect((await tested()).says.messages).toContain('每人一个')
  const { oks, says } = await tested({ tokenMode: 'bound' })
  expect(oks).toEqual(ALL)
  expect(says.messages).toContain('没有检查')
})

it('says how it was tried where the answer is no answer', async () => {
  server.configure({ emptyList: 'nothing' })
  const { oks, says } = await tested()
  expect(oks).toEqual({ ...ALL, messages: false, paging: false })
  expect(says.messages).toContain('不存在的人员 ID')
})

it('opens the address of employees', async () => {
  const { oks, says } = await tested({ webUrl: server.origin.replace('127.0.0.1', 'localhost') })
  expect(oks).toEqual(ALL)
  expect(says.webUrl).toContain('有答复')
  const wrong = await tested({ webUrl: 'http://127.0.0.1:1' })
  expect(wrong.oks).toEqual({ ...ALL, webUrl: false })
  expect(wrong.says.webUrl).toContain('若员工的浏览器能打开')
})

it('never tells the password', async () => {
  server.configure({ badCredentials: 'status401' })
  const checks = await seeyon.test(contextOf(server, { restPassword: 'a-very-secret-password' }))
  expect(JSON.stringify(checks)).not.toContain('a-very-secret-password')
})

const mapped = (count = 1): MappedPeople => ({ count, externalIds: [server.member('zhangsan').id] })

describe('how a server pages', () => {
  const LEGACY = { setting: 'paging', value: 'legacy', label: { 'zh-CN': '改为「V6.0 之前」' } }
  const V6 = { setting: 'paging', value: 'v6', label: { 'zh-CN': '改为「V6.0 及以后」' } }

  it.each([
    ['v6', 'v6', true, []],
    ['legacy', 'legacy', true, []],
    ['legacy', 'v6', false, [LEGACY]],
    ['v6', 'legacy', false, [V6]],
  ] as const)('(%s) is compared with the setting %s', async (paging, setting, ok, suggestion) => {
    server.configure({ paging })
    server.sendMany('zhangsan', 3)
    const { oks, suggests } = await tested({ paging: setting }, mapped())
    expect(oks).toEqual({ ...ALL, paging: ok })
    expect(suggests).toMatchObject(suggestion)
  })

  it.each(['v6', 'legacy'] as const)('(%s) shows in what was read as well', async (paging) => {
    server.configure({ paging })
    server.sendMany('zhangsan', 2, { isRead: true })
    expect((await tested({ paging: 'v6' }, mapped())).oks).toEqual({ ...ALL, paging: paging === 'v6' })
  })

  it.each([0, 1])('does not show in %i messages of a server that ignores pages', async (count) => {
    server.configure({ paging: 'legacy' })
    server.sendMany('zhangsan', count)
    const { oks, says, suggests } = await tested({}, mapped())
    expect(oks).toEqual(ALL)
    expect(says.paging).toContain('看不出来')
    expect(suggests).toEqual([])
  })

  it('shows in the lists of the next one where the first has none', async () => {
    server.configure({ paging: 'legacy' })
    server.addMember({ loginName: 'lisi' })
    server.sendMany('lisi', 2)
    const externalIds = [server.member('zhangsan').id, server.member('lisi').id]
    expect((await tested({}, { count: 2, externalIds })).oks).toEqual({ ...ALL, paging: false })
  })

  it('is not looked for without anybody mapped', async () => {
    expect((await tested()).says.paging).toContain('没有检查')
  })
})

describe('one token per employee', () => {
  const bound = { tokenMode: 'bound' } as const
  beforeEach(() => server.configure({ access: 'bound' }))

  it('is tried with somebody who is mapped, and what it means is said', async () => {
    const { oks, says } = await tested(bound, mapped(12))
    expect(oks).toEqual(ALL)
    expect(says.tokens).toMatch(/最多保留 50 个.*许可.*已对应 12 位，令牌够用/)
    expect(says.messages).toContain('用一位已对应的员工试的')
    expect(says.todos).toContain('可以列出协同待办')
  })

  it('says how long a round of signing in takes for more than fifty', async () => {
    const { says } = await tested({ ...bound, concurrency: 2, pollSeconds: 1 }, mapped(100_000))
    const [, ms, seconds] = /一次用了 (\d+) 毫秒，同时 2 个，一轮光登录约 (\d+) 秒，比读取间隔 1 秒长/.exec(
      says.tokens!,
    )!
    expect(Number(seconds)).toBe(Number(ms) * 50)
  })

  it('tells a member whom Seeyon does not bind', async () => {
    const { oks, says } = await tested(bound, { count: 1, externalIds: ['12345'] })
    expect(oks).toMatchObject({ account: true, tokens: false, messages: false, paging: false, todos: false })
    expect(says.tokens).toContain('没有把令牌绑定到这位员工')
  })

  it('tells whether to-dos can be listed, and looks each time', async () => {
    server.configure({ pendingAffairs: false })
    const context = contextOf(server, bound)
    const todosOf = async () => (await seeyon.test(context, mapped())).find(({ name }) => name === 'todos')!
    expect(await todosOf()).toMatchObject({ ok: false })
    expect((await todosOf()).detail['zh-CN']).toMatch(/没有 coll\/pendingAffairs.*要在这里标为完成/)
    server.configure({ pendingAffairs: true })
    expect(await todosOf()).toMatchObject({ ok: true })
  })
})

it('says that one token for all shows no to-dos, and what stands in for it', async () => {
  expect((await tested()).says.todos).toContain('要在这里标为完成')
  expect((await tested({ readMeansDone: true })).says.todos).toContain('已读的待办视为已处理')
})
