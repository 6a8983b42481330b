import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import { findPerson } from './find-person'
import { contextOf, failureOf } from './test-context'

const ZHANG = '-8361687019900091749'
let server: SeeyonSimulator

beforeAll(async () => {
  server = await startSeeyon({
    members: [
      { loginName: 'zhangsan', name: '张三', id: ZHANG, code: '1010' },
      { loginName: '李 四', name: '李四', id: '9223372036854775807', enabled: false },
    ],
  })
})
beforeEach(() => server.clearFaults())
afterAll(() => server.close())

const find = (loginName: string) => findPerson(contextOf(server), loginName)
const answering = (body: string, status = 200) =>
  server.fault({ kind: 'custom', endpoint: 'orgMember', status, type: 'application/json', body })

describe('a login name', () => {
  // Employee number 1010 looks like the code of a refused token, and 500 like an error.
  it('leads to the member, with all digits of the id', async () => {
    const person = { externalId: ZHANG, loginName: 'zhangsan', name: '张三', active: true }
    expect(await find(' zhangsan ')).toEqual(person)
  })

  it('may be in any script, and its member disabled', async () => {
    expect(await find('李 四')).toEqual({
      externalId: '9223372036854775807',
      loginName: '李 四',
      name: '李四',
      active: false,
    })
  })

  it.each(['nobody', '', '  ', 'zhangsan&loginName=x', '../x'])('%j is unknown', async (loginName) => {
    expect(await find(loginName)).toBeNull()
  })
})

describe('an answer', () => {
  it.each([
    ['{"id":-5}', { externalId: '-5', loginName: 'zhangsan', name: null, active: true }],
    [
      '{"id":"-5","name":" 张三 ","loginName":"zs","state":"1"}',
      { externalId: '-5', loginName: 'zs', name: '张三', active: true },
    ],
    ['[{"id":-5,"isDeleted":true}]', { externalId: '-5', loginName: 'zhangsan', name: null, active: false }],
    ['{"id":-5,"state":2}', { externalId: '-5', loginName: 'zhangsan', name: null, active: false }],
    [
      '{"id":-5,"code":"500","enabled":1}',
      { externalId: '-5', loginName: 'zhangsan', name: null, active: true },
    ],
    ['[]', null],
    ['null', null],
  ])('%s', async (body, expected) => {
    answering(body)
    expect(await find('zhangsan')).toEqual(expected)
  })

  it.each([
    '{}',
    '{"id":null}',
    '{"id":"6.67E+18"}',
    '{"code":500,"message":"出错"}',
    'true',
    '"x"',
    '[1]',
    '',
    '{"id":-5',
  ])('%s says nothing', async (body) => {
    answering(body)
    expect((await failureOf(find('zhangsan'))).kind).toBe('unavailable')
  })

  it('with a status says what it means', async () => {
    answering('没有授权', 403)
    const error = await failureOf(find('zhangsan'))
    expect(error.kind).toBe('refused')
    expect(error.detail['zh-CN']).toContain('没有授权')
  })
})
