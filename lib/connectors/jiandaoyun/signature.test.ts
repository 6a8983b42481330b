import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawPush } from '../contract'
import { fixtureBytes } from './fixtures/read'
import vectors from './fixtures/signature-vectors.json'
import { settings, type JiandaoyunSettings } from './settings'
import { authenticate, deliveryId, jiandaoyunSignature } from './signature'

const NOW = new Date('2026-03-02T08:00:00Z')
const SECRET = 'test-secret'
const BODY = new TextEncoder().encode('{"op":"data_test"}')

function withSecret(secret: string, more: Partial<JiandaoyunSettings> = {}): JiandaoyunSettings {
  return settings.parse({ secret, ...more })
}

function signedPush(
  change: Partial<Record<'nonce' | 'timestamp' | 'secret' | 'header', string>> = {},
): RawPush {
  const { nonce = 'a1b2c3', timestamp = '1772438400', secret = SECRET } = change
  const header = change.header ?? jiandaoyunSignature(nonce, BODY, secret, timestamp).toString('hex')
  return {
    body: BODY,
    headers: header === '' ? {} : { 'x-jdy-signature': header },
    query: new URLSearchParams({ nonce, timestamp }),
  }
}

const check = (push: RawPush, given = withSecret(SECRET), now = NOW) => authenticate(push, given, now)
const refused = (reason: string) => ({ ok: false, reason })

describe('the formula', () => {
  it.each(vectors)('gives $signature for $body', ({ body, bytes, nonce, timestamp, secret, signature }) => {
    const raw = fixtureBytes(body)
    expect(raw.byteLength).toBe(bytes)
    expect(jiandaoyunSignature(nonce, raw, secret, timestamp).toString('hex')).toBe(signature)
    const push = {
      body: raw,
      headers: { 'x-jdy-signature': signature },
      query: new URLSearchParams({ timestamp, nonce }),
    }
    const at = new Date(Number(timestamp) * 1000)
    expect(authenticate(push, withSecret(secret), NOW)).toEqual({ ok: true, timestamp: at })
  })

  it('is over the bytes, not over the JSON they hold', () => {
    const { body, nonce, timestamp, secret, signature } = vectors[2]!
    const rewritten = JSON.stringify(JSON.parse(new TextDecoder().decode(fixtureBytes(body))))
    const other = jiandaoyunSignature(nonce, new TextEncoder().encode(rewritten), secret, timestamp)
    expect(other.toString('hex')).not.toBe(signature)
  })

  it('takes bytes that are no text', () => {
    const body = new Uint8Array([0xff, 0x00, 0xc3, 0x28])
    const header = jiandaoyunSignature('n', body, SECRET, '1772438400').toString('hex')
    const push = { ...signedPush({ nonce: 'n', header }), body }
    expect(check(push).ok).toBe(true)
  })
})

