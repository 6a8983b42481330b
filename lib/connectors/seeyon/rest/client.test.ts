import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSeeyon, type SeeyonSimulator } from '@/simulators/seeyon'
import { findPerson } from '../find-person'
import { contextOf, failureOf } from '../test-context'
import { readJson, readRows } from './answers'
import { callSeeyon, type SeeyonCall } from './client'
import { forgetTokens } from './kept-tokens'

const ZHANG = '-8361687019900091749'
let server: SeeyonSimulator

beforeEach(async () => {
  server = await startSeeyon({ members: [{ loginName: 'zhangsan', id: ZHANG }] })
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

const paths = () => server.log().flatMap(({ endpoint, path }) => (endpoint === 'token' ? [] : [path]))

describe('option.n_a_s=1', () => {
  it('goes with the calls that get ids, and with no other', async () => {
    const context = contextOf(server)
    const { referenceId } = server.send('zhangsan')
    await callSeeyon(context, { endpoint: 'message/unread', segments: [ZHANG], query: { pageNo: '1' } })
    await callSeeyon(context, { endpoint: 'message/all', segments: [ZHANG] })
    await callSeeyon(context, { endpoint: 'orgMember', query: { loginName: 'zhangsan' } })
    const linkType = 'message.link.col.pending'
    const query = { ReferenceId: referenceId }
    await callSeeyon(context, { endpoint: 'message/linkurl', segments: [linkType], query, orText: true })
    const body = { userid: ZHANG, messageid: ['1'] }
    await callSeeyon(context, { endpoint: 'message/isread', body, orText: true })
    expect(paths()).toEqual([
      `/seeyon/rest/message/unread/${ZHANG}?pageNo=1&option.n_a_s=1`,
      `/seeyon/rest/message/all/${ZHANG}?option.n_a_s=1`,
      '/seeyon/rest/orgMember?loginName=zhangsan&option.n_a_s=1',
      `/seeyon/rest/message/linkurl/message.link.col.pending?ReferenceId=${referenceId}`,
      '/seeyon/rest/message/isread',
    ])
  })

  it.each([true, false])('may be heard (%s): ids are the same', async (numbersAsText) => {
    server.configure({ numbersAsText })
    const { id } = server.send('zhangsan')
    const context = contextOf(server)
    const answer = await callSeeyon(context, { endpoint: 'message/unread', segments: [ZHANG] })
    expect(answer.text().includes(`"id":"${id}"`)).toBe(numbersAsText)
    expect((readRows(answer) as { id: unknown }[]).map((row) => String(row.id))).toEqual([id])
    expect(await findPerson(context, 'zhangsan')).toMatchObject({ externalId: ZHANG, active: true })
  })
})

describe('an optional endpoint', () => {
  const call: SeeyonCall = { endpoint: 'coll/pendingAffairs', body: {}, memberId: ZHANG, optional: true }
  const asked = () => server.log().filter(({ endpoint }) => endpoint === 'pendingAffairs').length

  it.each([401, 403, 404, 405, 501])('that answers %i is not asked again for an hour', async (status) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    server.fault({ kind: 'custom', endpoint: 'pendingAffairs', status, type: 'text/html', body: '<p>no' })
    const context = contextOf(server, { tokenMode: 'bound' })
    expect((await failureOf(callSeeyon(context, call))).kind).toBe('refused')
    const first = asked()
    expect(first).toBe(status === 401 ? 2 : 1)
    vi.setSystemTime(Date.now() + 59 * 60_000)
    for (let again = 0; again < 5; again++) {
      const other = { ...call, memberId: `${again + 1}` }
      expect((await failureOf(callSeeyon(context, other))).kind).toBe('refused')
    }
    expect(asked()).toBe(first)
    vi.setSystemTime(Date.now() + 2 * 60_000)
    await failureOf(callSeeyon(context, call))
    expect(asked()).toBeGreaterThan(first)
  })

  it('is asked again at once where an administrator tests, or the address changed', async () => {
    server.configure({ pendingAffairs: false })
    const context = contextOf(server, { tokenMode: 'bound' })
    await failureOf(callSeeyon(context, call))
    forgetTokens(context.connectionId)
    await failureOf(callSeeyon(context, call))
    const baseUrl = server.origin.replace('127.0.0.1', 'localhost')
    await failureOf(callSeeyon({ ...context, settings: { ...context.settings, baseUrl } }, call))
    expect(asked()).toBe(3)
  })

  it.each(['status500', 'loginPage', 'reset'] as const)('that fails (%s) is no missing one', async (kind) => {
    server.fault({ kind, endpoint: 'pendingAffairs', count: 1 })
    const context = contextOf(server, { tokenMode: 'bound' })
    expect((await failureOf(callSeeyon(context, call))).kind).toBe('unavailable')
    const body = { openFrom: 'listPending' }
    expect(readJson(await callSeeyon(context, { ...call, body }))).toMatchObject({ data: [] })
  })

  it('is not what every other endpoint is', async () => {
    server.fault({ kind: 'invalidToken', endpoint: 'unread' })
    const plain = { endpoint: 'message/unread', segments: [ZHANG] }
    expect((await failureOf(callSeeyon(contextOf(server), plain))).kind).toBe('unauthorized')
  })
})
