import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '.'
import { post, rest, tokenOf } from './test-session'

const ZHANG = '-8361687019900091749'
const DENIED = { status: 401, text: 'Invalid token,please authenticate again' }
const credentials = { userName: 'rest', password: 'rest-password' }

let seeyon: SeeyonSimulator

beforeEach(async () => {
  seeyon = await startSeeyon({
    now: () => 1_700_000_000_000,
    members: [
      { loginName: 'zhangsan', name: '张三', id: ZHANG, code: 'A001' },
      { loginName: 'lisi', name: '李四' },
    ],
  })
})
afterEach(() => seeyon.close())

const unread = (token: string) => rest(seeyon, `message/unread/${ZHANG}?pageNo=1`, { headers: { token } })

describe('POST token', () => {
  it('answers in what Accept asks for', async () => {
    const json = await post(seeyon, 'token', credentials)
    expect(json.text).toMatch(/^\{"bindingUser":null,"userName":"rest","id":"[0-9a-f-]{36}"\}$/)
    const xml = await post(seeyon, 'token', credentials, { accept: 'application/xml' })
    expect(xml.text).toMatch(/^<UserToken><bindingUser\/><id>[0-9a-f-]{36}<\/id><\/UserToken>$/)
    const plain = await post(seeyon, 'token', credentials, { accept: 'text/plain' })
    expect(plain.text).toMatch(/^[0-9a-f-]{36}$/)
    expect(seeyon.state().tokens).toMatchObject({ alive: 3, issued: 3 })
  })

  it('refuses wrong credentials in the way that is set', async () => {
    const wrong = { userName: 'rest', password: 'nope' }
    expect(await post(seeyon, 'token', wrong)).toMatchObject({ status: 200, text: '{"id":"-1"}' })
    seeyon.configure({ badCredentials: 'status404' })
    expect((await post(seeyon, 'token', wrong)).status).toBe(404)
    seeyon.configure({ badCredentials: 'status401' })
    expect((await post(seeyon, 'token', wrong)).status).toBe(401)
    expect((await post(seeyon, 'token', 'not json')).status).toBe(500)
  })

  it.each([{ loginName: 'zhangsan' }, { memberId: ZHANG }, { code: 'A001' }])(
    'binds by %o and shows the member id as a number',
    async (who) => {
      const { text } = await post(seeyon, 'token', { ...credentials, ...who })
      expect(text).toMatch(
        new RegExp(`^{"bindingUser":{"id":${ZHANG},"loginName":"zhangsan","name":"张三","sessionId":`),
      )
      expect(seeyon.state().tokens.boundTo).toEqual(['zhangsan'])
    },
  )

  it('binds nobody for a login name that nobody has', async () => {
    const { text } = await post(seeyon, 'token', { ...credentials, loginName: 'nobody' })
    expect(text).toContain('"bindingUser":null')
  })
})

describe('GET and PUT token', () => {
  it('gets by path; without Accept the answer is now text, now JSON', async () => {
    const first = await rest(seeyon, 'token/rest/rest-password')
    const second = await rest(seeyon, 'token/rest/rest-password')
    expect(first.text).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.parse(second.text)).toMatchObject({ userName: 'rest' })
    const bound = await rest(seeyon, 'token/rest/rest-password?loginName=lisi', {
      headers: { accept: 'application/json' },
    })
    expect(bound.text).toContain('"loginName":"lisi"')
    expect(seeyon.log().map(({ path }) => path)).toEqual(Array(3).fill('/seeyon/rest/token/***'))
  })

  it('binds an unbound token later', async () => {
    const token = await tokenOf(seeyon)
    const put = await rest(seeyon, 'token', {
      method: 'PUT',
      body: JSON.stringify({ token, loginName: 'lisi' }),
    })
    expect(put.text).toContain(`"id":"${token}"`)
    expect(seeyon.state().tokens.boundTo).toEqual(['lisi'])
    await post(seeyon, 'token/?loginName=zhangsan', '', { token })
    expect(seeyon.state().tokens.boundTo).toEqual(['zhangsan'])
  })
})

describe('a token', () => {
  it('may come in the header or in the query', async () => {
    const token = await tokenOf(seeyon)
    expect((await unread(token)).status).toBe(200)
    expect((await rest(seeyon, `orgMember?loginName=lisi&token=${token}`)).status).toBe(200)
    expect(await rest(seeyon, 'orgMember?loginName=lisi')).toMatchObject({
      status: 401,
      text: '您已被迫下线，请重新登录',
    })
    expect(await unread('made-up')).toMatchObject(DENIED)
  })

  it('dies of idling, not of age', async () => {
    const token = await tokenOf(seeyon)
    for (let call = 0; call < 3; call++) {
      seeyon.advance(14 * 60_000)
      expect((await unread(token)).status).toBe(200)
    }
    seeyon.advance(15 * 60_000)
    expect(await unread(token)).toMatchObject(DENIED)
    seeyon.configure({ expiredToken: 'code1010' })
    expect(await unread(token)).toMatchObject({ status: 200, text: '{"code":1010}' })
  })

  it('dies when Seeyon restarts', async () => {
    const token = await tokenOf(seeyon)
    seeyon.expireTokens()
    expect(await unread(token)).toMatchObject(DENIED)
  })

  it('reads only its own member where Seeyon is patched so', async () => {
    seeyon.configure({ access: 'bound' })
    expect(await unread(await tokenOf(seeyon))).toMatchObject(DENIED)
    expect(await unread(await tokenOf(seeyon, 'lisi'))).toMatchObject(DENIED)
    const own = await tokenOf(seeyon, 'zhangsan')
    expect((await unread(own)).status).toBe(200)
    const mark = { userid: seeyon.member('lisi').id, messageid: ['1'] }
    expect(await post(seeyon, 'message/isread', mark, { token: own })).toMatchObject(DENIED)
  })
})
