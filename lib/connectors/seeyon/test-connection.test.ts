import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import { seeyon } from '.'
import type { SeeyonSettings } from './settings'
import { contextOf } from './test-context'

let server: SeeyonSimulator
beforeEach(async () => {
  server = await startSeeyon({ members: [{ loginName: 'zhangsan', name: '张三' }] })
})
afterEach(() => server.close())

/** The checks as `name: ok`, and their Chinese details. */
async function tested(change: Partial<SeeyonSettings> = {}) {
  const checks = await seeyon.test(contextOf(server, change))
  for (const { name, detail } of checks) {
    expect(seeyon.texts['zh-CN'].checks[name]).toBeDefined()
    expect(seeyon.texts.en.checks[name]).toBeDefined()
    expect(detail.en).not.toMatch(/[\u4e00-\u9fff]/)
  }
  return {
    oks: Object.fromEntries(checks.map(({ name, ok }) => [name, ok])),
    says: Object.fromEntries(checks.map(({ name, detail }) => [name, detail['zh-CN']])),
  }
}
const ALL = { reachable: true, account: true, members: true, messages: true, webUrl: true }

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
  expect(oks).toEqual({ reachable: false, account: false, members: false, messages: false, webUrl: true })
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
  expect(oks).toEqual({ ...ALL, messages: false })
  expect(says.messages).toContain('模块授权')
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
  expect(oks).toEqual({ ...ALL, messages: false })
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
