import { describe, expect, it } from 'vitest'
import { FLOW_ACTIONS, MESSAGE_OPS } from '../message-push'
import { createCompanyTraffic } from './company-traffic'

const PEOPLE = [
  { username: 'zhangsan', name: '张三' },
  { username: 'lisi', name: '李四' },
  { username: 'wangwu', name: '王五' },
]
const traffic = (seed: number) => createCompanyTraffic({ people: PEOPLE, seed, now: () => 1_700_000_000_000 })

describe('createCompanyTraffic', () => {
  it('is the same for the same seed and another for another', () => {
    expect(traffic(5).take(200)).toEqual(traffic(5).take(200))
    expect(traffic(5).take(5)).not.toEqual(traffic(6).take(5))
  })

  it('meets every operation and every flow action', () => {
    const pushes = traffic(1)
      .take(2_000)
      .flatMap((event) => event.pushes)
    expect(new Set(pushes.map(({ op }) => op))).toEqual(new Set(MESSAGE_OPS))
    expect(new Set(pushes.flatMap(({ data }) => data.flow_action ?? []))).toEqual(new Set(FLOW_ACTIONS))
  })

  it('urges tasks that are there, under their own task id', () => {
    const begun = new Set<string>()
    let urged = 0
    for (const { kind, pushes } of traffic(2).take(500)) {
      for (const { data } of pushes) {
        const url = new URL(data.url)
        const key = `${data.to[0]?.username ?? ''} ${url.searchParams.get('taskId') ?? url.pathname}`
        if (kind === 'flow_urge' || kind === 'flow_timeout') {
          urged++
          expect(begun.has(key) || data.flow_action === 'flow_forward').toBe(true)
        }
        begun.add(key)
      }
    }
    expect(urged).toBeGreaterThan(20)
  })

  it('sends to one each in the new engine, and names only people it was given', () => {
    const names = new Set(PEOPLE.map(({ username }) => username))
    for (const { data } of traffic(3)
      .take(500)
      .flatMap((event) => event.pushes)) {
      expect(data.to.length).toBeGreaterThan(0)
      expect(data.to.every(({ username }) => names.has(username))).toBe(true)
      if (data.url.includes('/message/redirect')) expect(data.to).toHaveLength(1)
    }
  })

  it('needs people', () => {
    expect(() => createCompanyTraffic({ people: [] })).toThrow('people')
  })
})
