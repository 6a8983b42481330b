import { describe, expect, it } from 'vitest'
import { normaliseServerUrl, settings, webUrlOf } from './settings'

const least = { baseUrl: 'http://oa.example.com:8088', restUser: 'rest', restPassword: 'password' }
const paths = (input: unknown) =>
  (settings.safeParse(input).error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.code])

describe('settings', () => {
  it('fill in what is not said', () => {
    expect(settings.parse(least)).toEqual({
      ...least,
      webUrl: null,
      tokenMode: 'service',
      paging: 'v6',
      pollSeconds: 60,
      concurrency: 8,
      pageSize: 20,
      readMeansDone: false,
      ssoName: null,
      ssoEntry: false,
      senderLoginName: null,
    })
  })

  it('are the same when read again', () => {
    const once = settings.parse({
      ...least,
      baseUrl: `${least.baseUrl}/seeyon/`,
      webUrl: 'https://oa.example.com/seeyon',
    })
    expect(settings.parse(once)).toEqual(once)
  })

  it('open links where employees are said to open Seeyon, else at the server address', () => {
    expect(webUrlOf(settings.parse(least))).toBe('http://oa.example.com:8088')
    expect(webUrlOf(settings.parse({ ...least, webUrl: '' }))).toBe('http://oa.example.com:8088')
    expect(webUrlOf(settings.parse({ ...least, webUrl: 'https://oa.example.com/seeyon' }))).toBe(
      'https://oa.example.com',
    )
  })

  it.each([
    [
      {},
      [
        ['baseUrl', 'invalid_type'],
        ['restUser', 'invalid_type'],
        ['restPassword', 'invalid_type'],
      ],
    ],
    [{ ...least, baseUrl: 'oa.example.com' }, [['baseUrl', 'invalid_format']]],
    [{ ...least, webUrl: 'javascript:alert(1)' }, [['webUrl', 'invalid_format']]],
    [{ ...least, tokenMode: 'shared' }, [['tokenMode', 'invalid_value']]],
    [{ ...least, paging: 'v5' }, [['paging', 'invalid_value']]],
    [{ ...least, pollSeconds: 0 }, [['pollSeconds', 'too_small']]],
    [{ ...least, pollSeconds: '60' }, [['pollSeconds', 'invalid_type']]],
    [
      { ...least, concurrency: 0.5 },
      [
        ['concurrency', 'invalid_type'],
        ['concurrency', 'too_small'],
      ],
    ],
    [{ ...least, pageSize: 201 }, [['pageSize', 'too_big']]],
    [{ ...least, ssoName: '汇信' }, [['ssoName', 'invalid_format']]],
    [{ ...least, ssoName: 'a&b' }, [['ssoName', 'invalid_format']]],
    [{ ...least, ssoEntry: 'true' }, [['ssoEntry', 'invalid_type']]],
    [{ ...least, restUser: '  ' }, [['restUser', 'too_small']]],
    [{ ...least, restPassword: '' }, [['restPassword', 'too_small']]],
    [{ ...least, senderLoginName: ' ' }, [['senderLoginName', 'too_small']]],
    [{ ...least, colour: 'red' }, [['', 'unrecognized_keys']]],
  ])('%j is wrong at %j', (input, expected) => {
    const found = paths(input)
    expect(found.length).toBeGreaterThan(0)
    for (const issue of found) expect(expected).toContainEqual(issue)
  })
})

describe('the address of a server', () => {
  it.each([
    ['http://127.0.0.1:8088', 'http://127.0.0.1:8088'],
    ['http://127.0.0.1:8088/', 'http://127.0.0.1:8088'],
    ['http://127.0.0.1:8088/seeyon', 'http://127.0.0.1:8088'],
    ['http://127.0.0.1:8088/seeyon/', 'http://127.0.0.1:8088'],
    ['http://127.0.0.1:8088/seeyon/rest', 'http://127.0.0.1:8088'],
    ['https://OA.Example.com/seeyon/main.do?method=main#x', 'https://oa.example.com'],
    ['https://oa.example.com:443/', 'https://oa.example.com'],
    ['https://gateway.example.com/oa/seeyon/', 'https://gateway.example.com/oa'],
    ['https://gateway.example.com/oa/', 'https://gateway.example.com/oa'],
    ['https://gateway.example.com/seeyonish', 'https://gateway.example.com/seeyonish'],
    ['http://[::1]:8088/seeyon', 'http://[::1]:8088'],
  ])('%s is %s', (raw, expected) => expect(normaliseServerUrl(raw)).toBe(expected))

  it.each([
    'oa.example.com',
    '//oa.example.com',
    'ftp://oa.example.com',
    'javascript:alert(1)',
    'http:oa.example.com',
    'http:\\\\oa.example.com',
    'http://user:password@oa.example.com',
    'http://oa.example.com/?next=1',
    'http://',
    '',
  ])('%j is none', (raw) => expect(normaliseServerUrl(raw)).toBeNull())
})
