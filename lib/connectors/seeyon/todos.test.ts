import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import type { HeldTodo } from '../contract'
import { scanUnread } from './messages/scan'
import { settings, type SeeyonSettings } from './settings'
import { contextOf, failureOf } from './test-context'
import { todos } from './todos'

const ZHANG = '-8361687019900091749'
let server: SeeyonSimulator
beforeEach(async () => {
  server = await startSeeyon({ members: [{ loginName: 'zhangsan', id: ZHANG }, { loginName: 'lisi' }] })
})
afterEach(() => server.close())

const bound = (change: Partial<SeeyonSettings> = {}) => contextOf(server, { tokenMode: 'bound', ...change })
const refs = async (context = bound()) => (await todos.listOpen(context, ZHANG)).map(({ ref }) => ref)
const asked = () => server.log().filter(({ endpoint }) => endpoint === 'pendingAffairs').length
const answering = (...bodies: string[]) =>
  bodies.forEach((body, at) =>
    server.fault({
      ...{ kind: 'custom', endpoint: 'pendingAffairs', type: 'application/json', body },
      ...(at < bodies.length - 1 && { count: 1 }),
    }),
  )

const held = (linkRef: Record<string, string> | null): HeldTodo => ({
  ...{ messageId: '1', generation: null, type: '1', link: null, sentAt: new Date() },
  linkRef,
})

describe('what a message asks for', () => {
  it('is the affair in linkParam0 of a pending collaboration, with all its digits', async () => {
    const linkParams = ['-6675423597613201249']
    server.send('zhangsan', { linkType: 'message.link.col.pending', linkParams, referenceId: '5' })
    const [item] = (await scanUnread(bound(), ZHANG, { depth: 'all' })).items
    const ref = todos.refOf(held(item!.content.linkRef))
    expect(ref).toBe('-6675423597613201249')
    expect(await refs()).toEqual([ref])
  })

  it.each<Record<string, string> | null>([
    null,
    {},
    { linkType: 'message.link.col.pending' },
    { linkType: 'message.link.col.pending', linkParam0: '' },
    { linkType: 'message.link.col.pending', linkParam0: '-1' },
    { linkType: 'message.link.col.pending', linkParam0: '6.67E+18' },
    { linkType: 'message.link.col.pending', referenceId: '5' },
    { linkType: 'message.link.edoc.pending', linkParam0: '5' },
    { linkType: 'message.link.mt.send', linkParam0: '5' },
    { linkType: 'message.link.bul.auditing', linkParam0: '5' },
    { linkType: 'message.link.formtrigger.msg.flow', linkParam0: '5' },
  ])('cannot be compared for %j', (linkRef) => {
    expect(todos.refOf(held(linkRef))).toBeNull()
  })
})

it('can be asked with bound tokens only', () => {
  const least = { baseUrl: 'http://oa.example.com', restUser: 'rest', restPassword: 'password' }
  expect(todos.ready(settings.parse(least))).toBe(false)
  expect(todos.ready(settings.parse({ ...least, tokenMode: 'bound' }))).toBe(true)
  expect(todos).toMatchObject({ absence: 'over_twice', everySeconds: 300 })
})

describe('the list', () => {
  it.each([
    [0, 1],
    [1, 1],
    [99, 1],
    [100, 2],
    [250, 3],
  ])('of %i affairs is read whole in %i pages', async (count, pages) => {
    server.sendMany('zhangsan', count)
    server.send('lisi')
    expect(await refs()).toEqual(server.pendingAffairs('zhangsan'))
    expect(asked()).toBe(pages)
  })

  it('is without what was handled in Seeyon', async () => {
    const [first, second] = server.sendMany('zhangsan', 2)
    server.handle('zhangsan', first!.linkParams[0]!)
    expect(await refs()).toEqual([second!.linkParams[0]])
  })

  it('is read whole where the server gives fewer rows than asked for', async () => {
    server.configure({ maxPageSize: 20 })
    server.sendMany('zhangsan', 45)
    expect(await refs()).toEqual(server.pendingAffairs('zhangsan'))
  })

  it.each(['null', '[]', '{"data":[]}', '{"data":[],"total":0,"pages":0}'])(
    'is empty for %s',
    async (body) => {
      answering(body)
      expect(await refs()).toEqual([])
    },
  )

  it.each([
    ['[{"affairId":-6675423597613201249}]', ['-6675423597613201249']],
    ['{"data":[{"affairId":"9223372036854775807","id":7}]}', ['9223372036854775807']],
    ['{"data":[{"id":2720145156405544001}],"total":-1}', ['2720145156405544001']],
  ])('may be written %s', async (body, expected) => {
    answering(body)
    expect(await refs()).toEqual(expected)
  })

  const rows = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, n) => `{"affairId":${from + n}}`).join(',')
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => `${from + n}`)

  it('goes on after a page that was cut without saying so', async () => {
    answering(`[${rows(1, 30)}]`, `[${rows(31, 50)}]`)
    expect(await refs()).toEqual(range(1, 50))
  })

  it('goes on while it says that there are more pages', async () => {
    answering(`{"data":[${rows(1, 5)}],"size":100,"pages":2}`, `{"data":[${rows(6, 7)}],"pages":2}`)
    expect(await refs()).toEqual(range(1, 7))
  })

  it('ends where its last page comes again', async () => {
    answering(`[${rows(1, 100)}]`, `[${rows(101, 200)}]`, `[${rows(101, 200)}]`)
    expect(await refs()).toEqual(range(1, 200))
    server.clearFaults()
    answering(`{"data":[${rows(1, 100)}],"total":100}`)
    expect(await refs()).toEqual(range(1, 100))
  })

  it.each([
    ['{"data":[{"subject":"x"}]}', 'refused'],
    ['{"data":[{"affairId":0}]}', 'refused'],
    ['{"data":[{"affairId":6.67E+18}]}', 'refused'],
    ['[1]', 'refused'],
    [`[${rows(1, 100)}]`, 'refused'],
    [`{"data":[${rows(1, 100)}],"total":300}`, 'refused'],
    ['{}', 'unavailable'],
    ['{"data":null}', 'unavailable'],
    ['{"code":500,"data":[]}', 'unavailable'],
    ['', 'unavailable'],
    ['{"data":[{"affairId":1}', 'unavailable'],
    ['<html>登录</html>', 'unavailable'],
  ])('is none: %s', async (body, kind) => {
    answering(body)
    expect((await failureOf(todos.listOpen(bound(), ZHANG))).kind).toBe(kind)
  })

  it('is none where a later page fails', async () => {
    server.sendMany('zhangsan', 150)
    server.fault({ kind: 'status500', endpoint: 'pendingAffairs', skip: 1 })
    expect((await failureOf(todos.listOpen(bound(), ZHANG))).kind).toBe('unavailable')
  })
})

describe('a server that does not tell', () => {
  it('is asked once an hour, whoever it is about', async () => {
    server.configure({ pendingAffairs: false })
    const context = bound()
    for (let n = 0; n < 3; n++) {
      const error = await failureOf(todos.listOpen(context, ZHANG))
      expect(error).toMatchObject({ kind: 'refused' })
      expect(error.detail['zh-CN']).toContain('coll/pendingAffairs')
    }
    await failureOf(todos.listOpen(context, server.member('lisi').id))
    expect(asked()).toBe(1)
  })

  it('is told from one that is away', async () => {
    server.fault({ kind: 'badGateway', endpoint: 'pendingAffairs', count: 1 })
    const context = bound()
    expect((await failureOf(todos.listOpen(context, ZHANG))).kind).toBe('unavailable')
    expect(await refs(context)).toEqual([])
  })
})
