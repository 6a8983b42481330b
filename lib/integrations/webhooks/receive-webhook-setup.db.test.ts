import { describe, expect, it } from 'vitest'
import { balance } from '@/lib/inbox/balance'
import { execute } from '@/lib/platform/db'
import { aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf } from '@/lib/testing/inbox'
import { admin } from '@/lib/testing/office'
import { aCompany, aPush, deliveriesOf, post, senderOf, type Company } from '@/lib/testing/pushes'
import { setUpPosts } from '@/simulators/jiandaoyun'
import { changeConnection, getConnection } from '../connections/connections'

useDatabase()

const detail = ({ connection }: Company) => getConnection(connection, 'http://huixin.test')
const change = ({ connection }: Company, more: Parameters<typeof changeConnection>[2]) =>
  changeConnection(admin, connection, more, 'en')
const moveEnd = ({ connection }: Company, sql: string) =>
  execute(null, `update connections set setup_until = ${sql} where id = $1::uuid`, connection)

describe('a connection without a secret', () => {
  it('is in set-up for half an hour, and answers anything', async () => {
    const company = await aCompany(null)
    const before = await detail(company)
    expect(before).toMatchObject({ state: 'setup', secretsSet: [] })
    const minutes = (Date.parse(before.setupUntil!) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(29)
    expect(minutes).toBeLessThanOrEqual(30)
    for (const push of setUpPosts(company.sender)) {
      const response = await post(push)
      expect([response.status, await response.text()]).toEqual([200, 'success'])
    }
    const { setupCalls } = await detail(company)
    expect(setupCalls.map((call) => call.bytes)).toEqual([0, 2, 28])
    expect(setupCalls[2]).toMatchObject({ body: '{"op":"data_test","data":{}}' })
  })

  it('reads none of it as a message, and balances nothing', async () => {
    const company = await aCompany(null)
    const user = await aUser()
    await aMapping(company.connection, 'xiaoyun', user)
    const push = senderOf(company.connection, 'secret-to-come').prepare(aPush(['xiaoyun']))
    expect((await post(push)).status).toBe(200)
    expect(await inboxOf(user)).toEqual([])
    expect(await deliveriesOf(company.connection)).toEqual([])
    expect(await balance(company.connection)).toMatchObject({ received: 0, difference: 0 })
    // The same push comes again once the secret is saved: it is no duplicate of anything.
    await change(company, { settings: { secret: 'secret-to-come' } })
    expect((await post(push)).status).toBe(200)
    expect(await inboxOf(user)).toHaveLength(1)
  })

  it('keeps the last 20 calls, without what could sign somebody in', async () => {
    const company = await aCompany(null)
    for (let i = 0; i < 25; i++) {
      const push = company.sender.prepare(`call ${i}`, { signature: null })
      const headers = { ...push.headers, cookie: 'session=1', authorization: 'Bearer x', 'x-own': `${i}` }
      expect((await post({ ...push, headers })).status).toBe(200)
    }
    const { setupCalls } = await detail(company)
    expect(setupCalls.map((call) => call.body)).toEqual(
      Array.from({ length: 20 }, (_, i) => `call ${24 - i}`),
    )
    expect(setupCalls[0]!.headers).toMatchObject({ 'x-own': '24' })
    expect(JSON.stringify(setupCalls)).not.toMatch(/Bearer|session=/)
  })

  it('takes 64 KiB and no more', async () => {
    const company = await aCompany(null)
    const send = async (bytes: number) =>
      (await post(company.sender.prepare('x'.repeat(bytes), { signature: null }))).status
    expect(await send(64 * 1024)).toBe(200)
    expect(await send(64 * 1024 + 1)).toBe(413)
    expect((await detail(company)).setupCalls).toHaveLength(1)
  })

  it('refuses like any other when the time is over, until it is asked for again', async () => {
    const company = await aCompany(null)
    const [push] = setUpPosts(company.sender)
    await moveEnd(company, `now() - interval '1 second'`)
    expect((await post(push!)).status).toBe(401)
    expect(await detail(company)).toMatchObject({ state: 'setup', setupCalls: [] })
    await change(company, { name: `${company.connection} again` })
    expect((await post(push!)).status).toBe(401)
    await change(company, { reopenSetup: true })
    expect((await post(push!)).status).toBe(200)
  })

  it('ends it by saving the secret; clearing that does not open it again', async () => {
    const company = await aCompany(null)
    const [push] = setUpPosts(company.sender)
    await change(company, { settings: { secret: 'now-there' } })
    expect(await detail(company)).toMatchObject({ state: 'active', setupUntil: null, secretsSet: ['secret'] })
    expect((await post(push!)).status).toBe(401)
    await change(company, { reopenSetup: true })
    expect((await post(push!)).status).toBe(401)
    for (const cleared of [null, '']) {
      await change(company, { settings: { secret: 'now-there' } })
      await change(company, { settings: { secret: cleared } })
      expect(await detail(company)).toMatchObject({ state: 'setup', setupUntil: null, secretsSet: [] })
      expect((await post(push!)).status).toBe(401)
      const signed = senderOf(company.connection, 'now-there').prepare(aPush(['a']))
      expect((await post(signed)).status).toBe(401)
    }
  })
})
