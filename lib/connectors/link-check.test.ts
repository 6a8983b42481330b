import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLink, parseAllowedHost } from './link-check'

const rules = { allowedHosts: ['example.com', '*.example.com', 'oa.corp:8088', '[::1]:3000'] }

describe('what is allowed', () => {
  it.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://Example.COM/a b?q=待办', 'https://example.com/a%20b?q=%E5%BE%85%E5%8A%9E'],
    ['http://www.example.com/x', 'http://www.example.com/x'],
    ['https://a.b.example.com/#/app/1', 'https://a.b.example.com/#/app/1'],
    ['https://example.com:443/x', 'https://example.com/x'],
    ['http://oa.corp:8088/x.do?a=1&b=2', 'http://oa.corp:8088/x.do?a=1&b=2'],
    ['http://[::1]:3000/x', 'http://[::1]:3000/x'],
    ['  https://example.com/x\n', 'https://example.com/x'],
    [
      'https://example.com/a/../b?next=https://evil.test//@',
      'https://example.com/b?next=https://evil.test//@',
    ],
  ])('%s', (link, expected) => expect(checkLink(link, rules)).toBe(expected))

  it('allows a port only where an entry names it', () => {
    expect(checkLink('https://example.com:8443/', rules)).toBeNull()
    expect(checkLink('http://example.com:443/', rules)).toBeNull()
    expect(checkLink('http://oa.corp/', rules)).toBeNull()
    expect(checkLink('https://oa.corp/', { allowedHosts: ['oa.corp:443'] })).toBe('https://oa.corp/')
    expect(checkLink('http://oa.corp/', { allowedHosts: ['oa.corp:443'] })).toBeNull()
  })

  it('takes a wildcard for names below the suffix only', () => {
    const wild = { allowedHosts: ['*.example.com'] }
    expect(checkLink('https://a.example.com/', wild)).toBe('https://a.example.com/')
    expect(checkLink('https://example.com/', wild)).toBeNull()
    expect(checkLink('https://notexample.com/', wild)).toBeNull()
    expect(checkLink('https://example.com.evil.test/', wild)).toBeNull()
  })

  it('knows a name written in Chinese and in punycode as one', () => {
    const idn = { allowedHosts: ['办公.example'] }
    expect(checkLink('https://办公.example/x', idn)).toBe('https://xn--55qx2a.example/x')
    expect(checkLink('https://xn--55qx2a.example/x', idn)).toBe('https://xn--55qx2a.example/x')
  })
})

describe('what is refused', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//https://example.com',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/1',
    'ftp://example.com/',
    '//example.com/x',
    '///example.com/x',
    '/\\evil.test/x',
    '\\\\example.com/x',
    'https:\\\\example.com',
    'https:example.com',
    'https:/example.com',
    'https:///example.com',
    'https://',
    'https://?x',
    'https://user@example.com/',
    'https://user:password@example.com/',
    'https://@example.com/',
    'https://:@example.com/',
    'https://example.com@evil.test/',
    'https://evil.test/https://example.com',
    'https://evil.test?https://example.com',
    'https://evil.test#@example.com',
    'https://evil.test\\@example.com',
    'https://evil.test\\.example.com',
    'https://example.com\t.evil.test/',
    'https://exam\u200bple.com/',
    'https://exam\u00adple.com/',
    'https://example.com/\u202Egpj.exe',
    'https://example.com%2eevil.test/',
    'https://example.com./',
    'https://example.com．evil.test/',
    'https://example。com.evil.test/',
    'https://еxample.com/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::ffff:127.0.0.1]/',
    'https://example.com:0/',
    'https://example.com:99999/',
    'https://exa mple.com/',
    'example.com',
    '/x.do',
    'x.do?a=1',
    '',
    '   ',
    `https://example.com/${'a'.repeat(9_000)}`,
    'https://example.com/\ud800',
  ])('%j', (link) => expect(checkLink(link, rules)).toBeNull())

  it.each([null, undefined, 1, {}, ['https://example.com/']])('%j, which is no text', (value) =>
    expect(checkLink(value, rules)).toBeNull(),
  )

  it('everything, with an empty list or only unusable entries', () => {
    expect(checkLink('https://example.com/', { allowedHosts: [] })).toBeNull()
    const entries = [
      '*',
      '*.',
      '',
      'https://example.com',
      'example.com/',
      '*.com',
      'a@example.com',
      'example.com.',
    ]
    expect(checkLink('https://example.com/', { allowedHosts: entries })).toBeNull()
  })
})

