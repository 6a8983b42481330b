import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type FaultInput, type SeeyonSimulator } from '@/simulators/seeyon'
import { seeyon } from '.'
import type { OutgoingMessage, Receiver } from '../contract'
import { contextOf } from './test-context'

const LI = '-8361687019900091749'
let server: SeeyonSimulator

beforeEach(async () => {
  server = await startSeeyon({
    members: [
      { loginName: 'lisi', id: LI },
      { loginName: 'notice', name: '信息中心' },
    ],
  })
})
afterEach(() => server.close())

const { ready, send: sendWith } = seeyon.send!
const contextFrom = (senderLoginName: string | null = 'notice') => contextOf(server, { senderLoginName })
const send = (
  message: Partial<OutgoingMessage> = {},
  { to = { externalId: LI } as Receiver, context = contextFrom() } = {},
) => sendWith(context, to, { text: '请看', url: null, senderLoginName: null, ...message })
const sends = () => server.requests().endpoints.send.total
/** No answer may take longer than a test: the other end hangs up. */
const hungUp = async () => {
  const context = contextFrom()
  const stop = new AbortController()
  server.fault({ kind: 'hang', endpoint: 'send', carryOut: true })
  const called = expect.poll(() => server.requests().endpoints.send.total)
  const sending = send({}, { context: { ...context, signal: stop.signal } })
  await called.toBe(1)
  stop.abort()
  return sending
}

describe('sending', () => {
  it('goes to the member by id, as text, under the sender’s sign-in name', async () => {
    expect(await send()).toEqual({ state: 'sent' })
    expect(server.sendCalls()).toEqual([
      expect.objectContaining({
        by: 'userId',
        receivers: [LI],
        idsWereNumbers: false,
        sender: 'notice',
        content: '请看',
        urls: [],
      }),
    ])
    expect(server.messages('lisi')).toMatchObject([{ messageContent: '请看', linkType: null }])
  })

  it('takes a link along, and another sender than the settings name', async () => {
    await send({ url: 'https://a.example/b?via=1', senderLoginName: 'lisi' })
    expect(server.messages('lisi')).toMatchObject([
      {
        senderName: 'lisi',
        linkType: 'message.link.webservice.message',
        linkParams: ['https://a.example/b?via=1', ...Array<null>(9).fill(null)],
      },
    ])
  })

  it('goes by sign-in name where that is all that is known', async () => {
    expect(await send({}, { to: { loginName: 'lisi' }, context: contextFrom() })).toEqual({ state: 'sent' })
    expect(server.sendCalls()).toMatchObject([{ by: 'loginName', receivers: ['lisi'] }])
  })

  it('is ready where the settings name a sender', () => {
    expect(ready(contextFrom().settings)).toBe(true)
    expect(ready(contextFrom(null).settings)).toBe(false)
  })

  it.each(['{"result":"1"}', '{"result":1,"errorMessage":"","errorNumber":"0"}', '1', '"1"'])(
    'is done where Seeyon says %s',
    async (body) => {
      server.fault({ kind: 'custom', type: 'application/json', body, endpoint: 'send' })
      expect(await send()).toEqual({ state: 'sent' })
    },
  )

  it('gets a new token where the one it has is dead', async () => {
    const context = contextFrom()
    await send({}, { context })
    server.expireTokens()
    expect(await send({}, { context })).toEqual({ state: 'sent' })
    expect(server.messages('lisi')).toHaveLength(2)
  })
})

describe('refused', () => {
  it('is what Seeyon did not send, in its words', async () => {
    server.fault({ kind: 'result', body: '接收人不存在', endpoint: 'send' })
    expect(await send()).toMatchObject({ state: 'refused', detail: { 'zh-CN': /接收人不存在/ } as object })
    expect(sends()).toBe(1)
  })

  it('is a member of whom Seeyon knows nothing', async () => {
    expect(await send({}, { to: { externalId: '42' }, context: contextFrom() })).toMatchObject({
      state: 'refused',
    })
  })

  it.each([400, 403, 404])('is %i', async (status) => {
    server.fault({ kind: 'custom', status, body: 'no', endpoint: 'send' })
    expect(await send()).toMatchObject({ state: 'refused' })
    expect(sends()).toBe(1)
  })

  it('is a REST user that may not, after one new token', async () => {
    server.fault({ kind: 'invalidToken', endpoint: 'send' })
    const answer = await send()
    expect(answer).toMatchObject({ state: 'refused' })
    expect((answer as { detail: Record<string, string> }).detail['zh-CN']).toMatch(/模块授权/)
    expect(sends()).toBe(2)
  })

  it('is what names no sender or no possible member: nothing goes out', async () => {
    expect(await send({}, { context: contextFrom(null) })).toMatchObject({ state: 'refused' })
    expect(await send({}, { to: { externalId: '6.67E+18' }, context: contextFrom() })).toMatchObject({
      state: 'refused',
    })
    expect(server.requests().total).toBe(0)
  })
})

