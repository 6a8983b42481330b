import { beforeEach, describe, expect, it } from 'vitest'
import { POST } from '@/app/api/webhooks/[connectionId]/route'
import { balance } from '@/lib/inbox/balance'
import { execute } from '@/lib/platform/db'
import { aMapping, aUser } from '@/lib/testing/builders'
import { useDatabase } from '@/lib/testing/database'
import { inboxOf, titlesOf } from '@/lib/testing/inbox'
import { admin } from '@/lib/testing/office'
import { aCompany, aPush, build, deliveriesOf, post, senderOf, type Company } from '@/lib/testing/pushes'
import {
  connectionTest,
  malformedParameters,
  notUnderstood,
  otherFamilies,
  refusedByTransport,
  sameBody,
  sameDelivery,
  signPush,
  unknownKinds,
  unusualButRight,
  wrongSignatures,
} from '@/simulators/jiandaoyun'
import { changeConnection, deleteConnection, getConnection } from '../connections/connections'
import { flushRefusals } from './refusals'
import { sweepArchived } from './sweep-archived'

useDatabase()

let company: Company
let user: string
beforeEach(async () => {
  company = await aCompany()
  user = await aUser()
  await aMapping(company.connection, 'xiaoyun', user)
})

const told = async (response: Response) => [response.status, await response.text()]
const sum = async () => {
  const { difference, ...rest } = await balance(company.connection)
  expect(difference).toBe(0)
  return rest
}
const none = { received: 0, delivered: 0, waiting: 0, duplicates: 0, dead: 0 }

describe('a push', () => {
  it('is committed and answered "success"', async () => {
    const push = company.sender.prepare(aPush(['xiaoyun', 'nobody-yet'], { notifyText: '新数据' }))
    expect(await told(await post(push))).toEqual([200, 'success'])
    expect(await inboxOf(user)).toMatchObject([{ title: '新数据', type: 'data_create_message' }])
    expect(await sum()).toEqual({ ...none, received: 2, delivered: 1, waiting: 1 })
    const [stored] = await deliveriesOf(company.connection)
    expect(Buffer.from(stored!.body).equals(push.body)).toBe(true)
  })

  it('counts once, however often and under whatever delivery id it comes', async () => {
    const body = aPush(['xiaoyun', 'xiaoyun', 'other'])
    for (const push of [...sameDelivery(company.sender, body, 3), ...sameBody(company.sender, body, 3)]) {
      expect((await post(push)).status).toBe(200)
    }
    expect(await inboxOf(user)).toHaveLength(1)
    expect(await sum()).toEqual({ ...none, received: 18, delivered: 1, waiting: 1, duplicates: 16 })
  })

  it('counts once in 50 parallel copies', async () => {
    const body = aPush(['xiaoyun'])
    const pushes = [...sameDelivery(company.sender, body, 25), ...sameBody(company.sender, body, 25)]
    const answers = await Promise.all(pushes.map(post))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    expect(await inboxOf(user)).toHaveLength(1)
    expect(await sum()).toEqual({ ...none, received: 50, delivered: 1, duplicates: 49 })
  })

  it('is taken in every way that is right', async () => {
    const body = JSON.stringify(aPush(['xiaoyun']))
    for (const { name, push, expected } of unusualButRight(company.sender, body, company.secret)) {
      expect([name, (await post(push)).status]).toEqual([name, expected])
    }
    expect(await inboxOf(user)).toHaveLength(1)
  })

  it('of a kind that no page names becomes a plain message', async () => {
    for (const push of unknownKinds(company.sender, 'xiaoyun', Date.now())) await post(push)
    expect((await inboxOf(user)).map((message) => [message.category, message.title]).sort()).toEqual([
      ['notice', '流程已撤回'],
      ['notice', '评论提到了您'],
    ])
  })

  it('of the flow becomes a to-do for each of its receivers, whatever the engine', async () => {
    const to = [
      { username: 'xiaoyun', name: '小云' },
      { username: 'b', name: 'B' },
    ]
    for (const engine of ['old', 'new'] as const) {
      for (const body of build.flowToAll('flow_forward', { engine, to }))
        await post(company.sender.prepare(body))
    }
    expect((await inboxOf(user)).map((message) => message.category)).toEqual(['todo', 'todo'])
    expect(await sum()).toMatchObject({ received: 4, delivered: 2, waiting: 2 })
  })

  it('to thousands is answered when the first are written', async () => {
    const people = Array.from({ length: 1500 }, (_, i) => `p${i}`)
    expect((await post(company.sender.prepare(aPush(people)))).status).toBe(200)
    expect(await sum()).toEqual({ ...none, received: 1500, waiting: 1500 })
  })
})

