import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '.'
import { post, tokenOf } from './test-session'

const AFFAIR = '-6675423597613201249'
const PENDING = { linkType: 'message.link.col.pending', linkParams: [AFFAIR] }

let seeyon: SeeyonSimulator
beforeEach(async () => {
  seeyon = await startSeeyon({ members: [{ loginName: 'zhangsan' }, { loginName: 'lisi' }] })
})
afterEach(() => seeyon.close())

async function ask(token: string, more: object = {}) {
  const body = { openFrom: 'listPending', pageNo: 1, pageSize: 20, ...more }
  return post(seeyon, 'coll/pendingAffairs?option.n_a_s=1', body, { token })
}
async function pending(token: string, more: object = {}) {
  const { text } = await ask(token, more)
  return JSON.parse(text) as { data: { affairId: string }[]; pages: string; total: string; size: string }
}
const idsOf = ({ data }: { data: { affairId: string }[] }) => data.map(({ affairId }) => affairId)

describe('coll/pendingAffairs', () => {
  it('lists what asks for handling, once, with the id as a number', async () => {
    seeyon.send('zhangsan', PENDING)
    seeyon.send('zhangsan', PENDING)
    seeyon.send('zhangsan', { linkType: 'message.link.edoc.pending' })
    const token = await tokenOf(seeyon, 'zhangsan')
    expect(idsOf(await pending(token))).toEqual([AFFAIR])
    const bare = await post(seeyon, 'coll/pendingAffairs', { openFrom: 'listPending' }, { token })
    expect(bare.text).toMatch(new RegExp(`^{"data":\\[{"affairId":${AFFAIR},"subject":"`))
    expect(idsOf(await pending(await tokenOf(seeyon, 'lisi')))).toEqual([])
  })

  it('pages, newest first', async () => {
    seeyon.sendMany('zhangsan', 5)
    const all = seeyon.pendingAffairs('zhangsan')
    const token = await tokenOf(seeyon, 'zhangsan')
    const first = await pending(token, { pageSize: 2 })
    expect(first).toMatchObject({ size: '2', total: '5', pages: '3' })
    expect(idsOf(first)).toEqual(all.slice(0, 2))
    expect(idsOf(await pending(token, { pageNo: 3, pageSize: 2 }))).toEqual(all.slice(4))
    expect(idsOf(await pending(token, { pageNo: 4, pageSize: 2 }))).toEqual([])
    seeyon.configure({ maxPageSize: 3 })
    expect(idsOf(await pending(token))).toEqual(all.slice(0, 3))
  })

  it('refuses a token that is bound to nobody, a body it does not know, and may not be there', async () => {
    expect((await ask(await tokenOf(seeyon))).status).toBe(401)
    const token = await tokenOf(seeyon, 'zhangsan')
    expect((await ask(token, { openFrom: 'listDone' })).status).toBe(500)
    seeyon.configure({ pendingAffairs: false })
    expect((await ask(token)).status).toBe(404)
  })
})

it('handling takes the affair away and reads every message of its reference', async () => {
  const referenceId = '77'
  const asked = seeyon.send('zhangsan', { ...PENDING, referenceId })
  const told = seeyon.send('zhangsan', { referenceId, linkType: 'message.link.col.supervise' })
  const other = seeyon.send('zhangsan')
  expect(seeyon.handle('zhangsan', AFFAIR).sort()).toEqual([asked.id, told.id].sort())
  expect(seeyon.unread('zhangsan')).toEqual([other.id])
  expect(seeyon.pendingAffairs('zhangsan')).toEqual([other.linkParams[0]])
  expect(() => seeyon.handle('zhangsan', AFFAIR)).toThrow('no affair')
  const again = await fetch(`${seeyon.origin}/__control`, {
    method: 'POST',
    body: JSON.stringify({ do: 'handle', loginName: 'zhangsan', affairId: other.linkParams[0] }),
  })
  expect(await again.json()).toEqual({ ok: true, result: [other.id] })
})
