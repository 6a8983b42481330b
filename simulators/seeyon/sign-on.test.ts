import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listenOnLoopback, TEXT_TYPE, writeAnswer, type LoopbackServer } from '../loopback-server'
import { startSeeyon, type SeeyonSimulator } from '.'
import { rest } from './test-session'

let seeyon: SeeyonSimulator
let huixin: LoopbackServer
let asked: string[] = []

beforeAll(async () => {
  huixin = await listenOnLoopback(async (request, response) => {
    asked.push(request.url ?? '')
    const known = request.url === '/handshake?ticket=abc'
    writeAnswer(response, { status: known ? 200 : 404, type: TEXT_TYPE, body: known ? 'zhangsan' : '' })
  })
  seeyon = await startSeeyon({ members: [{ loginName: 'zhangsan', name: '张三' }] })
})
beforeEach(() => {
  asked = []
  seeyon.configure({ ssoName: 'huixin', ssoHandshakeUrl: `${huixin.origin}/handshake`, ticketCheck: 'rest' })
})
afterAll(() => Promise.all([seeyon.close(), huixin.close()]))

async function signOn(query: Record<string, string>): Promise<string> {
  const response = await fetch(`${seeyon.baseUrl}/login/sso?${new URLSearchParams(query).toString()}`)
  return response.text()
}

describe('/seeyon/login/sso', () => {
  const query = { from: 'huixin', ticket: 'abc', UserAgentFrom: 'pc', tourl: '/seeyon/x.do?affairId=1234567' }

  it('asks whose the ticket is and opens the target as that member', async () => {
    const page = await signOn(query)
    expect(page).toContain('data-signed-in="zhangsan"')
    expect(page).toContain('data-reference="1234567"')
    expect(asked).toEqual(['/handshake?ticket=abc'])
  })

  it.each([
    ['another ticket', { ticket: 'abd' }],
    ['another plugin', { from: 'other' }],
    ['a target elsewhere', { tourl: '//evil.test/' }],
  ])('refuses %s', async (_, change) => {
    const page = await signOn({ ...query, ...change })
    expect(page).toContain('data-refused')
    expect(page).not.toContain('data-signed-in')
  })

  it('knows nobody without the plugin', async () => {
    seeyon.configure({ ssoName: null })
    expect(await signOn(query)).toContain('data-refused')
    expect(asked).toEqual([])
  })
})

describe('tickets of Seeyon', () => {
  const controller = (ticket: string) => fetch(`${seeyon.baseUrl}/thirdpartyController.do?ticket=${ticket}`)

  it('are told apart in JSON, without a token', async () => {
    const ticket = seeyon.issueTicket('zhangsan')
    const { status, text } = await rest(seeyon, `token/ticket?ticket=${ticket}`)
    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({ code: 0, data: { loginName: 'zhangsan', name: '张三' } })
    const wrong = await rest(seeyon, 'token/ticket?ticket=wrong')
    expect(JSON.parse(wrong.text)).toEqual({ code: 1, message: '无效的ticket！' })
  })

  it('are told in a header by every version, and only there by older ones', async () => {
    seeyon.configure({ ticketCheck: 'controller' })
    const ticket = seeyon.issueTicket('zhangsan')
    expect((await rest(seeyon, `token/ticket?ticket=${ticket}`)).status).toBe(404)
    expect((await controller(ticket)).headers.get('LoginName')).toBe('zhangsan')
    expect((await controller('wrong')).headers.get('LoginName')).toBeNull()
  })

  it('run out', async () => {
    const ticket = seeyon.issueTicket('zhangsan')
    seeyon.advance(5 * 60_000)
    expect((await controller(ticket)).headers.get('LoginName')).toBeNull()
  })
})
