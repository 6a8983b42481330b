import { afterEach, describe, expect, it } from 'vitest'
import { createSender, sameBody, sameDelivery, signPush, startJiandaoyunPages, withRetries } from '.'
import { startReceiver } from './test-receiver'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function receiver(...statuses: number[]) {
  const started = await startReceiver(...statuses)
  closers.push(started.close)
  return started
}

describe('createSender', () => {
  it('signs the bytes it sends, with nonce and timestamp in the address', async () => {
    const { url, received } = await receiver()
    const sender = createSender({ webhookUrl: url, secret: 'test-secret' })
    const answer = await sender.push('{"op":"data_create","data":{}}', {
      nonce: '0f5ade',
      timestamp: 1498586609,
    })
    expect(answer).toMatchObject({ status: 200, text: 'success' })
    const [push] = received
    expect(push?.method).toBe('POST')
    expect(push?.url.search).toBe('?timestamp=1498586609&nonce=0f5ade')
    expect(push?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-jdy-signature': '1457e6b79d7c7fed8c46aecf197d7436b8943ebc',
      'x-jdy-deliverid': answer.deliverId,
    })
    expect(push?.body.toString('utf8')).toBe('{"op":"data_create","data":{}}')
  })

  it('signs an empty body too', async () => {
    const sender = createSender({ webhookUrl: 'http://x.local/', secret: 'test-secret' })
    const { headers } = sender.prepare('', { nonce: 'abc123', timestamp: '1700000000' })
    expect(headers['x-jdy-signature']).toBe('40cc7dc6c5bbfd928189e23cc5c66470b4ea39f0')
  })

  it('leaves out what is set to null and changes what is set', () => {
    const sender = createSender({
      webhookUrl: 'http://x.local/a?b=1',
      secret: 's',
      now: () => 1_700_000_000_999,
    })
    const bare = sender.prepare(
      {},
      { nonce: null, timestamp: null, signature: null, deliverId: null, contentType: null },
    )
    expect(bare).toMatchObject({ url: 'http://x.local/a?b=1', headers: {} })
    const set = sender.prepare({}, { nonce: 'n1', prefix: 'sha1=', deliverId: 'd1' })
    expect(set.url).toBe('http://x.local/a?b=1&timestamp=1700000000&nonce=n1')
    expect(set.headers['x-jdy-signature']).toBe(`sha1=${signPush('n1', '{}', 's', '1700000000')}`)
    expect(set.headers['x-jdy-deliverid']).toBe('d1')
    const unsigned = createSender({ webhookUrl: 'http://x.local/' }).prepare({})
    expect(unsigned.headers).not.toHaveProperty('x-jdy-signature')
  })

  it('is the same for the same seed', () => {
    const make = (seed: number) =>
      createSender({ webhookUrl: 'http://x.local/', secret: 's', seed, now: () => 0 })
    expect(make(3).prepare({ a: 1 })).toEqual(make(3).prepare({ a: 1 }))
    expect(make(3).prepare({ a: 1 }).deliverId).not.toBe(make(4).prepare({ a: 1 }).deliverId)
  })

  it('repeats a delivery byte for byte, and a body under other ids', async () => {
    const { url, received } = await receiver()
    const sender = createSender({ webhookUrl: url, secret: 's' })
    await Promise.all(sameDelivery(sender, { a: '一' }, 5).map((push) => sender.send(push)))
    expect(
      new Set(received.map(({ url: at, headers }) => `${at.search} ${String(headers['x-jdy-deliverid'])}`))
        .size,
    ).toBe(1)
    received.length = 0
    await Promise.all(sameBody(sender, { a: '一' }, 5).map((push) => sender.send(push)))
    expect(new Set(received.map(({ headers }) => headers['x-jdy-deliverid'])).size).toBe(5)
    expect(new Set(received.map(({ body }) => body.toString('hex'))).size).toBe(1)
  })

  it('says why when nobody answers', async () => {
    const { url, close } = await receiver()
    await close()
    const answer = await createSender({ webhookUrl: url, secret: 's' }).push({})
    expect(answer.status).toBe(0)
    expect(answer.text).toContain('ECONNREFUSED')
  })
})

describe('withRetries', () => {
  const DAY_A_SECOND = 86_400

  it('comes again under the same id until it is taken', async () => {
    const { url, received } = await receiver(503, 500, 200)
    const sender = createSender({ webhookUrl: url, secret: 's' })
    const { attempts, delivered } = await withRetries(sender, { speed: DAY_A_SECOND }).push({ a: 1 })
    expect(delivered).toBe(true)
    expect(attempts.map(({ status }) => status)).toEqual([503, 500, 200])
    expect(new Set(received.map(({ headers }) => headers['x-jdy-deliverid'])).size).toBe(1)
    expect(new Set(received.map(({ url: at }) => at.search)).size).toBe(1)
  })

  it('gives up after five attempts; renewed ones are signed anew', async () => {
    const { url, received } = await receiver(401)
    const sender = createSender({ webhookUrl: url, secret: 's' })
    const { attempts, delivered } = await withRetries(sender, { speed: DAY_A_SECOND, renew: true }).push({
      a: 1,
    })
    expect([attempts.length, delivered]).toEqual([5, false])
    expect(new Set(received.map(({ headers }) => headers['x-jdy-deliverid'])).size).toBe(1)
    expect(new Set(received.map(({ headers }) => headers['x-jdy-signature'])).size).toBe(5)
  })

  it('is switched off after too many failures in a row', async () => {
    const { url, received } = await receiver(500, 200, 500)
    const sender = withRetries(createSender({ webhookUrl: url, secret: 's' }), {
      delaysMs: [],
      switchOffAfter: 3,
    })
    for (let push = 0; push < 7; push++) await sender.push({ push })
    expect(received).toHaveLength(5)
    expect(sender.switchedOff()).toBe(true)
    expect((await sender.push({})).attempts).toEqual([])
    sender.switchOn()
    expect((await sender.push({})).attempts).toHaveLength(1)
  })
})

describe('startJiandaoyunPages', () => {
  it('shows what was opened', async () => {
    const pages = await startJiandaoyunPages()
    closers.push(pages.close)
    const old = await (
      await fetch(`${pages.origin}/dashboard/app/a1/form/f1/data/d1?actionType=flow_forward`)
    ).text()
    expect(old).toContain('data-reference="d1"')
    expect(old).toContain('简道云')
    const redirect = await (await fetch(`${pages.origin}/message/redirect?dataId=%22%3E%3Cb%3E`)).text()
    expect(redirect).not.toContain('<b>')
    expect(pages.opened()).toEqual([
      '/dashboard/app/a1/form/f1/data/d1?actionType=flow_forward',
      '/message/redirect?dataId=%22%3E%3Cb%3E',
    ])
  })
})
