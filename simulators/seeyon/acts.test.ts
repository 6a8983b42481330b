import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ALL_LINK_TYPES, startSeeyon, type LinkForm, type SeeyonSimulator } from '.'
import { post, rest, tokenOf } from './test-session'

const ZHANG = '-8361687019900091749'

let seeyon: SeeyonSimulator
let headers: { token: string }

beforeEach(async () => {
  seeyon = await startSeeyon({
    now: () => 1_700_000_000_000,
    members: [
      { loginName: 'zhangsan', name: '张三', id: ZHANG },
      { loginName: 'lisi', name: '李四' },
    ],
  })
  headers = { token: await tokenOf(seeyon) }
})
afterEach(() => seeyon.close())

const isread = (body: unknown) => post(seeyon, 'message/isread', body, headers)
const link = async (linkType: string, referenceId: string, more = '') =>
  rest(seeyon, `message/linkurl/${linkType}?ReferenceId=${referenceId}${more}`, { headers })

describe('message/isread', () => {
  it('takes the mark at once and shows it when its delay is over', async () => {
    const { id } = seeyon.send('zhangsan')
    seeyon.configure({ isreadDelayMs: 10_000 })
    const answer = await isread({ userid: ZHANG, messageid: [id, '42'] })
    expect(answer.status).toBe(200)
    expect(answer.text).toMatch(new RegExp(`^\\[{"id":${id},.*"isRead":true}\\]$`))
    expect(seeyon.isreadCalls()).toEqual([
      {
        at: 1_700_000_000_000,
        userId: ZHANG,
        messageIds: [id, '42'],
        unknownIds: ['42'],
        dueAt: 1_700_000_010_000,
        idsWereNumbers: false,
      },
    ])
    seeyon.advance(9_999)
    expect(seeyon.unread('zhangsan')).toEqual([id])
    seeyon.advance(1)
    expect(seeyon.unread('zhangsan')).toEqual([])
  })

  it('shows marks in the order in which they fall due', async () => {
    const [first, second] = seeyon.sendMany('zhangsan', 2).map(({ id }) => id) as [string, string]
    seeyon.configure({ isreadDelayMs: 60_000 })
    await isread({ userid: ZHANG, messageid: [first] })
    seeyon.configure({ isreadDelayMs: 1_000 })
    await isread({ userid: ZHANG, messageid: [second] })
    seeyon.advance(1_000)
    expect(seeyon.unread('zhangsan')).toEqual([first])
    seeyon.advance(59_000)
    expect(seeyon.unread('zhangsan')).toEqual([])
  })

  it('shows it at once when flushed', async () => {
    const { id } = seeyon.send('zhangsan')
    seeyon.configure({ isreadDelayMs: 60_000 })
    await isread({ userid: ZHANG, messageid: [id] })
    expect(seeyon.state().queuedReads).toBe(1)
    seeyon.flush()
    expect(seeyon.state()).toMatchObject({ queuedReads: 0, members: [{ unread: [], read: [id] }, {}] })
  })

  it('answers nothing when no such message is there, another’s included', async () => {
    const { id } = seeyon.send('lisi')
    expect(await isread({ userid: ZHANG, messageid: [id] })).toMatchObject({ status: 200, text: '' })
    expect(seeyon.unread('lisi')).toEqual([id])
  })

  it('keeps the digits of ids that come as numbers, and notes it', async () => {
    const { id } = seeyon.send('zhangsan')
    await isread(`{"userid":${ZHANG},"messageid":[${id}]}`)
    expect(seeyon.isreadCalls()[0]).toMatchObject({ messageIds: [id], unknownIds: [], idsWereNumbers: true })
    expect(seeyon.unread('zhangsan')).toEqual([])
  })

  it.each([{ userId: ZHANG, messageId: ['1'] }, { userid: ZHANG, messageid: '1' }, ['x'], '{"userid":'])(
    'throws as Java does at %j',
    async (body) => {
      expect((await isread(body)).status).toBe(500)
      expect(seeyon.isreadCalls()).toEqual([])
    },
  )
})

