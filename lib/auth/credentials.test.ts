import { expect, test } from 'vitest'
import { cookieOf, credentialOf } from './credentials'

const NAME = 'huixin.session_token'

test.each([
  [{}, null],
  [{ cookie: `${NAME}=a.b%3D` }, { kind: 'cookie', value: 'a.b%3D' }],
  [{ cookie: `x=1;${NAME}=a.b; y=2` }, { kind: 'cookie', value: 'a.b' }],
  [{ cookie: `x${NAME}=a.b` }, null],
  [{ cookie: `${NAME}=` }, null],
  [{ cookie: NAME }, null],
  [{ authorization: 'Bearer hx_1' }, { kind: 'token', value: 'hx_1' }],
  [{ authorization: 'bearer  hx_1 ' }, { kind: 'token', value: 'hx_1' }],
  [
    { authorization: 'Bearer hx_1', cookie: `${NAME}=a.b` },
    { kind: 'token', value: 'hx_1' },
  ],
  [
    { authorization: 'Basic eDp5', cookie: `${NAME}=a.b` },
    { kind: 'cookie', value: 'a.b' },
  ],
  [{ authorization: 'Bearer a b' }, null],
  [{ authorization: 'Bearer' }, null],
] as [Record<string, string>, unknown][])('%j → %j', (headers, credential) => {
  expect(credentialOf(new Headers(headers))).toEqual(credential)
})

test('of two cookies with one name the first counts', () => {
  expect(cookieOf(new Headers({ cookie: 'a=1; a=2' }), 'a')).toBe('1')
})
