import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator, type SeeyonState } from '.'
import { post, rest, tokenOf } from './test-session'

let seeyon: SeeyonSimulator

beforeEach(async () => {
  seeyon = await startSeeyon()
})
afterEach(() => seeyon.close())

async function control(
  body: unknown,
): Promise<{ status: number; answer: { ok: boolean; result?: unknown; error?: string } }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${seeyon.origin}/__control`, { method: 'POST', body: text })
  return { status: response.status, answer: (await response.json()) as { ok: boolean } }
}
const state = async () => (await (await fetch(`${seeyon.origin}/__control`)).json()) as SeeyonState

describe('/__control', () => {
  it('does from another process what the methods do', async () => {
    const { answer } = await control([
      { do: 'addMember', loginName: 'zhangsan', name: '张三', unit: '总部' },
      {
        do: 'send',
        loginName: 'zhangsan',
        count: 3,
        linkType: 'message.link.edoc.pending',
        importantLevel: 2,
      },
      { do: 'configure', options: { isreadDelayMs: 1_000 } },
    ])
    const ids = (answer.result as [unknown, string[]])[1]
    await control({ do: 'markRead', loginName: 'zhangsan', messageIds: [ids[0]] })
    await control({ do: 'remove', loginName: 'zhangsan', messageIds: [ids[1]] })
    expect((await state()).members).toEqual([
      {
        loginName: 'zhangsan',
        name: '张三',
        id: seeyon.member('zhangsan').id,
        unit: '总部',
        unread: [ids[2]],
        read: [ids[0]],
      },
    ])
    await control({ do: 'markUnread', loginName: 'zhangsan', all: true })
    expect(seeyon.unread('zhangsan')).toHaveLength(2)
    expect((await state()).options).toMatchObject({ isreadDelayMs: 1_000 })
    expect(JSON.stringify(await state())).not.toContain('rest-password')
  })

  it('keeps ids that come as numbers', async () => {
    await control('{"do":"addMember","loginName":"a","id":-8361687019900091749}')
    expect(seeyon.member('a').id).toBe('-8361687019900091749')
  })

  it('shows what a member has, with contents', async () => {
    seeyon.addMember({ loginName: 'zhangsan' })
    const { id } = seeyon.send('zhangsan', {
      messageContent: '请审批',
      extra: { templateId: 5182021562351009185n },
    })
    const response = await fetch(`${seeyon.origin}/__control?loginName=zhangsan`)
    expect(await response.json()).toMatchObject([
      { id, messageContent: '请审批', isRead: false, extra: { templateId: '5182021562351009185' } },
    ])
    expect((await fetch(`${seeyon.origin}/__control?loginName=nobody`)).status).toBe(400)
  })

  it('sets and clears faults, and moves rows in the middle of a scan', async () => {
    await control([
      { do: 'addMember', loginName: 'zhangsan' },
      { do: 'send', loginName: 'zhangsan', count: 2 },
      { do: 'afterPage', page: 1, then: [{ do: 'send', loginName: 'zhangsan' }] },
      { do: 'fault', kind: 'status500', endpoint: 'token', count: 1 },
    ])
    expect((await post(seeyon, 'token', {})).status).toBe(500)
    const headers = { token: await tokenOf(seeyon) }
    const page = `message/unread/${seeyon.member('zhangsan').id}?pageNo=1&pageSize=2`
    await rest(seeyon, page, { headers })
    await rest(seeyon, page, { headers })
    expect(seeyon.unread('zhangsan')).toHaveLength(3)
    await control({ do: 'clearFaults' })
    expect((await state()).faults).toEqual([])
  })

  it('moves the clock and shows what was queued', async () => {
    seeyon.addMember({ loginName: 'zhangsan' })
    seeyon.send('zhangsan', { delayMs: 50_000 })
    expect(seeyon.unread('zhangsan')).toEqual([])
    const before = (await state()).now
    await control([
      { do: 'advance', ms: 50_000 },
      { do: 'flush' },
      { do: 'expireTokens' },
      { do: 'resetCounters' },
    ])
    expect((await state()).now - before).toBeGreaterThanOrEqual(50_000)
    expect(seeyon.unread('zhangsan')).toHaveLength(1)
  })

  it.each([
    ['{', 'JSON'],
    [{ do: 'dance' }, 'unknown command dance'],
    [{ do: 'send', loginName: 'nobody' }, 'no member with login name nobody'],
    [{ do: 'configure', options: { colour: 'red' } }, 'unknown option colour'],
  ])('says what is wrong with %j', async (body, message) => {
    const { status, answer } = await control(body)
    expect(status).toBe(400)
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining(message) as string })
  })
})
