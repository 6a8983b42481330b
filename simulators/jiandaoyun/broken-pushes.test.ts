import { describe, expect, it } from 'vitest'
import { brokenPushes } from './broken-pushes'
import { createSender } from './sender'
import { signPush } from './signature'

const SECRET = 'test-secret'
const make = (count: number, seed = 1) => {
  const sender = createSender({
    webhookUrl: 'http://127.0.0.1:1/push',
    secret: SECRET,
    now: () => 1_700_000_000_000,
  })
  return [...brokenPushes(sender, { count, seed })]
}

describe('broken pushes', () => {
  it('are the same for the same seed, and others for another', () => {
    const [one, again, other] = [make(200), make(200), make(200, 2)]
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
  })

  it('are signed rightly where they must be accepted, and only there', () => {
    const made = make(2_500)
    const proven = made.filter(({ push }) => isProven(push))
    expect(proven.every(({ expected }) => expected !== 401)).toBe(true)
    expect(made.filter(({ expected }) => expected === 200).every(({ push }) => isProven(push))).toBe(true)
    expect(made.filter(({ expected }) => expected === 200).length).toBeGreaterThan(800)
    expect(new Set(made.map(({ expected }) => expected))).toEqual(new Set([200, 401, 413, 415]))
  })

  it('can all be sent: headers are visible ASCII, and fit', () => {
    for (const { push } of make(2_000)) {
      const headers = Object.values(push.headers).join('')
      expect(headers).toMatch(/^[\x20-\x7e]*$/)
      expect(headers.length + push.url.length).toBeLessThan(15_000)
    }
  })
})

function isProven({ url, headers, body }: ReturnType<typeof make>[number]['push']): boolean {
  const { searchParams } = new URL(url)
  const [nonce, timestamp] = [searchParams.get('nonce') ?? '', searchParams.get('timestamp') ?? '']
  if (!/^[\w.-]{1,64}$/.test(nonce) || !/^\d{10}(\d{3})?$/.test(timestamp)) return false
  const signature = headers['x-jdy-signature']?.replace('sha1=', '')
  return signature === signPush(nonce, body, SECRET, timestamp)
}
