import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { API_FAULT_KINDS, startJiandaoyunApi, type JiandaoyunApi } from '@/simulators/jiandaoyun/api'
import { jiandaoyun } from '../index'
import { listPeople } from './members'
import { contextOf, failureOf } from './test-context'

let api: JiandaoyunApi
beforeEach(async () => {
  api = await startJiandaoyunApi({ rates: null })
})
afterEach(() => api.close())

const list = () => listPeople(contextOf(api))
const answered = async (users: unknown) => {
  api.fault({ kind: 'custom', body: JSON.stringify({ users }), count: 1 })
  return list()
}

describe('the members', () => {
  it('are those of the root department and all below, each once', async () => {
    api.configure({ repeatMembers: true })
    api.addDepartment({ deptNo: 3, name: '销售部', parentNo: 1 })
    api.addDepartment({ deptNo: 7, name: '华南', parentNo: 3 })
    api.addMember({ username: 'xiaoyun', name: '小云', departments: [1, 3] })
    api.addMember({ username: 'R-vmTE0o3N', name: '小简', departments: [7], integrateId: 'R-vmTE0o3N' })
    expect(await list()).toEqual([
      { externalId: 'xiaoyun', name: '小云', active: true },
      { externalId: 'R-vmTE0o3N', name: '小简', active: true },
    ])
    expect(api.calls()).toMatchObject([{ body: { dept_no: 1, has_child: true } }])
  })

  it('are active once they joined, or where nothing is said', async () => {
    for (const status of [1, 0, -1, null]) api.addMember({ username: `m${status}`, status })
    const active = Object.fromEntries((await list()).map((person) => [person.externalId, person.active]))
    expect(active).toEqual({ m1: true, m0: false, 'm-1': false, mnull: true })
  })

  it('are one where a number comes twice', async () => {
    const twice = [
      { username: 'a', name: null, status: 0 },
      { username: 'A', name: 'B', status: 0 },
      { username: 'a', name: '小云', status: 1 },
    ]
    expect(await answered(twice)).toEqual([
      { externalId: 'a', name: '小云', active: true },
      { externalId: 'A', name: 'B', active: false },
    ])
  })

  it('with a number as number, and without what nobody could be named by', async () => {
    const odd = [
      { username: 1703018 },
      {},
      null,
      'x',
      { username: '' },
      { username: { a: 1 } },
      { username: 'a\0' },
    ]
    expect(await answered(odd)).toEqual([{ externalId: '1703018', name: null, active: true }])
  })

  it('may be nobody, or a large company in one answer', async () => {
    expect(await answered([])).toEqual([])
    const many = Array.from({ length: 30_000 }, (_, n) => ({
      username: `jdy-90ahnts5a6rh${n}`,
      name: `员工${n}`,
      departments: [1, 3],
      type: 0,
      status: 1,
    }))
    expect(await answered(many)).toHaveLength(30_000)
  })

  it('are an error and never an empty list when the vendor does not answer', async () => {
    for (const kind of API_FAULT_KINDS.filter((kind) => !['hang', 'repeatedPage', 'custom'].includes(kind))) {
      api.fault({ kind, count: 1 })
      expect((await failureOf(list())).detail.en, kind).not.toBe('')
    }
  })

  it('can be asked for once there is a key', () => {
    const { ready } = jiandaoyun.directory!
    expect(ready(jiandaoyun.settings.parse({}))).toBe(false)
    expect(ready(jiandaoyun.settings.parse({ apiKey: 'k' }))).toBe(true)
  })
})
