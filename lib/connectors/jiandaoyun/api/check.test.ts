import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startJiandaoyunApi, type JiandaoyunApi } from '@/simulators/jiandaoyun/api'
import { checkApi } from './check'
import { contextOf } from './test-context'

let api: JiandaoyunApi
beforeEach(async () => {
  api = await startJiandaoyunApi({ members: [{ username: 'xiaoyun' }] })
})
afterEach(() => api.close())

const check = async (change: Parameters<typeof contextOf>[1] = {}) => checkApi(contextOf(api, change))
const verdicts = async (change = {}) => (await check(change)).map(({ name, ok }) => [name, ok])
const GOOD = [
  ['apiKey', true],
  ['workflow', true],
]

describe('the check of the API key', () => {
  it('says what a key would bring where there is none, and asks nobody', async () => {
    const [only, ...more] = await check({ apiKey: undefined })
    expect(more).toEqual([])
    expect(only).toMatchObject({ name: 'apiKey', ok: true })
    expect(only!.detail['zh-CN']).toContain('导入成员')
    expect(api.calls()).toEqual([])
  })

  it('asks for one department and for the to-dos of nobody', async () => {
    expect(await verdicts()).toEqual(GOOD)
    expect(api.calls()).toMatchObject([
      { endpoint: 'members', body: { dept_no: 1, has_child: false }, status: 200 },
      {
        endpoint: 'tasks',
        body: { username: expect.stringMatching(/^huixin_[0-9a-f]{12}$/) as string },
        status: 400,
      },
    ])
    api.configure({ errors: 'failure200' })
    expect(await verdicts()).toEqual(GOOD)
  })

  it('is content with a vendor that lists nothing for nobody', async () => {
    api.fault({ kind: 'custom', endpoint: 'tasks', body: '{"tasks":[],"has_more":false}' })
    expect(await verdicts()).toEqual(GOOD)
  })

  it('says what is wrong with a key that is not known', async () => {
    const checks = await check({ apiKey: 'another-key' })
    expect(checks.map(({ ok }) => ok)).toEqual([false, false])
    expect(checks[0]!.detail['zh-CN']).toContain('请检查它是否填对')
    expect(JSON.stringify(checks)).not.toContain('another-key')
  })

  it('tells the two kinds of API apart: a key may be limited to one', async () => {
    api.fault({ kind: 'status403', endpoint: 'tasks', count: 1 })
    expect(await verdicts()).toEqual([
      ['apiKey', true],
      ['workflow', false],
    ])
    api.fault({ kind: 'code400', code: 8302, words: '无接口权限', endpoint: 'members', count: 1 })
    expect(await verdicts()).toEqual([
      ['apiKey', false],
      ['workflow', true],
    ])
  })

  it('asks once where nobody answers', async () => {
    api.fault({ kind: 'badGateway' })
    const [, workflow] = await check()
    expect(workflow).toMatchObject({ ok: false, detail: { 'zh-CN': '上面的问题解决后再检查' } })
    expect(api.calls()).toHaveLength(1)
  })

  it('names an address that is none of the API', async () => {
    const [contacts] = await check({ apiUrl: `${api.url}/elsewhere` })
    expect(contacts!.ok).toBe(false)
    expect(contacts!.detail['zh-CN']).toContain('请检查接口地址')
  })
})
