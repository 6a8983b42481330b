import { expect, test } from 'vitest'
import { isDatabaseAway } from './database-away'

const nested = (cause: unknown) => ({
  code: 'P2010',
  meta: { driverAdapterError: { name: 'DriverAdapterError', cause } },
})

test.each([
  [{ code: 'P1001' }],
  [nested({ kind: 'DatabaseNotReachable' })],
  [nested({ kind: 'postgres', originalCode: '57P01' })],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  [new Error('timeout exceeded when trying to connect')],
  [new Error('no database configured')],
  [new Error('wrapped', { cause: new Error('wrapped', { cause: nested({ kind: 'ConnectionClosed' }) }) })],
])('%j says so', (error) => expect(isDatabaseAway(error)).toBe(true))

test.each([
  [new Error('x')],
  [nested({ originalCode: '23505' })],
  [{ code: 'P2002' }],
  ['ECONNREFUSED'],
  [null],
  [undefined],
])('%j does not', (error) => expect(isDatabaseAway(error)).toBe(false))

test('errors that hang in a circle end', () => {
  const error = new Error('x')
  error.cause = error
  expect(isDatabaseAway(error)).toBe(false)
})
