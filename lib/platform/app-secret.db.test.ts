import { expect, test, vi, beforeEach, afterEach } from 'vitest'
import { useDatabase } from '@/lib/testing/database'
import { checkAppSecret, deriveKey } from './app-secret'
import { pool } from './db'

useDatabase()

/** As in a new process: everything of `shared` is gone, but the database stays. */
const forget = (name: string) =>
  delete (globalThis as unknown as Record<string, Record<string, unknown>>).__huixin![name]

function startWith(secret: string): void {
  vi.stubEnv('APP_SECRET', secret)
  forget('platform.environment')
  forget('platform.appSecret')
}

beforeEach(() => startWith('the-first-secret-of-this-database'))
afterEach(() => vi.unstubAllEnvs())

test('the first start is remembered, the same secret passes again, another is refused', async () => {
  await checkAppSecret(pool())
  await checkAppSecret(pool())
  startWith('another-secret-that-is-long-enough')
  await expect(checkAppSecret(pool())).rejects.toThrow(/^APP_SECRET: /)
})

test('each purpose has a key of its own, and the same one each time', () => {
  expect(deriveKey('a.v1')).toEqual(deriveKey('a.v1'))
  expect(deriveKey('a.v1')).not.toEqual(deriveKey('b.v1'))
  expect(deriveKey('a.v1', 64)).toHaveLength(64)
})
