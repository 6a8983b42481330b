import { describe, expect, it } from 'vitest'
import { startJiandaoyunApi } from '@/simulators/jiandaoyun/api'
import type { RawPush } from '../contract'
import { fixtureBytes } from './fixtures/read'
import { jiandaoyun } from './index'
import type { JiandaoyunSettings } from './settings'
import { jiandaoyunSignature } from './signature'

const settings = (given: object = {}): JiandaoyunSettings => jiandaoyun.settings.parse(given)
const run = (given: object) => jiandaoyun.test({ connectionId: 'c', settings: settings(given) })

describe('the connector', () => {
  it('receives pushes, is asked for people and to-dos, and is told nothing', () => {
    expect(jiandaoyun).toMatchObject({ id: 'jiandaoyun', card: { tellsRead: false } })
    expect(Object.keys(jiandaoyun)).toEqual(expect.arrayContaining(['webhook', 'directory', 'todos']))
    expect(jiandaoyun.pull).toBeUndefined()
    expect(jiandaoyun.writeBack).toBeUndefined()
  })

  it('is in set-up until there is a secret', () => {
    expect(jiandaoyun.webhook!.ready(settings())).toBe(false)
    expect(jiandaoyun.webhook!.ready(settings({ secret: 's' }))).toBe(true)
  })

  it('takes a push from its bytes to its message', async () => {
    const body = fixtureBytes('wire/flow-new-engine-1.json')
    const given = settings({ secret: 's3cret' })
    const push: RawPush = {
      body,
      headers: {
        'x-jdy-signature': jiandaoyunSignature('4c9185', body, 's3cret', '1680750764').toString('hex'),
        'x-jdy-deliverid': 'd-1',
      },
      query: new URLSearchParams('timestamp=1680750764&nonce=4c9185'),
    }
    const webhook = jiandaoyun.webhook!
    expect(webhook.authenticate(push, given, new Date()).ok).toBe(true)
    expect(webhook.deliveryId(push)).toBe('d-1')
    const reading = webhook.read(push, given, new Date())
    if (reading.kind !== 'message') throw new Error(reading.kind)
    expect(reading.content.sentAt).toEqual(new Date('2023-04-06T03:12:44.991Z'))
    expect(jiandaoyun.link.has(reading.content)).toBe(true)
    const context = { connectionId: 'c', settings: given }
    expect(await jiandaoyun.link.resolve(context, reading.content)).toBe(reading.content.link)
  })
})

describe('its test', () => {
  const verdicts = async (given: object) => (await run(given)).map(({ name, ok }) => [name, ok])

  it('asks for the secret first', async () => {
    expect(await verdicts({})).toEqual([
      ['secret', false],
      ['hosts', true],
      ['apiKey', true],
    ])
    expect(await verdicts({ secret: 's' })).toEqual([
      ['secret', true],
      ['hosts', true],
      ['apiKey', true],
    ])
  })

  it('says when no link can be opened, and where links may lead', async () => {
    expect(await verdicts({ secret: 's', allowedHosts: [] })).toEqual([
      ['secret', true],
      ['hosts', false],
      ['apiKey', true],
    ])
    const [, hosts] = await run({ allowedHosts: ['jdy.example.com:8443'] })
    expect(hosts!.detail['zh-CN']).toContain('jdy.example.com:8443')
    expect(hosts!.detail.en).toContain('jdy.example.com:8443')
  })

  it('tries the API key, and never shows a secret', async () => {
    const api = await startJiandaoyunApi({ apiKey: 'top-key' })
    const checks = await run({ secret: 'top-secret', apiKey: 'top-key', apiUrl: api.url })
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
      ['secret', true],
      ['hosts', true],
      ['apiKey', true],
      ['workflow', true],
    ])
    await api.close()
    const [, , ...away] = await run({ secret: 'top-secret', apiKey: 'top-key', apiUrl: api.url })
    expect(away.map(({ ok }) => ok)).toEqual([false, false])
    expect(JSON.stringify([checks, away])).not.toMatch(/top-/)
  })
})
