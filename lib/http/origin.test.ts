import { describe, expect, test } from 'vitest'
import { environment } from '@/lib/platform/env'
import { checkOrigin } from './origin'

function accepts(baseUrl: string | null, headers: Record<string, string>, mayLack = false): boolean {
  Object.assign(environment(), { baseUrl })
  try {
    checkOrigin(new Headers(headers), { mayLack })
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: 'wrong_origin', status: 403 })
    return false
  }
}

describe('with BASE_URL its origin counts, whatever the Host says', () => {
  test.each([
    ['https://inbox.example.com', true],
    ['http://inbox.example.com', false],
    ['https://inbox.example.com:8443', false],
    ['https://evil.example', false],
    ['null', false],
  ])('%s', (origin, ok) => {
    expect(accepts('https://inbox.example.com', { origin, host: 'evil.example' })).toBe(ok)
  })
})

describe('without BASE_URL the host of the Origin must be the Host', () => {
  test.each([
    ['http://192.168.1.5:3000', '192.168.1.5:3000', true],
    ['https://inbox.lan', 'inbox.lan', true],
    ['https://inbox.lan', 'inbox.lan:443', true],
    ['http://inbox.lan', 'INBOX.lan:80', true],
    ['http://inbox.lan:3001', 'inbox.lan:3000', false],
    ['http://evil.example', 'inbox.lan', false],
    ['http://inbox.lan.evil.example', 'inbox.lan', false],
    ['null', 'inbox.lan', false],
    ['file://inbox.lan', 'inbox.lan', false],
    ['http://inbox.lan', 'inbox.lan/x@evil', false],
  ])('%s to %s: %s', (origin, host, ok) => expect(accepts(null, { origin, host })).toBe(ok))

  test('no Host, no Origin', () => {
    expect(accepts(null, { origin: 'http://inbox.lan' })).toBe(false)
    expect(accepts(null, { host: 'inbox.lan' })).toBe(false)
  })
})

test('an Origin may lack where it is said, but not be foreign', () => {
  expect(accepts(null, { host: 'inbox.lan' }, true)).toBe(true)
  expect(accepts(null, { host: 'inbox.lan', origin: 'http://evil.example' }, true)).toBe(false)
})
