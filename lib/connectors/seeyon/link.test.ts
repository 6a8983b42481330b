import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ALL_LINK_TYPES, startSeeyon, type LinkForm, type SeeyonSimulator } from '@/simulators/seeyon'
import { seeyon } from '.'
import type { LinkSource } from '../contract'
import { normaliseLink } from './link'
import { settings } from './settings'
import { contextOf, failureOf } from './test-context'

const sourceOf = (linkRef: Record<string, string> | null): LinkSource => ({
  link: null,
  linkRef,
  sentAt: new Date(),
})

const inside = settings.parse({
  baseUrl: 'http://10.0.0.5:8088/seeyon',
  webUrl: 'https://oa.example.com/seeyon',
  restUser: 'rest',
  restPassword: 'password',
})
const PAGE = 'https://oa.example.com/seeyon/collaboration/collaboration.do?method=summary&affairId=-5'

describe('what linkurl may say', () => {
  it.each([
    '/seeyon/collaboration/collaboration.do?method=summary&affairId=-5',
    '/collaboration/collaboration.do?method=summary&affairId=-5',
    'collaboration/collaboration.do?method=summary&affairId=-5',
    'seeyon/collaboration/collaboration.do?method=summary&affairId=-5',
    ' /seeyon/collaboration/collaboration.do?method=summary&amp;affairId=-5\r\n',
    '"/seeyon/collaboration/collaboration.do?method=summary&affairId=-5"',
    '"\\/seeyon\\/collaboration\\/collaboration.do?method=summary&amp;affairId=-5"',
    'http://10.0.0.5:8088/seeyon/collaboration/collaboration.do?method=summary&affairId=-5',
    'https://10.0.0.5:8088/seeyon/collaboration/collaboration.do?method=summary&affairId=-5',
    'http://oa.example.com/seeyon/collaboration/collaboration.do?method=summary&affairId=-5',
    PAGE,
  ])('%j opens the page at the address of employees', (raw) => expect(normaliseLink(raw, inside)).toBe(PAGE))

  it.each([
    ['x.do', 'https://oa.example.com/seeyon/x.do'],
    ['/x.do;jsessionid=1?a=b', 'https://oa.example.com/seeyon/x.do;jsessionid=1?a=b'],
    ['/seeyon/apps_res/index.html#/a', 'https://oa.example.com/seeyon/apps_res/index.html#/a'],
    [
      '/seeyon/x.do?q=采购&amp;n=&quot;a&quot;',
      'https://oa.example.com/seeyon/x.do?q=%E9%87%87%E8%B4%AD&n=%22a%22',
    ],
    ['/seeyon//evil.test/x.do', 'https://oa.example.com/seeyon//evil.test/x.do'],
    ['/x.do?next=https://evil.test', 'https://oa.example.com/seeyon/x.do?next=https://evil.test'],
  ])('%j opens %s', (raw, expected) => expect(normaliseLink(raw, inside)).toBe(expected))

  it.each([
    '',
    '  ',
    'null',
    '""',
    '"',
    '"/seeyon/x.do',
    '5',
    '[]',
    "javascript:openWindow({url:'/seeyon/x.do'})",
    'JAVASCRIPT:alert(1)',
    'java\tscript:alert(1)//x.do',
    'javascript&#58;alert(1)',
    'data:text/html,x.do',
    'http://evil.test/seeyon/x.do',
    'https://oa.example.com.evil.test/seeyon/x.do',
    'https://oa.example.com@evil.test/seeyon/x.do',
    'http://10.0.0.5/seeyon/x.do',
    'http:/x.do',
    '//evil.test/seeyon/x.do',
    '/\\evil.test/x.do',
    '\\\\evil.test\\x.do',
    '/seeyon/../manager/x.do',
    '/seeyon/%2e%2e/manager/x.do',
    '../x.do',
    '/seeyon/x.do\u0000',
    '没有权限',
    'error',
    '/',
    '/seeyon',
    '/other/path',
  ])('%j opens nothing', (raw) => expect(normaliseLink(raw, inside)).toBeNull())

  it('knows the prefix of a gateway', () => {
    const gateway = settings.parse({ ...inside, webUrl: 'https://gateway.example.com/oa' })
    const expected = 'https://gateway.example.com/oa/seeyon/x.do?a=1'
    for (const raw of [
      'x.do?a=1',
      '/seeyon/x.do?a=1',
      '/oa/seeyon/x.do?a=1',
      'http://10.0.0.5:8088/seeyon/x.do?a=1',
      expected,
    ]) {
      expect(normaliseLink(raw, gateway)).toBe(expected)
    }
  })

  it('never opens anything outside, whatever it says', () => {
    const piece = fc.constantFrom(
      ...[
        '/seeyon/',
        '/',
        '//',
        '\\',
        'x.do',
        '?',
        '#',
        '..',
        'javascript:',
        'http:',
        'https://',
        '@',
        '"',
        '&amp;',
      ],
      ...['evil.test', 'oa.example.com', '10.0.0.5:8088', '%2f', '\t', '\u202e', "'", '<', ' '],
    )
    const raw = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 8 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(raw, (said) => {
        const link = normaliseLink(said, inside)
        if (link !== null) expect(link).toMatch(/^https?:\/\/(oa\.example\.com|10\.0\.0\.5:8088)\//)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('against a server', () => {
  let server: SeeyonSimulator
  beforeAll(async () => {
    server = await startSeeyon({ members: [{ loginName: 'zhangsan', name: '张三' }] })
  })
  beforeEach(() => {
    server.clearFaults()
    server.configure({ linkForm: null, webUrl: null })
  })
  afterAll(() => server.close())

  /** The link source of a message as a scan gives it. */
  async function scanned(linkType: string | null, more: object = {}): Promise<LinkSource> {
    const { id } = server.send('zhangsan', { linkType, ...more })
    const { id: person } = server.member('zhangsan')
    const scan = await seeyon.pull!.scanUnread(contextOf(server), person, { depth: 'all' })
    const item = scan.items.find(({ externalId }) => externalId === id)
    if (!item) throw new Error('the message was not listed')
    return item.content
  }

  it.each(['prefixed', 'rooted', 'relative', 'absolute', 'escaped', 'quoted'] satisfies LinkForm[])(
    'opens a message whose link comes %s',
    async (linkForm) => {
      server.configure({ linkForm })
      const source = await scanned('message.link.col.pending')
      expect(seeyon.link.has(source)).toBe(true)
      const link = await seeyon.link.resolve(contextOf(server, { webUrl: 'https://oa.example.com' }), source)
      const id = source.linkRef?.referenceId ?? 'none'
      expect(link).toMatch(
        /^https:\/\/oa\.example\.com\/seeyon\/collaboration\/collaboration\.do\?method=summary&/,
      )
      expect(link).toContain(`affairId=${id}`)
      expect(link).not.toContain('amp;')
    },
  )

  it.each(['javascript', 'foreign', 'schemeless'] satisfies LinkForm[])(
    'opens nothing where the link comes %s',
    async (linkForm) => {
      server.configure({ linkForm })
      const source = await scanned('message.link.col.pending')
      expect(await seeyon.link.resolve(contextOf(server), source)).toBeNull()
    },
  )

  it('opens every kind of message that can be opened, and none of the others', async () => {
    const context = contextOf(server)
    const closed: string[] = []
    for (const linkType of ALL_LINK_TYPES) {
      const source = await scanned(linkType)
      const link = await seeyon.link.resolve(context, source)
      if (link === null) closed.push(linkType)
      else expect(link).toMatch(new RegExp(`^${server.origin}/seeyon/[\\w/]+\\.do\\?`))
    }
    expect(closed).toEqual([
      'message.link.webservice.message',
      'message.link.NC.message',
      'message.link.cip.message.url',
    ])
  })

  it('sends year and month for 绩效', async () => {
    const creationDate = Date.parse('2025-10-31T16:30:00Z')
    const source = await scanned('message.link.performance.report', { creationDate })
    const link = await seeyon.link.resolve(contextOf(server), source)
    expect(link).toContain('&year=2025&month=11')
  })

  it('needs no server to know that there is nothing to open', async () => {
    const sources = [
      sourceOf(null),
      sourceOf({ linkType: 'message.link.col.pending' }),
      sourceOf({ referenceId: '5' }),
      sourceOf({ linkType: 'message.link.NC.message', referenceId: '5' }),
      await scanned(null),
    ]
    server.resetCounters()
    for (const source of sources) {
      expect(seeyon.link.has(source)).toBe(false)
      expect(await seeyon.link.resolve(contextOf(server), source)).toBeNull()
    }
    expect(server.log()).toEqual([])
  })

  it.each([
    'status500',
    'badGateway',
    'loginPage',
    'errorObject',
    'redirect',
    'reset',
    'cutTransfer',
    'hugeBody',
  ] as const)('says that it cannot tell when the answer is %s', async (kind) => {
    const source = await scanned('message.link.col.pending')
    server.fault({ kind, endpoint: 'linkurl' })
    expect((await failureOf(seeyon.link.resolve(contextOf(server), source))).kind).toBe('unavailable')
  })

  it('says that it may not ask when the account may not', async () => {
    const source = await scanned('message.link.col.pending')
    server.fault({ kind: 'invalidToken', endpoint: 'linkurl' })
    expect((await failureOf(seeyon.link.resolve(contextOf(server), source))).kind).toBe('unauthorized')
  })

  it('takes "no such thing" for no link, and makes it of the parameters where they do', async () => {
    const source = await scanned('message.link.col.pending')
    const fault = { kind: 'custom', endpoint: 'linkurl', status: 404, body: 'not found' } as const
    server.fault(fault)
    expect(await seeyon.link.resolve(contextOf(server), source)).toContain('affairId=')
    server.fault(fault)
    const bare = { linkType: 'message.link.col.pending', referenceId: source.linkRef!.referenceId! }
    expect(await seeyon.link.resolve(contextOf(server), { ...source, linkRef: bare })).toBeNull()
  })
})