describe('the signature', () => {
  it('is over the raw bytes, whatever they look like', async () => {
    const text = JSON.stringify(aPush(['xiaoyun'], { notifyText: '转义 \u2028 "引号"' }))
    const spaced = text.replace(/,"/g, ' ,\r\n\t"')
    const escaped = text.replace(
      /[\u0080-\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    for (const body of [spaced, escaped, `\ufeff${text}`, `${text}\n`]) {
      expect((await post(company.sender.prepare(body))).status).toBe(200)
    }
    expect(await titlesOf(user)).toEqual(Array(4).fill('转义 \u2028 "引号"'))
  })

  it('refuses bytes that were changed on the way, though they mean the same', async () => {
    const push = company.sender.prepare(aPush(['xiaoyun']))
    const same = { ...push, body: Buffer.from(push.body.toString('utf8').replace('{', '{ ')) }
    expect((await post(same)).status).toBe(401)
    expect(await inboxOf(user)).toEqual([])
  })

  it('refuses all that does not prove itself, all alike, and stores nothing', async () => {
    const body = JSON.stringify(aPush(['xiaoyun']))
    const nowhere = senderOf(crypto.randomUUID(), company.secret).prepare(body)
    const noId = senderOf('not-an-id', company.secret).prepare(body)
    const answers = new Set<string>()
    const all = [
      ...wrongSignatures(company.sender, body, company.secret),
      ...malformedParameters(company.sender, body),
      ...[nowhere, noId].map((push) => ({ name: 'nowhere', expected: 401, push })),
    ]
    for (const { name, push, expected } of all) {
      const response = await post(push)
      expect([name, response.status]).toEqual([name, expected])
      answers.add(await response.text())
    }
    expect(answers.size).toBe(1)
    expect(await deliveriesOf(company.connection)).toEqual([])
    expect(await sum()).toEqual(none)
  })

  it('refusals are counted by reason, with a short sample of each', async () => {
    const body = JSON.stringify(aPush(['xiaoyun'], { content: 'x'.repeat(5_000) }))
    for (const { push } of wrongSignatures(company.sender, body, company.secret)) await post(push)
    for (const { push } of malformedParameters(company.sender, body)) await post(push)
    await flushRefusals()
    const { refusals } = await getConnection(company.connection, 'http://huixin.test')
    expect(refusals.counts).toEqual({
      signature_missing: 2,
      signature_wrong: 10,
      nonce_malformed: 8,
      timestamp_malformed: 7,
    })
    expect(refusals.last).toHaveLength(20)
    for (const one of refusals.last) expect(one.sample).toHaveLength(1024)
  })

  it('with the former secret is right for a day after a change, with the one before it no more', async () => {
    const { connection } = company
    const [b, c] = [`b-${crypto.randomUUID()}`, `c-${crypto.randomUUID()}`]
    const status = async (secret: string) =>
      (await post(senderOf(connection, secret).prepare(aPush(['xiaoyun'])))).status
    await changeConnection(admin, connection, { settings: { secret: b } }, 'en')
    expect([await status(company.secret), await status(b)]).toEqual([200, 200])
    // Saved once more without a change, nothing of that changes.
    await changeConnection(admin, connection, { name: `${connection} 2`, settings: { secret: b } }, 'en')
    expect([await status(company.secret), await status(b)]).toEqual([200, 200])
    await changeConnection(admin, connection, { settings: { secret: c } }, 'en')
    expect([await status(company.secret), await status(b), await status(c)]).toEqual([401, 200, 200])
  })
})

describe('what is no message', () => {
  it('signed and not understood is a dead letter, byte for byte, answered 200', async () => {
    const pushes = notUnderstood(company.sender)
    for (const { name, push, expected } of pushes) {
      expect([name, (await post(push)).status]).toEqual([name, expected])
    }
    const stored = await deliveriesOf(company.connection)
    expect(stored.map((one) => one.verdict)).toEqual(pushes.map(() => 'dead'))
    stored.forEach((one, i) => expect(Buffer.from(one.body).equals(pushes[i]!.push.body)).toBe(true))
    expect(await sum()).toEqual({ ...none, received: pushes.length, dead: pushes.length })
  })

  it('other families and the connection test are kept, in no balance', async () => {
    const pushes = [...otherFamilies(company.sender, Date.now()), connectionTest(company.sender)]
    for (const push of pushes) expect(await told(await post(push))).toEqual([200, 'success'])
    const stored = await deliveriesOf(company.connection)
    expect(stored.map((one) => one.verdict)).toEqual(pushes.map(() => 'other'))
    expect(await sum()).toEqual(none)
    expect(await inboxOf(user)).toEqual([])
  })

  it('is refused by its form: too large, not JSON', async () => {
    for (const { name, push, expected } of refusedByTransport(company.sender)) {
      expect([name, (await post(push)).status]).toEqual([name, expected])
    }
    const announced = company.sender.prepare(aPush(['xiaoyun']))
    const huge = { ...announced, headers: { ...announced.headers, 'content-length': '2000000' } }
    expect((await post(huge)).status).toBe(413)
    expect(await sum()).toEqual(none)
  })

  it('of 1 MiB exactly is not too large', async () => {
    const push = aPush(['xiaoyun'], { content: '' })
    const size = Buffer.byteLength(JSON.stringify(push))
    const body = JSON.stringify({ ...push, data: { ...push.data, content: 'x'.repeat(1024 * 1024 - size) } })
    expect(Buffer.byteLength(body)).toBe(1024 * 1024)
    expect((await post(company.sender.prepare(body))).status).toBe(200)
    expect((await post(company.sender.prepare(`${body} `))).status).toBe(413)
    expect(await inboxOf(user)).toHaveLength(1)
  })

  it('on an archived connection is kept and answered, and is nobody’s message', async () => {
    await deleteConnection(admin, company.connection, false)
    expect(await told(await post(company.sender.prepare(aPush(['xiaoyun']))))).toEqual([200, 'success'])
    expect(await deliveriesOf(company.connection)).toMatchObject([{ verdict: 'other', reason: 'archived' }])
    expect(await inboxOf(user)).toEqual([])
    expect(await sum()).toEqual(none)
    expect((await post(company.sender.prepare(aPush(['xiaoyun']), { signature: 'no' }))).status).toBe(401)
  })

  it('on an archived connection is kept for 30 days; what came before stays', async () => {
    const before = company.sender.prepare(aPush(['xiaoyun']))
    await post(before)
    await deleteConnection(admin, company.connection, false)
    for (const push of [before, company.sender.prepare(aPush(['xiaoyun']))]) await post(push)
    const age = (days: number) =>
      execute(null, `update deliveries set received_at = now() - make_interval(days => $1)`, days)
    await age(29)
    await sweepArchived()
    expect(await deliveriesOf(company.connection)).toHaveLength(3)
    await age(31)
    await sweepArchived()
    expect((await deliveriesOf(company.connection)).map(({ verdict }) => verdict).sort()).toEqual([
      'accepted',
      'duplicate',
    ])
    expect(await sum()).toEqual({ ...none, received: 2, delivered: 1, duplicates: 1 })
  })
})

describe('the delivery id', () => {
  it('is not signed, so another body under it is no new push, and none is needed', async () => {
    const first = company.sender.prepare(aPush(['xiaoyun']), { deliverId: 'same' })
    const second = company.sender.prepare(aPush(['xiaoyun']), { deliverId: 'same' })
    await post(first)
    await post(second)
    expect(await sum()).toEqual({ ...none, received: 2, delivered: 1, duplicates: 1 })
    for (let i = 0; i < 2; i++) await post(company.sender.prepare(aPush(['xiaoyun']), { deliverId: null }))
    expect(await sum()).toEqual({ ...none, received: 4, delivered: 3, duplicates: 1 })
  })

  it('outlives the purged body', async () => {
    const push = company.sender.prepare(aPush(['xiaoyun']))
    await post(push)
    await execute(null, 'update deliveries set body = null, headers = $1::jsonb', '{}')
    await post(push)
    expect(await sum()).toMatchObject({ delivered: 1, duplicates: 1 })
  })
})

describe('a timestamp', () => {
  it('of hours ago, as in a retry, is taken, and shown as skew', async () => {
    const old = Math.floor(Date.now() / 1000) - 7_200
    await post(company.sender.prepare(aPush(['xiaoyun']), { timestamp: String(old) }))
    expect(await inboxOf(user)).toHaveLength(1)
    const signed = { nonce: 'n', timestamp: '9999999999' }
    const body = JSON.stringify(aPush(['xiaoyun']))
    const signature = signPush('n', body, company.secret, signed.timestamp)
    expect((await post(company.sender.prepare(body, { ...signed, signature }))).status).toBe(200)
    expect(POST.operation.who).toBe('public')
  })
})
