import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type FaultInput, type SeeyonSimulator } from '@/simulators/seeyon'
import { seeyon } from '.'
import { settings } from './settings'
import { contextOf, failureOf } from './test-context'

const signOn = seeyon.signOn!
const TICKET = 'f0'.repeat(24)
const plain = settings.parse({
  baseUrl: 'http://10.0.0.5:8088',
  webUrl: 'https://oa.example.com',
  restUser: 'rest',
  restPassword: 'password',
})
const named = { ...plain, ssoName: 'huixin' }

describe('into Seeyon', () => {
  it('goes nowhere without a name', () => {
    expect(signOn.ready(plain)).toBe(false)
    expect(signOn.entry(plain, 'https://oa.example.com/seeyon/x.do', TICKET)).toBeNull()
    expect(signOn.ready(named)).toBe(true)
  })

  it('signs in and opens the page in one request', () => {
    const link =
      'https://oa.example.com/seeyon/collaboration/collaboration.do?method=summary&affairId=-1&a=%E6%B1%89#x'
    const entry = new URL(signOn.entry(named, link, TICKET)!)
    expect(entry.origin + entry.pathname).toBe('https://oa.example.com/seeyon/login/sso')
    expect(Object.fromEntries(entry.searchParams)).toEqual({
      from: 'huixin',
      ticket: TICKET,
      UserAgentFrom: 'pc',
      tourl: '/seeyon/collaboration/collaboration.do?method=summary&affairId=-1&a=%E6%B1%89#x',
    })
    expect(entry.hash).toBe('')
  })

  it('leaves out what a gateway puts before /seeyon', () => {
    const gateway = { ...named, webUrl: 'https://gateway.example.com/oa' }
    const entry = new URL(signOn.entry(gateway, 'https://gateway.example.com/oa/seeyon/x.do?a=1', TICKET)!)
    expect(entry.pathname).toBe('/oa/seeyon/login/sso')
    expect(entry.searchParams.get('tourl')).toBe('/seeyon/x.do?a=1')
    expect(signOn.entry(gateway, 'https://gateway.example.com/seeyon/x.do', TICKET)).toBeNull()
  })

  it.each([
    'javascript:alert(1)',
    'javascript://oa.example.com/seeyon/x.do',
    'data:text/html,x',
    'https://evil.test/seeyon/x.do',
    'https://oa.example.com.evil.test/seeyon/x.do',
    'https://oa.example.com@evil.test/seeyon/x.do',
    'https://user:pw@oa.example.com/seeyon/x.do',
    'https://oa.example.com:8443/seeyon/x.do',
    'http://oa.example.com/seeyon/x.do',
    // The server's own address is not where employees are signed in.
    'http://10.0.0.5:8088/seeyon/x.do',
    'https://oa.example.com/other/x.do',
    'https://oa.example.com/seeyon',
    'https://oa.example.com/seeyonish/x.do',
    'https://oa.example.com/seeyon/../other/x.do',
    'https://oa.example.com/seeyon/%2e%2e/other/x.do',
    'https://oa.example.com/seeyon/x.do\nX: y',
    'https:\\\\evil.test/seeyon/x.do',
    '//oa.example.com/seeyon/x.do',
    '/seeyon/x.do',
    '',
  ])('gives %j no ticket', (link) => expect(signOn.entry(named, link, TICKET)).toBeNull())

  it('never sends a ticket elsewhere, whatever the link', () => {
    const piece = fc.constantFrom(
      ...[
        'https://',
        'oa.example.com',
        'evil.test',
        '/seeyon/',
        '/',
        '..',
        '@',
        ':443',
        ':80',
        '\\',
        '?',
        '#',
      ],
      ...['javascript:', 'x.do', '%2f', '%2e%2e', '&tourl=', 'http://', ' ', '\u202e'],
    )
    const link = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 8 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(link, (said) => {
        const entry = signOn.entry(named, said, TICKET)
        if (entry === null) return
        const { origin, pathname, searchParams } = new URL(entry)
        expect([origin, pathname]).toEqual(['https://oa.example.com', '/seeyon/login/sso'])
        expect(searchParams.getAll('ticket')).toEqual([TICKET])
        expect(searchParams.get('tourl')).toMatch(/^\/seeyon\//)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('a ticket of Seeyon', () => {
  it.each([
    ['ticket=abc-123', 'abc-123'],
    ['v5ticket=-6675423597613201249', '-6675423597613201249'],
    ['ticket=a%2Bb%2Fc%3D', 'a+b/c='],
    [`ticket=${'a'.repeat(200)}`, 'a'.repeat(200)],
  ])('in %s is read', (query, ticket) => {
    expect(signOn.ticketIn(new URLSearchParams(query))).toBe(ticket)
  })

  it.each([
    '',
    'ticket=',
    `ticket=${'a'.repeat(201)}`,
    'ticket=a%20b',
    'ticket=a%0d%0ab',
    'ticket=a%26b',
    'ticket=票',
    'ticket=a%23',
    'ticket=%3Cx%3E',
  ])('in %s is none', (query) => expect(signOn.ticketIn(new URLSearchParams(query))).toBeNull())

  it('counts only where the switch is on', () => {
    expect(signOn.accepts(plain)).toBe(false)
    expect(signOn.accepts({ ...plain, ssoEntry: true })).toBe(true)
  })
})

describe('whose a ticket is', () => {
  let server: SeeyonSimulator
  beforeAll(async () => {
    server = await startSeeyon({ members: [{ loginName: 'zhangsan' }, { loginName: '张三' }] })
  })
  beforeEach(() => {
    server.clearFaults()
    server.resetCounters()
    server.configure({ ticketCheck: 'rest' })
  })
  afterAll(() => server.close())

  const whose = (ticket: string) => signOn.whose(contextOf(server), ticket)
  const paths = () => server.log().map(({ path }) => path.split('?')[0])

  it.each(['zhangsan', '张三'])('is told by newer versions: %s', async (loginName) => {
    expect(await whose(server.issueTicket(loginName))).toBe(loginName)
    expect(await whose('wrong')).toBeNull()
    // No token is needed, and the older way is not asked.
    expect(paths()).toEqual(['/seeyon/rest/token/ticket', '/seeyon/rest/token/ticket'])
  })

  it('is told by older versions in a header', async () => {
    server.configure({ ticketCheck: 'controller' })
    expect(await whose(server.issueTicket('zhangsan'))).toBe('zhangsan')
    expect(await whose('wrong')).toBeNull()
    const both = ['/seeyon/rest/token/ticket', '/seeyon/thirdpartyController.do']
    expect(paths()).toEqual([...both, ...both])
  })

  it.each<Omit<FaultInput, 'endpoint'>>([
    { kind: 'loginPage' },
    { kind: 'redirect' },
    { kind: 'invalidToken' },
    { kind: 'custom', status: 405, body: '' },
  ])('is asked for the older way where the newer is not there: %o', async (fault) => {
    server.fault({ ...fault, endpoint: 'ticket', count: 1 })
    expect(await whose(server.issueTicket('zhangsan'))).toBe('zhangsan')
  })

  it.each<Omit<FaultInput, 'endpoint'>>([
    { kind: 'status500' },
    { kind: 'badGateway' },
    { kind: 'emptyBody' },
    { kind: 'cutJson' },
    { kind: 'code1010' },
    { kind: 'errorObject' },
    { kind: 'reset' },
    { kind: 'custom', status: 200, body: '{"code":0,"data":null}' },
    { kind: 'custom', status: 200, body: '{"code":0,"data":{"loginName":" "}}' },
    { kind: 'custom', status: 200, body: '{"data":{"loginName":"zhangsan"}}' },
    { kind: 'custom', status: 404, body: 'not found' },
  ])('is not known, and nobody is taken for it, after %o', async (fault) => {
    server.fault({ ...fault, endpoint: 'ticket' })
    expect((await failureOf(whose(server.issueTicket('zhangsan')))).kind).toBe('unavailable')
  })

  it('is not known while the server is away', async () => {
    const context = contextOf({ ...server, baseUrl: 'http://127.0.0.1:1' })
    const error = await failureOf(signOn.whose(context, 'secret-ticket'))
    expect(error.kind).toBe('unavailable')
    expect(JSON.stringify([error.detail, error.message])).not.toContain('secret-ticket')
  })
})