describe('authenticate', () => {
  it('takes the signature in capitals and with the sha1= of the vendor guide', () => {
    const hex = jiandaoyunSignature('a1b2c3', BODY, SECRET, '1772438400').toString('hex')
    for (const header of [hex, hex.toUpperCase(), `sha1=${hex}`, ` ${hex} `])
      expect(check(signedPush({ header }))).toEqual({ ok: true, timestamp: new Date('2026-03-02T08:00:00Z') })
  })

  it('says when the signature is missing', () => {
    expect(check(signedPush({ header: '' }))).toEqual(refused('signature_missing'))
    expect(check(signedPush({ header: '  ' }))).toEqual(refused('signature_missing'))
  })

  it.each(['', 'a:b', 'a b', 'a'.repeat(65), 'é', 'a\n', '%00'])('refuses the nonce %j', (nonce) => {
    expect(check(signedPush({ nonce }))).toEqual(refused('nonce_malformed'))
  })

  it.each(['', '149858660', '14985866091234', '1498586609:1', '1498586609 ', '-149858660', '1.49858660'])(
    'refuses the timestamp %j',
    (timestamp) => {
      expect(check(signedPush({ timestamp }))).toEqual(refused('timestamp_malformed'))
    },
  )

  it('refuses a query without either', () => {
    const push = signedPush()
    expect(check({ ...push, query: new URLSearchParams() })).toEqual(refused('nonce_malformed'))
    expect(check({ ...push, query: new URLSearchParams('nonce=a1b2c3') })).toEqual(
      refused('timestamp_malformed'),
    )
  })

  it.each(['x'.repeat(40), 'sha256=' + 'a'.repeat(40), 'a'.repeat(39), 'a'.repeat(41), '00000000-0000-0000'])(
    'refuses the signature %j',
    (header) => {
      expect(check(signedPush({ header }))).toEqual(refused('signature_wrong'))
    },
  )

  it('refuses another secret and a connection without one', () => {
    expect(check(signedPush({ secret: 'test-secreT' }))).toEqual(refused('signature_wrong'))
    expect(check(signedPush({ secret: '' }), settings.parse({}))).toEqual(refused('signature_wrong'))
    expect(check(signedPush({ secret: 'undefined' }), settings.parse({}))).toEqual(refused('signature_wrong'))
  })

  it('never refuses for age, and says the time that was claimed', () => {
    const hoursOld = signedPush({ timestamp: '1498586609' })
    expect(check(hoursOld)).toEqual({ ok: true, timestamp: new Date(1498586609000) })
    const daysAhead = signedPush({ timestamp: '1772938400' })
    expect(check(daysAhead)).toEqual({ ok: true, timestamp: new Date(1772938400000) })
    const inMilliseconds = signedPush({ timestamp: '1772438400123' })
    expect(check(inMilliseconds)).toEqual({ ok: true, timestamp: new Date(1772438400123) })
  })

  it('gives no time for digits that are none', () => {
    for (const timestamp of ['0000000001', '9999999999', '17724384001', '9999999999999'])
      expect(check(signedPush({ timestamp }))).toEqual({ ok: true, timestamp: null })
  })

  it('breaks with any change of a bit', () => {
    const push = signedPush()
    fc.assert(
      fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const body = Uint8Array.from(push.body)
        body[at]! ^= bits
        expect(check({ ...push, body })).toEqual(refused('signature_wrong'))
      }),
    )
  })

  it('cannot be had by moving the border between nonce and body', () => {
    const header = jiandaoyunSignature('ab', new TextEncoder().encode('x:{}'), SECRET, '1772438400')
    const moved = {
      body: new TextEncoder().encode('{}'),
      headers: { 'x-jdy-signature': header.toString('hex') },
      query: new URLSearchParams({ nonce: 'ab:x', timestamp: '1772438400' }),
    }
    expect(check(moved)).toEqual(refused('nonce_malformed'))
  })
})

describe('the secret before', () => {
  const until = '2026-03-02T09:00:00.000Z'
  const both = withSecret('new-secret', { previousSecret: { value: SECRET, until } })

  it('is accepted beside the new one until its end', () => {
    expect(check(signedPush({ secret: 'new-secret' }), both).ok).toBe(true)
    expect(check(signedPush(), both).ok).toBe(true)
    expect(check(signedPush(), both, new Date('2026-03-02T08:59:59.999Z')).ok).toBe(true)
  })

  it('is refused from its end on, the new one is not', () => {
    expect(check(signedPush(), both, new Date(until))).toEqual(refused('signature_wrong'))
    expect(check(signedPush({ secret: 'new-secret' }), both, new Date(until)).ok).toBe(true)
  })
})

describe('deliveryId', () => {
  const withId = (id?: string): RawPush => ({
    ...signedPush(),
    headers: id === undefined ? {} : { 'x-jdy-deliverid': id },
  })

  it('is the header, null without a usable one', () => {
    expect(deliveryId(withId(' 3f2c9a50-0001-4a8e-9c55-aa '))).toBe('3f2c9a50-0001-4a8e-9c55-aa')
    expect(deliveryId(withId())).toBeNull()
    expect(deliveryId(withId('  '))).toBeNull()
    expect(deliveryId(withId('x'.repeat(200)))).toBe('x'.repeat(200))
    expect(deliveryId(withId('x'.repeat(201)))).toBeNull()
  })
})