describe('relative links', () => {
  const withBase = { ...rules, base: 'https://example.com/app/' }

  it.each([
    ['/x?a=1', 'https://example.com/x?a=1'],
    ['x.do?a=b:c', 'https://example.com/app/x.do?a=b:c'],
    ['../y', 'https://example.com/y'],
    ['?q=1', 'https://example.com/app/?q=1'],
    ['https://www.example.com/z', 'https://www.example.com/z'],
  ])('%s', (link, expected) => expect(checkLink(link, withBase)).toBe(expected))

  it.each(['//evil.test/x', '/\\evil.test', 'https:x', 'javascript:x', 'x:y', '/\t/evil.test'])(
    'never %j',
    (link) => expect(checkLink(link, withBase)).toBeNull(),
  )

  it('are refused where the base is not allowed or no address', () => {
    expect(checkLink('/x', { allowedHosts: ['other.test'], base: 'https://example.com' })).toBeNull()
    expect(checkLink('/x', { ...rules, base: 'example.com' })).toBeNull()
    expect(checkLink('/x', { ...rules, base: 'https://user@example.com' })).toBeNull()
  })
})

describe('entries of an allow list', () => {
  it.each([
    ['Example.COM', { host: 'example.com', port: null, wildcard: false }],
    [' example.com:08080 ', { host: 'example.com', port: '8080', wildcard: false }],
    ['*.example.com', { host: 'example.com', port: null, wildcard: true }],
    ['*.example.com:8443', { host: 'example.com', port: '8443', wildcard: true }],
    ['10.0.0.5', { host: '10.0.0.5', port: null, wildcard: false }],
    ['oa', { host: 'oa', port: null, wildcard: false }],
  ])('%s', (entry, expected) => expect(parseAllowedHost(entry)).toEqual(expected))

  it.each([
    '*.com',
    '*.0.0.1',
    '*.[::1]',
    'a.*.com',
    'example.com:0',
    'example.com:70000',
    'http://a',
    'a/b',
    'a b',
    '',
    '.a',
    'a.',
  ])('%j is none', (entry) => expect(parseAllowedHost(entry)).toBeNull())
})

it('never lets anything but an allowed http address through, and keeps its own answers', () => {
  const piece = fc.constantFrom(
    ...[
      'http:',
      'https:',
      'javascript:',
      '/',
      '//',
      '\\',
      '@',
      '#',
      '?',
      ':',
      ':443',
      '.',
      '%2e',
      '\t',
      '\n',
      ' ',
    ],
    ...['example.com', 'evil.test', 'oa.corp:8088', '[::1]', '。', '\u202e', 'x.do', '..', '&amp;', "'"],
  )
  const link = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  )
  fc.assert(
    fc.property(link, fc.boolean(), (raw, relative) => {
      const checked = checkLink(raw, relative ? { ...rules, base: 'https://example.com/a/' } : rules)
      if (checked === null) return
      const url = new URL(checked)
      expect(['http:', 'https:']).toContain(url.protocol)
      expect(url.username + url.password).toBe('')
      expect(
        url.host === 'oa.corp:8088' || url.host === '[::1]:3000' || /(^|\.)example\.com$/.test(url.host),
      ).toBe(true)
      expect(checkLink(checked, rules)).toBe(checked)
    }),
    { numRuns: 5_000 },
  )
})
