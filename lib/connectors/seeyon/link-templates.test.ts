import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import { resolveLink } from './link'
import { assembleLink, performanceMonth, TEMPLATE_TYPES } from './link-templates'
import { settings } from './settings'

describe('assembleLink', () => {
  it.each(TEMPLATE_TYPES)('makes a page of Seeyon of %s', (linkType) => {
    const link = assembleLink({ linkType, referenceId: '1', linkParam0: '-42' })
    expect(link).toMatch(/^\/[\w/]+\.do\?method=\w+&/)
    expect(link).toContain('=-42')
    expect(link).not.toMatch(/[{}]/)
  })

  it('leaves missing parameters empty and lets none break out', () => {
    const ref = { linkType: 'message.link.mt.send', linkParam0: '1&method=delete#', linkParam2: '3' }
    expect(assembleLink(ref)).toBe(
      '/mtMeeting.do?method=myDetailFrame&id=1%26method%3Ddelete%23&proxy=&proxyId=3&state=10',
    )
  })

  it('takes the reference for its object, never for an affair', () => {
    expect(assembleLink({ linkType: 'message.link.bulletin.open', referenceId: '7' })).toContain('id=7')
    expect(assembleLink({ linkType: 'message.link.col.pending', referenceId: '7' })).toBeNull()
  })

  it.each(['message.link.unknown', 'message.link.constructor', 'col.pending', ''])(
    'knows no %s',
    (linkType) => {
      expect(assembleLink({ linkType, referenceId: '1', linkParam0: '1' })).toBeNull()
    },
  )
})

describe('performanceMonth', () => {
  const time = { year: '2026', month: '11' }
  it.each([
    [{ ...time }, time],
    [
      { ...time, linkParam0: '-77', linkParam1: '2025', linkParam2: '03' },
      { year: '2025', month: '3' },
    ],
    [{ ...time, linkParam0: '2025', linkParam1: '13' }, time],
    [{ linkParam0: '2025', linkParam1: '3' }, {}],
  ])('of %j', (ref, expected) => {
    expect(performanceMonth(ref)).toEqual(expected)
  })
})

describe('where linkurl gives none', () => {
  let seeyon: SeeyonSimulator
  beforeAll(async () => void (seeyon = await startSeeyon({ members: [{ loginName: 'zhangsan' }] })))
  afterAll(() => seeyon.close())

  it.each(['empty', 'javascript', 'foreign', 'schemeless'] as const)(
    '(%s) the parameters do',
    async (linkForm) => {
      seeyon.configure({ linkForm })
      const context = {
        connectionId: `links-${linkForm}`,
        settings: settings.parse({
          baseUrl: seeyon.baseUrl,
          webUrl: 'https://oa.example.com',
          restUser: seeyon.restUser,
          restPassword: seeyon.restPassword,
        }),
      }
      const linkRef = { linkType: 'message.link.col.pending', referenceId: '5', linkParam0: '-9' }
      const source = { link: null, linkRef, sentAt: new Date() }
      expect(await resolveLink(context, source)).toBe(
        'https://oa.example.com/seeyon/collaboration/collaboration.do?method=summary&openFrom=listPending&affairId=-9&contentAnchor=',
      )
      const unknown = { ...source, linkRef: { ...linkRef, linkType: 'message.link.plugin' } }
      expect(await resolveLink(context, unknown)).toBeNull()
    },
  )
})
