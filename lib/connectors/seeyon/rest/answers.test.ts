import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConnectorError } from '../../contract'
import { normalizeRow } from '../messages/normalize'
import { readPages } from '../messages/pages'
import { normaliseLink } from '../link'
import { settings } from '../settings'
import { expectSuccess, isTokenRefused, readRows, type SeeyonAnswer } from './answers'
import { longId } from './schemas'

function answer(text: string, more: Partial<SeeyonAnswer> = {}): SeeyonAnswer {
  return {
    endpoint: 'message/unread',
    status: 200,
    contentType: 'application/json',
    headers: {},
    text: () => text,
    ...more,
  }
}

const valid = settings.parse({ baseUrl: 'http://oa.example.com', restUser: 'rest', restPassword: 'password' })

describe('no answer', () => {
  const row = fc.dictionary(
    fc.constantFrom('id', 'creationDate', 'isRead', 'linkType', 'code', 'data'),
    fc.jsonValue(),
  )
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.array(row).map((rows) => JSON.stringify(rows)),
    fc.tuple(fc.array(row), fc.nat()).map(([rows, end]) => JSON.stringify(rows).slice(0, end)),
    fc.constantFrom(
      'null',
      '[]',
      '{}',
      '<html>',
      '{"code":1010}',
      '['.repeat(100_000),
      '{"id":"-1"}',
      '-',
      '1e999',
    ),
  )
  const type = fc.constantFrom('', 'application/json', 'text/html', 'text/plain', 'application/xml')

  it('makes anything be thrown but a ConnectorError', async () => {
    await fc.assert(
      fc.asyncProperty(body, fc.integer({ min: 100, max: 999 }), type, async (text, status, contentType) => {
        const given = answer(text, { status, contentType })
        try {
          isTokenRefused(given)
          expectSuccess(given)
          const scan = await readPages(() => Promise.resolve().then(() => readRows(given)), valid)
          for (const item of scan.rows) normalizeRow(item, new Date())
          normaliseLink(text, valid)
        } catch (error) {
          expect(error).toBeInstanceOf(ConnectorError)
          for (const detail of Object.values((error as ConnectorError).detail)) expect(detail).not.toBe('')
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a refused token', () => {
  it.each([
    [401, '', 'text/plain'],
    [401, '<html>401</html>', 'text/html'],
    [200, '{"code":1010}', 'application/json'],
    [200, '{"code":"1010","message":"token 失效"}', 'application/json'],
    [400, '{"code":1010}', 'application/json'],
    [200, 'Invalid token,please authenticate again', 'text/plain'],
    [500, '您已被迫下线，请重新登录', 'text/plain'],
  ])('is %i %s', (status, text, contentType) =>
    expect(isTokenRefused(answer(text, { status, contentType }))).toBe(true),
  )

  it.each([
    [403, '', 'text/plain'],
    [200, '{"id":-5,"code":"1010"}', 'application/json'],
    [200, '[{"code":1010}]', 'application/json'],
    [200, '{"code":10100}', 'application/json'],
    [200, '{"code":1010', 'application/json'],
    [200, '<html>Invalid token</html>', 'text/html'],
    [200, '[{"id":1,"messageContent":"您已被迫下线"}]', 'application/json'],
    [200, '/seeyon/x.do?q=Invalid token', 'text/plain'],
  ])('is not %i %s', (status, text, contentType) =>
    expect(isTokenRefused(answer(text, { status, contentType }))).toBe(false),
  )
})

describe('what an error repeats', () => {
  const told = (given: SeeyonAnswer) => {
    try {
      expectSuccess(given)
      readRows(given)
    } catch (error) {
      return JSON.stringify((error as ConnectorError).detail)
    }
    throw new Error('expected an error')
  }

  it('is what Seeyon says, in short', () => {
    expect(told(answer('{"code":500,"message":"登录IP异常"}'))).toContain('登录IP异常')
    expect(told(answer('登录IP异常，请联系管理员', { status: 500, contentType: 'text/plain' }))).toContain(
      '登录IP异常',
    )
    expect(told(answer('x'.repeat(5_000), { status: 400 })).length).toBeLessThan(500)
  })

  it('is never markup, data, a token or the target of a redirect', () => {
    expect(told(answer('<b>secret</b>', { status: 500 }))).not.toContain('secret')
    expect(told(answer('[{"messageContent":"secret"}]', { status: 400 }))).not.toContain('secret')
    expect(told(answer('bad token 5c11f994-0000-4000-8000-0000000000aa', { status: 400 }))).not.toContain(
      '5c11f994',
    )
    const headers = { location: 'https://sso.example.com/login?session=secret' }
    const redirect = told(answer('', { status: 302, headers }))
    expect(redirect).toContain('https://sso.example.com')
    expect(redirect).not.toContain('secret')
  })

  it('is how long to wait', () => {
    const given = answer('', { status: 503, headers: { 'retry-after': '7' } })
    expect(() => expectSuccess(given)).toThrow(expect.objectContaining({ retryAfterSeconds: 7 }))
  })
})

describe('an id', () => {
  it.each([
    ['-6675423597613201249', '-6675423597613201249'],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
    [' 0012 ', '12'],
    ['-0', '0'],
  ])('%s is %s', (text, id) => expect(longId(text)).toBe(id))

  it.each([
    '9223372036854775808',
    '-9223372036854775809',
    '1.5',
    '6.67E+18',
    '0x10',
    '+5',
    '1 2',
    '',
    'null',
    null,
    undefined,
  ])('%s is none', (text) => expect(longId(text)).toBeNull())
})