const UNCLEAR: (FaultInput & { outage: boolean })[] = [
  { kind: 'status500', outage: true },
  { kind: 'badGateway', outage: true },
  { kind: 'loginPage', outage: true },
  { kind: 'emptyBody', outage: true },
  { kind: 'reset', outage: true },
  { kind: 'cutTransfer', outage: true },
  { kind: 'cutJson', outage: true },
  { kind: 'redirect', outage: true },
  { kind: 'hugeBody', outage: true },
  { kind: 'custom', status: 408, body: '', outage: true },
  { kind: 'custom', status: 403, type: 'text/html', body: '<html>no</html>', outage: true },
  { kind: 'result', result: -1, body: '异常', outage: false },
  { kind: 'errorObject', outage: false },
  { kind: 'custom', type: 'application/json', body: '{}', outage: false },
  { kind: 'custom', type: 'application/json', body: 'null', outage: false },
]

describe('unclear, though it may have arrived, and asked for exactly once', () => {
  it.each(UNCLEAR)('is $kind $status $body', async ({ outage, ...fault }) => {
    server.fault({ ...fault, endpoint: 'send', carryOut: true })
    expect(await send()).toMatchObject({ state: 'unclear', outage })
    expect(sends()).toBe(1)
    expect(server.messages('lisi')).toHaveLength(1)
  })

  it('is what was given up while Seeyon was at it', async () => {
    expect(await hungUp()).toMatchObject({ state: 'unclear' })
    expect(server.messages('lisi')).toHaveLength(1)
  })
})

describe('certainly not sent', () => {
  it('is what nobody listens to', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => closed.once('listening', resolve))
    const { port } = closed.address() as { port: number }
    await new Promise((resolve) => closed.close(resolve))
    const context = contextFrom()
    // The token is there already: it is the message itself that finds nobody.
    await send({}, { context })
    const elsewhere = contextOf({ ...server, baseUrl: `http://127.0.0.1:${port}` }, { senderLoginName: 'a' })
    expect(await send({}, { context: elsewhere })).toMatchObject({ state: 'not_sent' })
  })

  it('is what finds no token', async () => {
    server.fault({ kind: 'status500', endpoint: 'token' })
    expect(await send()).toMatchObject({ state: 'not_sent' })
    server.clearFaults()
    server.configure({ restPassword: 'another' })
    expect(await send()).toMatchObject({ state: 'not_sent' })
    expect(sends()).toBe(0)
  })

  it('is what finds no new token for a dead one', async () => {
    const context = contextFrom()
    await send({}, { context })
    server.expireTokens()
    server.fault({ kind: 'reset', endpoint: 'token' })
    expect(await send({}, { context })).toMatchObject({ state: 'not_sent' })
    expect(server.messages('lisi')).toHaveLength(1)
  })

  it('is what Seeyon asks to bring later', async () => {
    server.fault({ kind: 'custom', status: 429, body: 'slow down', endpoint: 'send' })
    expect(await send()).toMatchObject({ state: 'not_sent' })
  })

  it('is what was given up before its turn', async () => {
    const context = contextFrom()
    await send({}, { context })
    expect(await send({}, { context: { ...context, signal: AbortSignal.abort() } })).toMatchObject({
      state: 'not_sent',
    })
    expect(sends()).toBe(1)
  })
})

describe('what comes back', () => {
  const TOKEN = 'abcdefghijklmnopqrst-_'
  const scanned = async () => {
    const scan = await seeyon.pull!.scanUnread(contextFrom(), LI, { depth: 'all' })
    return scan.items.map(({ echo }) => echo)
  }

  it('bears the token of the link it was sent with', async () => {
    await send({ url: `https://a.example/messages/1?via=${TOKEN}` })
    expect(await scanned()).toEqual([TOKEN])
  })

  it('is found in any parameter, whatever the link type', async () => {
    server.send('lisi', { linkType: null, linkParams: [null, null, `https://a.example/?a=1&via=${TOKEN}#x`] })
    expect(await scanned()).toEqual([TOKEN])
  })

  it.each([`https://a.example/?via=${TOKEN}x`, 'https://a.example/?via=short', `via=${TOKEN}`, null])(
    'is none in %s',
    async (link) => {
      server.send('lisi', { linkParams: [link] })
      expect(await scanned()).toEqual([undefined])
    },
  )
})
