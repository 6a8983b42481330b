import { describe, expect, it } from 'vitest'
import { fixtureText } from './fixtures/read'
import { link } from './link'
import { settings } from './settings'

const at = new Date('2026-03-02T08:00:00Z')
const source = (address: string | null) => ({ link: address, linkRef: null, sentAt: at })

function open(address: string | null, allowedHosts?: string[]): Promise<string | null> {
  const context = { connectionId: 'c', settings: settings.parse(allowedHosts ? { allowedHosts } : {}) }
  return link.resolve(context, source(address))
}

describe('a link', () => {
  it('of the vendor opens unchanged, with everything in its query', async () => {
    const addresses = fixtureText('page/flow-addresses.txt').replaceAll('\\_', '_').trim().split('\n')
    expect(addresses).toHaveLength(2)
    for (const address of addresses) {
      expect(link.has(source(address))).toBe(true)
      expect(await open(address)).toBe(address)
    }
    expect(await open('http://jiandaoyun.com/message/1/data')).toBe('http://jiandaoyun.com/message/1/data')
  })

  it('is given as it was understood', async () => {
    expect(await open('HTTPS://WWW.JianDaoYun.com/审批?a=1 2#x')).toBe(
      'https://www.jiandaoyun.com/%E5%AE%A1%E6%89%B9?a=1%202#x',
    )
  })

  it('elsewhere is there, but does not open', async () => {
    for (const address of [
      'https://abc.com/xyz',
      'https://jiandaoyun.com.evil.example/',
      'https://evil-jiandaoyun.com/',
      'https://evil.example/https://jiandaoyun.com/',
      'https://evil.example?jiandaoyun.com',
      'https://evil.example#@jiandaoyun.com',
      'https://www.jiandaoyun.com:8443/',
      'http://127.0.0.1/',
      'http://169.254.169.254/latest/meta-data',
    ]) {
      expect(link.has(source(address)), address).toBe(true)
      expect(await open(address), address).toBeNull()
    }
  })

  it.each([
    null,
    '',
    ' ',
    'javascript:alert(1)',
    'JavaScript://www.jiandaoyun.com/%0aalert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://jiandaoyun.com/',
    'blob:https://jiandaoyun.com/1',
    'view-source:https://jiandaoyun.com/',
    '//jiandaoyun.com/',
    '/app/1',
    'app/1',
    'jiandaoyun.com',
    'https:jiandaoyun.com',
    'https:/jiandaoyun.com',
    'https:///jiandaoyun.com',
    'https:\\\\jiandaoyun.com',
    'https://evil.example\\@jiandaoyun.com/',
    'https://jiandaoyun.com\\.evil.example/',
    'https://jiandaoyun.com/\\..',
    'https://jiandaoyun.com@evil.example/',
    'https://user:secret@jiandaoyun.com/',
    'https://@jiandaoyun.com/',
    'https://:@jiandaoyun.com/',
    'https://jiandaoyun.com%40evil.example@jiandaoyun.com/',
    'https://jiandaoyun.com%00.evil.example/',
    'https://jiandaoyun.com%2f@evil.example/',
    'https://jiandaoyun.com\n.evil.example/',
    'ht\ntps://jiandaoyun.com/',
    'https://jiandaoyun.com/\r\nSet-Cookie: a=b',
    'https://jian daoyun.com/',
    'https://jiandaoyun.com:99999/',
    'https://?x',
    'https://',
    'https://jiandaoyun.com./',
    'https://jian\u200bdaoyun.com/',
    'https://jiandaoyun.com/\u202Egpj.exe',
  ])('that is none: %j', async (address) => {
    expect(link.has(source(address))).toBe(false)
    expect(await open(address)).toBeNull()
    expect(await open(address, ['evil.example', 'jiandaoyun.com', '*.jiandaoyun.com'])).toBeNull()
  })

  it('may lead to the hosts and ports that an administrator entered', async () => {
    const hosts = ['127.0.0.1:4010', '*.corp.example']
    expect(await open('http://127.0.0.1:4010/message/1/data', hosts)).toBe(
      'http://127.0.0.1:4010/message/1/data',
    )
    expect(await open('https://jdy.corp.example/app', hosts)).toBe('https://jdy.corp.example/app')
    expect(await open('http://127.0.0.1:4011/', hosts)).toBeNull()
    expect(await open('https://www.jiandaoyun.com/', hosts)).toBeNull()
  })

  it('may have an at sign behind the host', async () => {
    expect(await open('https://jiandaoyun.com/u/@me?mail=a@b.example')).toBe(
      'https://jiandaoyun.com/u/@me?mail=a@b.example',
    )
  })
})
