import { expect, test } from 'vitest'
import { readable, withoutSecrets } from './log'

test('values of secret names are hidden at any depth, their neighbours stay', () => {
  expect(
    withoutSecrets({
      user: 'li',
      headers: { Authorization: 'Bearer x', 'Set-Cookie': 'y', accept: '*/*' },
      settings: [
        { restPassword: 'p', apiKey: 'k', previousSecret: null, tokenMode: 'service', baseUrl: 'http://h' },
      ],
    }),
  ).toEqual({
    user: 'li',
    headers: { Authorization: '[hidden]', 'Set-Cookie': '[hidden]', accept: '*/*' },
    settings: [
      {
        restPassword: '[hidden]',
        apiKey: '[hidden]',
        previousSecret: null,
        tokenMode: 'service',
        baseUrl: 'http://h',
      },
    ],
  })
})

test('user and password inside an address are hidden, also within an error and its cause', () => {
  const cause = new Error('postgresql://huixin:pass@127.0.0.1/huixin refused')
  const error = Object.assign(new Error('no database', { cause }), { code: 'E1', password: 'p' })
  const shown = withoutSecrets({ err: error })
  expect(JSON.stringify(shown)).not.toContain('pass@')
  expect(shown).toMatchObject({
    err: {
      type: 'Error',
      message: 'no database',
      code: 'E1',
      password: '[hidden]',
      cause: { message: 'postgresql://[hidden]@127.0.0.1/huixin refused' },
    },
  })
})

test('a ring of objects ends', () => {
  const ring: Record<string, unknown> = {}
  ring.self = ring
  expect(JSON.stringify(withoutSecrets(ring))).toContain('[deep]')
})

test('a line for people has time, level, part, message and fields', () => {
  const line = JSON.stringify({
    level: 'warn',
    time: '2026-03-01T04:05:06Z',
    part: 'jobs',
    msg: 'late',
    seconds: 3,
  })
  expect(readable(line)).toBe('04:05:06  warn   jobs  late  {"seconds":3}\n')
})
