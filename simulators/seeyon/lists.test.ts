import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '.'

const ZHANG = '-8361687019900091749'
const ID = '-6675423597613201249'
const REFERENCE = '1524058743291659976'

let seeyon: SeeyonSimulator
let token: string

async function get(path: string): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${seeyon.baseUrl}/rest/${path}`, { headers: { token }, redirect: 'manual' })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

async function pages(path: string): Promise<string[][]> {
  const found: string[][] = []
  for (let pageNo = 1; pageNo < 20; pageNo++) {
    const { text } = await get(`${path}?pageNo=${pageNo}&pageSize=2&option.n_a_s=1`)
    const rows = JSON.parse(text) as { id: string }[] | null
    if (!rows) break
    found.push(rows.map(({ id }) => id))
  }
  return found
}

beforeEach(async () => {
  seeyon = await startSeeyon({
    members: [
      { loginName: 'zhangsan', name: '张三', id: ZHANG },
      { loginName: 'lisi', name: '李四' },
    ],
  })
  const response = await fetch(`${seeyon.baseUrl}/rest/token`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ userName: seeyon.restUser, password: seeyon.restPassword }),
  })
  token = ((await response.json()) as { id: string }).id
})
afterEach(() => seeyon.close())

/** The message of the vendor's own page. */
function sendSample() {
  return seeyon.send('zhangsan', {
    id: ID,
    creationDate: 1397631785000,
    referenceId: REFERENCE,
    from: 'zhangsan',
    messageContent: '张三发起调查《调查样式1》',
    linkType: 'message.link.inq.alreadyauditing',
  })
}

describe('message/unread', () => {
  it('writes the vendor’s sample byte for byte, ids as numbers with all their digits', async () => {
    sendSample()
    const { status, type, text } = await get(`message/unread/${ZHANG}?pageNo=1&pageSize=20`)
    expect(status).toBe(200)
    expect(type).toBe('application/json;charset=UTF-8')
    expect(text).toBe(
      `[{"id":${ID},"creationDate":1397631785000,"referenceId":${REFERENCE},"messageCategory":10,` +
        `"messageContent":"张三发起调查《调查样式1》","messageType":0,"senderId":${ZHANG},"receiverId":${ZHANG},` +
        `"userId":${ZHANG},"senderName":"张三","linkType":"message.link.inq.alreadyauditing","openType":0,` +
        `"linkParam0":"${REFERENCE}",` +
        [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `"linkParam${n}":null,`).join('') +
        '"isRead":false}]',
    )
    expect(String((JSON.parse(text) as [{ id: number }])[0].id)).not.toBe(ID)
  })

  it('puts every number in quotes when option.n_a_s=1 asks for it', async () => {
    sendSample()
    const { text } = await get(`message/unread/${ZHANG}?pageNo=1&pageSize=20&option.n_a_s=1`)
    const [row] = JSON.parse(text) as [Record<string, unknown>]
    expect(row).toMatchObject({ id: ID, creationDate: '1397631785000', messageCategory: '10', openType: '0' })
    expect(row).toMatchObject({ isRead: false, linkParam1: null })
    seeyon.configure({ numbersAsText: false })
    const deaf = await get(`message/unread/${ZHANG}?pageNo=1&pageSize=20&option.n_a_s=1`)
    expect(deaf.text).toContain(`"id":${ID},"creationDate":1397631785000`)
  })

  it('answers null when there is nothing, and for nobody', async () => {
    expect((await get(`message/unread/${ZHANG}?pageNo=1&pageSize=20`)).text).toBe('null')
    expect((await get('message/all/12345?pageNo=1&pageSize=20')).text).toBe('null')
    seeyon.configure({ emptyList: 'array' })
    expect((await get(`message/unread/${ZHANG}?pageNo=1&pageSize=20`)).text).toBe('[]')
    seeyon.configure({ emptyList: 'nothing' })
    expect((await get(`message/unread/${ZHANG}?pageNo=1&pageSize=20`)).text).toBe('')
  })

  it('pages from 1, newest first, and ends in null', async () => {
    const sent = [1, 2, 3, 4, 5].map((at) => seeyon.send('zhangsan', { creationDate: at }).id)
    const [one, two, three, four, five] = sent as [string, string, string, string, string]
    expect(await pages(`message/unread/${ZHANG}`)).toEqual([[five, four], [three, two], [one]])
    seeyon.configure({ order: 'oldest' })
    expect(await pages(`message/unread/${ZHANG}`)).toEqual([[one, two], [three, four], [five]])
  })

  it('gives twenty rows without paging, all with ispage=false, and ignores pageNo before V6', async () => {
    seeyon.sendMany('zhangsan', 23)
    const count = async (query: string) =>
      (JSON.parse((await get(`message/unread/${ZHANG}${query}`)).text) as unknown[]).length
    expect(await count('')).toBe(20)
    expect(await count('?ispage=false')).toBe(23)
    expect(await count('?pageNo=2&pageSize=20')).toBe(3)
    seeyon.configure({ paging: 'legacy' })
    expect(await count('?pageNo=2&pageSize=20')).toBe(20)
    expect(await count('?ispage=false&pageNo=2')).toBe(23)
    seeyon.configure({ paging: 'v6', maxPageSize: 10 })
    expect(await count('?pageNo=1&pageSize=200')).toBe(10)
  })

  it('moves rows between pages while somebody scans', async () => {
    const old = [1, 2, 3, 4].map((at) => seeyon.send('zhangsan', { creationDate: at }).id)
    seeyon.afterPage({ page: 1, loginName: 'zhangsan' }, () => {
      seeyon.markRead({ loginName: 'zhangsan', messageIds: [old[3] as string] })
    })
    // The reading of the newest pulled the third row to page 1, where nobody looks again.
    expect(await pages(`message/unread/${ZHANG}`)).toEqual([[old[3], old[2]], [old[0]]])
    expect(await pages(`message/unread/${ZHANG}`)).toEqual([[old[2], old[1]], [old[0]]])
  })
})

describe('message/all', () => {
  it('lists read messages too and says so', async () => {
    const { id, referenceId } = sendSample()
    seeyon.send('zhangsan', { referenceId, creationDate: 5 })
    expect(seeyon.markRead({ loginName: 'zhangsan', referenceId })).toHaveLength(2)
    expect((await get(`message/unread/${ZHANG}?pageNo=1&pageSize=20`)).text).toBe('null')
    const { text } = await get(`message/all/${ZHANG}?pageNo=1&pageSize=20&option.n_a_s=1`)
    expect((JSON.parse(text) as { id: string; isRead: boolean }[])[0]).toMatchObject({ id, isRead: true })
    seeyon.remove({ loginName: 'zhangsan', all: true })
    expect((await get(`message/all/${ZHANG}?pageNo=1&pageSize=20`)).text).toBe('null')
  })

  it('shows importantLevel and unknown fields only where a message has them', async () => {
    seeyon.send('zhangsan', { importantLevel: 3, extra: { templateId: 123n, isAt: true } })
    const { text } = await get(`message/all/${ZHANG}?pageNo=1&pageSize=20`)
    expect(text).toContain('"isRead":false,"importantLevel":3,"templateId":123,"isAt":true}]')
  })
})

describe('orgMember', () => {
  it('gives one object with raw ids, and null for nobody', async () => {
    const { text } = await get('orgMember?loginName=zhangsan')
    expect(text).toMatch(new RegExp(`^{"id":${ZHANG},"orgAccountId":-?\\d{16,19},"name":"张三",`))
    expect((await get(`orgMember/${ZHANG}`)).text).toBe(text)
    expect((await get('orgMember?loginName=nobody')).text).toBe('null')
    expect((await get('orgMember/7')).text).toBe('null')
  })

  it('lists a unit in pages that start at 0, without the disabled', async () => {
    seeyon.addMember({ loginName: 'wangwu', enabled: false })
    const unitId = seeyon.member('zhangsan').unitId
    const rows = async (pageNo: number) =>
      JSON.parse((await get(`orgMembers/${unitId}?pageNo=${pageNo}&pageSize=1`)).text) as {
        loginName: string
      }[]
    expect((await rows(0)).map(({ loginName }) => loginName)).toEqual(['zhangsan'])
    expect((await rows(1)).map(({ loginName }) => loginName)).toEqual(['lisi'])
    expect(await rows(2)).toEqual([])
  })
})

describe('ids', () => {
  it('are the same for the same seed, beyond 2^53, and of both signs', async () => {
    const other = await startSeeyon({ members: [{ loginName: 'a' }], seed: 7 })
    const twin = await startSeeyon({ members: [{ loginName: 'a' }], seed: 7 })
    const ids = other.sendMany('a', 50).map(({ id }) => id)
    expect(twin.sendMany('a', 50).map(({ id }) => id)).toEqual(ids)
    expect(ids.every((id) => !Number.isSafeInteger(Number(id)))).toBe(true)
    expect(ids.some((id) => id.startsWith('-'))).toBe(true)
    expect(ids.some((id) => !id.startsWith('-'))).toBe(true)
    await Promise.all([other.close(), twin.close()])
  })
})
