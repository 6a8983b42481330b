import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import { seeyon } from '.'
import { contextOf, failureOf } from './test-context'

const ZHANG = '-8361687019900091749'
let server: SeeyonSimulator

beforeAll(async () => {
  server = await startSeeyon({ members: [{ loginName: 'zhangsan', name: '张三', id: ZHANG }] })
})
beforeEach(() => {
  server.clearFaults()
  server.resetCounters()
})
afterAll(() => server.close())

const tell = (ids: string[], person = ZHANG) => seeyon.writeBack!.markRead(contextOf(server), person, ids)
const calls = () => server.log().filter(({ endpoint }) => endpoint === 'isread').length
const answering = (status: number, body: string, type = 'text/plain') =>
  server.fault({ kind: 'custom', endpoint: 'isread', status, type, body })

it('64-bit ids survive from the list to isread', async () => {
  const sent = [
    ...['-6675423597613201249', '9223372036854775807', '-9223372036854775808', '9007199254740993'],
    ...server.sendMany('zhangsan', 30).map(({ id }) => id),
  ]
  for (const id of sent.slice(0, 4)) server.send('zhangsan', { id })
  const scan = await seeyon.pull!.scanUnread(contextOf(server), ZHANG, { depth: 'all' })
  const ids = scan.items.map(({ externalId }) => externalId)
  expect([...ids].sort()).toEqual([...sent].sort())
  await tell(ids)
  expect(server.isreadCalls().at(-1)).toMatchObject({
    userId: ZHANG,
    messageIds: ids,
    unknownIds: [],
    idsWereNumbers: false,
  })
  expect(server.unread('zhangsan')).toEqual([])
})

it('sends at most 100 ids a call', async () => {
  const ids = server.sendMany('zhangsan', 250).map(({ id }) => id)
  await tell(ids)
  expect(
    server
      .isreadCalls()
      .slice(-3)
      .map(({ messageIds }) => messageIds.length),
  ).toEqual([100, 100, 50])
  expect(server.unread('zhangsan')).toEqual([])
  expect(seeyon.writeBack!.batch).toBe(100)
})

it('says nothing when there is nothing to say', async () => {
  await tell([])
  expect(calls()).toBe(0)
})

describe('accepted', () => {
  it('is an id that is unknown there', () => expect(tell(['123'])).resolves.toBeUndefined())

  it.each([
    [200, ''],
    [200, 'null'],
    [200, 'true'],
    [200, '1'],
    [200, 'success'],
    [200, '[{"id":-6675423597613201249,"isRead":true}]'],
    [200, '{"id":-6675423597613201249,"isRead":true'],
    [200, '{"code":0,"message":"ok"}'],
    [200, '{"code":"200"}'],
    [201, ''],
    [204, ''],
  ])('is %i %s', async (status, body) => {
    answering(status, body)
    await expect(tell(['5'])).resolves.toBeUndefined()
    expect(calls()).toBe(1)
  })

  it('is a call whose token had died, after another', async () => {
    const context = contextOf(server)
    const { id } = server.send('zhangsan')
    await seeyon.pull!.scanUnread(context, ZHANG, { depth: 'all' })
    server.expireTokens()
    await seeyon.writeBack!.markRead(context, ZHANG, [id])
    expect(server.unread('zhangsan')).toEqual([])
  })
})

describe('not accepted', () => {
  it.each([
    'status500',
    'badGateway',
    'loginPage',
    'errorObject',
    'redirect',
    'reset',
    'cutTransfer',
    'hugeBody',
  ] as const)('is %s, which says nothing', async (kind) => {
    server.fault({ kind, endpoint: 'isread' })
    expect((await failureOf(tell(['5']))).kind).toBe('unavailable')
    expect(calls()).toBe(1)
  })

  it.each(['invalidToken', 'code1010'] as const)('is %s, an account that may not', async (kind) => {
    server.fault({ kind, endpoint: 'isread' })
    expect((await failureOf(tell(['5']))).kind).toBe('unauthorized')
  })

  it.each([
    [400, '', 'refused'],
    [403, '没有授权', 'refused'],
    [404, '', 'refused'],
    [405, '', 'refused'],
    [401, '', 'unauthorized'],
    [408, '', 'unavailable'],
    [429, '', 'unavailable'],
    [503, '', 'unavailable'],
  ])('is %i %s: %s', async (status, body, kind) => {
    answering(status, body)
    expect((await failureOf(tell(['5']))).kind).toBe(kind)
  })

  it('is a page, whatever its status', async () => {
    for (const status of [200, 400, 403, 404]) {
      server.clearFaults()
      answering(status, '<html>login</html>', 'text/html')
      expect((await failureOf(tell(['5']))).kind).toBe('unavailable')
    }
  })

  it('is an id that Seeyon cannot have given: it is not sent', async () => {
    expect((await failureOf(tell(['5', '6.67E+18']))).kind).toBe('refused')
    expect((await failureOf(tell(['5'], 'zhangsan'))).kind).toBe('misconfigured')
    expect(calls()).toBe(0)
  })
})