describe('message/linkurl', () => {
  const FORMS: [LinkForm, (origin: string) => string][] = [
    ['prefixed', () => '/seeyon/edocController.do?method=detailIFrame&from=Pending&affairId=77'],
    ['rooted', () => '/edocController.do?method=detailIFrame&from=Pending&affairId=77'],
    ['relative', () => 'edocController.do?method=detailIFrame&from=Pending&affairId=77'],
    ['absolute', (at) => `${at}/seeyon/edocController.do?method=detailIFrame&from=Pending&affairId=77`],
    ['escaped', () => '/seeyon/edocController.do?method=detailIFrame&amp;from=Pending&amp;affairId=77'],
    ['quoted', () => '"/seeyon/edocController.do?method=detailIFrame&from=Pending&affairId=77"'],
    ['empty', () => ''],
    [
      'javascript',
      () =>
        "javascript:openWindow({url:'/seeyon/edocController.do?method=detailIFrame&from=Pending&affairId=77'})",
    ],
    [
      'foreign',
      () => 'http://other-host.example/seeyon/edocController.do?method=detailIFrame&from=Pending&affairId=77',
    ],
    [
      'schemeless',
      () => '//other-host.example/seeyon/edocController.do?method=detailIFrame&from=Pending&affairId=77',
    ],
  ]
  it.each(FORMS)('can be %s', async (linkForm, expected) => {
    seeyon.send('zhangsan', { referenceId: '77', linkType: 'message.link.edoc.pending' })
    seeyon.configure({ linkForm })
    expect((await link('message.link.edoc.pending', '77')).text).toBe(expected(seeyon.origin))
  })

  it('meets every form among the link types as they come', async () => {
    seeyon.send('zhangsan', { referenceId: '77' })
    const answers = await Promise.all(ALL_LINK_TYPES.map(async (type) => (await link(type, '77')).text))
    const starts = [/^\/seeyon\//, /^\/(?!seeyon)/, /^\w+\//, /^http:/, /&amp;/, /^"/, /^$/, /^javascript:/]
    for (const start of starts) expect(answers.some((answer) => start.test(answer))).toBe(true)
    expect(answers.some((answer) => answer.includes('{'))).toBe(true)
    expect(answers.some((answer) => /\{\d\}/.test(answer))).toBe(false)
  })

  it('is empty for an unknown reference, an unknown type and a small r', async () => {
    seeyon.send('zhangsan', { referenceId: '77' })
    expect((await link('message.link.col.pending', '78')).text).toBe('')
    expect((await link('message.link.made.up', '77')).text).toBe('')
    expect(
      (await rest(seeyon, 'message/linkurl/message.link.col.pending?referenceId=77', { headers })).text,
    ).toBe('')
  })

  it('wants year and month for 绩效', async () => {
    const linkType = 'message.link.performance.report'
    seeyon.send('zhangsan', { referenceId: '77', linkType })
    expect((await link(linkType, '77')).text).toBe('')
    expect((await link(linkType, '77', '&year=2023&month=11')).text).toMatch(/id=77&year=2023&month=11$/)
  })

  it('leads to a page that names the reference, safely', async () => {
    const { referenceId } = seeyon.send('zhangsan', { messageContent: '<b>协同</b>' })
    const { text } = await link('message.link.col.pending', referenceId)
    const page = await (await fetch(seeyon.origin + text)).text()
    expect(page).toContain(`data-reference="${referenceId}"`)
    expect(page).toContain('&#60;b&#62;协同')
  })
})

describe('message/loginName and message/userId', () => {
  const send = (path: string, body: unknown) => post(seeyon, path, body, headers)

  it('sends to several, each with its link', async () => {
    const body = {
      loginNames: ['zhangsan', 'lisi'],
      senderLoginName: 'lisi',
      content: '请看',
      url: ['http://a/b'],
    }
    const { text } = await send('message/loginName', body)
    expect(text).toBe('{"result":1,"errorMessage":null,"errorNumber":0}')
    const list = await rest(seeyon, `message/unread/${ZHANG}`, { headers })
    expect(list.text).toContain('"linkType":"message.link.webservice.message"')
    expect(list.text).toContain('"linkParam0":"http://a/b"')
    const other = await rest(seeyon, `message/unread/${seeyon.member('lisi').id}`, { headers })
    expect(other.text).toContain('"linkType":null')
  })

  it('takes ids, and shows what is sent after a while', async () => {
    seeyon.configure({ sendDelayMs: 5_000 })
    const { text } = await send(
      'message/userId',
      `{"userIds":[${ZHANG}],"sendUserId":"${ZHANG}","content":"好"}`,
    )
    expect(text).toContain('"result":1')
    expect(seeyon.unread('zhangsan')).toEqual([])
    seeyon.advance(5_000)
    expect(seeyon.unread('zhangsan')).toHaveLength(1)
  })

  it('notes each call that sends, and lets its answer be lost or be another', async () => {
    const { id } = seeyon.member('lisi')
    const body = { userIds: [id], senderLoginName: 'zhangsan', content: '好', url: ['http://a/b'] }
    await send('message/userId', body)
    seeyon.fault({ kind: 'result', endpoint: 'send', count: 1, result: -1, body: '异常', carryOut: true })
    expect((await send('message/userId', body)).text).toBe(
      '{"result":-1,"errorMessage":"异常","errorNumber":1}',
    )
    seeyon.fault({ kind: 'result', endpoint: 'send', count: 1 })
    expect((await send('message/userId', body)).text).toContain('"result":0')
    expect(seeyon.unread('lisi')).toHaveLength(2)
    expect(seeyon.sendCalls()).toHaveLength(2)
    expect(seeyon.sendCalls()[0]).toMatchObject({
      by: 'userId',
      receivers: [id],
      idsWereNumbers: false,
      sender: 'zhangsan',
      urls: ['http://a/b'],
    })
    expect(seeyon.requests().endpoints.send.total).toBe(3)
  })

  it('says 0 and -1 inside a 200, and 500 for a wrong type', async () => {
    const good = { loginNames: ['zhangsan'], senderLoginName: 'lisi', content: '好', url: [] }
    expect((await send('message', { ...good, loginNames: ['nobody'] })).text).toContain('"result":0')
    expect((await send('message', { ...good, senderLoginName: 'nobody' })).text).toContain('"result":-1')
    expect((await send('message', { ...good, loginNames: 'zhangsan' })).status).toBe(500)
  })
})

describe('application.wadl', () => {
  it('names the methods', async () => {
    expect((await rest(seeyon, 'application.wadl')).text).toContain('path="message/isread"')
  })
})
