import { describe, expect, it } from 'vitest'
import { isAppError, type FieldErrors, type Locale } from '@/lib/shared/errors'
import { parseInput } from '@/lib/shared/parse-input'
import { settings } from './settings'

/** What is wrong, as `path: code`. */
function problems(value: unknown): string[] {
  const result = settings.safeParse(value)
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`)
}

/** What an administrator is told. */
function fields(value: unknown, locale: Locale = 'en'): FieldErrors {
  try {
    parseInput(settings, value, locale, 'settings')
    return {}
  } catch (error) {
    return (isAppError(error) && error.fields) || {}
  }
}

describe('settings', () => {
  it('need nothing: a connection begins in set-up', () => {
    expect(settings.parse({})).toEqual({
      allowedHosts: ['jiandaoyun.com', '*.jiandaoyun.com'],
      apiUrl: 'https://api.jiandaoyun.com',
    })
  })

  it('keep everything they know', () => {
    const all = {
      secret: 's3cret',
      previousSecret: { value: 'older', until: '2026-03-02T09:00:00.000Z' },
      allowedHosts: ['jdy.example.com:8443'],
      apiKey: 'key',
      apiUrl: 'https://gateway.example.com/jdy',
      forward: {
        connectionId: '6f1a2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b',
        ops: ['flow_message'],
        categories: ['todo'],
        senderLoginName: 'sender',
      },
    }
    expect(settings.parse(all)).toEqual(all)
  })

  it('take a secret of 1 to 128 characters, as it is', () => {
    expect(settings.parse({ secret: 'a' }).secret).toBe('a')
    expect(settings.parse({ secret: 'é 密'.padEnd(128, 'x') }).secret).toHaveLength(128)
    expect(problems({ secret: '' })).toEqual(['secret: too_small'])
    expect(problems({ secret: 'x'.repeat(129) })).toEqual(['secret: too_big'])
    expect(problems({ secret: 7 })).toEqual(['secret: invalid_type'])
  })

  it('say in both languages what only they know', () => {
    const wrong = { secret: 'abc ', allowedHosts: ['*'] }
    expect(fields(wrong, 'zh-CN')).toEqual({
      secret: '前后有空格，请重新复制',
      'allowedHosts.0': '只填域名，例如 jiandaoyun.com 或 *.jiandaoyun.com',
    })
    expect(fields(wrong, 'en')).toEqual({
      secret: 'It begins or ends with a blank, copy it again',
      'allowedHosts.0': 'A host only, such as jiandaoyun.com or *.jiandaoyun.com',
    })
  })

  it('refuse names they do not know, by name', () => {
    expect(Object.keys(fields({ secert: 'typo', allowedHosts: [] }))).toEqual(['secert'])
    const forward = { connectionId: 'x', senderLoginName: 'a', cc: 1 }
    expect(Object.keys(fields({ forward })).sort()).toEqual(['forward.cc', 'forward.connectionId'])
  })

  it.each(['localhost:4010', '10.0.0.8', '[::1]:8080', '*.jdy.example.com:8443', '例子.cn'])(
    'take the host %s',
    (host) => {
      expect(settings.parse({ allowedHosts: [host] }).allowedHosts).toEqual([host])
    },
  )

  it.each(['', '*', '*.com', 'https://jiandaoyun.com', 'jiandaoyun.com/app', 'a@jiandaoyun.com', 'a b.com'])(
    'refuse the host %j',
    (host) => {
      expect(problems({ allowedHosts: [host] })).toEqual(['allowedHosts.0: custom'])
    },
  )

  it('write hosts in small letters and name the one that is wrong', () => {
    expect(settings.parse({ allowedHosts: [' JianDaoYun.com '] }).allowedHosts).toEqual(['jiandaoyun.com'])
    expect(settings.parse({ allowedHosts: [] }).allowedHosts).toEqual([])
    expect(problems({ allowedHosts: ['jiandaoyun.com', 'https://jiandaoyun.com/'] })).toEqual([
      'allowedHosts.1: custom',
    ])
    expect(problems({ allowedHosts: 'jiandaoyun.com' })).toEqual(['allowedHosts: invalid_type'])
    expect(problems({ allowedHosts: Array.from({ length: 51 }, (_, i) => `h${i}.example.com`) })).toEqual([
      'allowedHosts: too_big',
    ])
  })

  it('take an API key without blanks, whatever was pasted around it', () => {
    expect(settings.parse({ apiKey: ' k7Jq2ZvT9x\n' }).apiKey).toBe('k7Jq2ZvT9x')
    for (const apiKey of ['', 'a b', 'a\nb', '密钥', 'k\u0000', 'x'.repeat(501)])
      expect(problems({ apiKey }), apiKey).toHaveLength(1)
    expect(fields({ apiKey: 'a b' }, 'zh-CN')).toEqual({ apiKey: 'API Key 里不会有空格或中文，请重新复制' })
  })

  it.each([
    ['', 'https://api.jiandaoyun.com'],
    ['https://api.jiandaoyun.com/', 'https://api.jiandaoyun.com'],
    ['https://api.jiandaoyun.com/api/', 'https://api.jiandaoyun.com'],
    [' HTTPS://API.JianDaoYun.com ', 'https://api.jiandaoyun.com'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['https://gateway.example.com/jdy/', 'https://gateway.example.com/jdy'],
  ])('take %j as the address of the API', (given, apiUrl) => {
    expect(settings.parse({ apiUrl: given }).apiUrl).toBe(apiUrl)
  })

  it.each([
    'api.jiandaoyun.com',
    'ftp://api.jiandaoyun.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://user:secret@api.jiandaoyun.com',
    'https://api.jiandaoyun.com?a=1',
    'https://api.jiandaoyun.com#a',
    'https:\\\\api.jiandaoyun.com',
    'https:///x',
    7,
  ])('refuse %j as the address of the API', (apiUrl) => {
    expect(problems({ apiUrl })).toHaveLength(1)
  })

  it('want an end for the secret before', () => {
    expect(problems({ previousSecret: { value: 'a' } })).toEqual(['previousSecret.until: invalid_type'])
    expect(problems({ previousSecret: { value: 'a', until: 'soon' } })).toEqual([
      'previousSecret.until: invalid_format',
    ])
  })
})
