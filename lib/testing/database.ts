import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, configureDatabase } from '@/lib/platform/db'
import { administer, onDatabase } from './administer'

/**
 * Gives the test file a migrated, empty database of its own, so that files run in parallel; to be called once, at the
 * top of a `*.db.test.ts`. `lib/platform/db.ts` is set to it before the first test, and it is dropped after the last.
 * @returns `url()`, the address, for what needs a connection of its own
 */
export function useDatabase(): { url: () => string } {
  const { url: server, template } = inject('testServer')
  const name = `huixin_test_${process.pid}_${randomBytes(4).toString('hex')}`
  const own = onDatabase(server, name)
  beforeAll(async () => {
    await administer(server, `create database ${name} template ${template}`)
    configureDatabase(own)
  })
  afterAll(async () => {
    await closeDatabase()
    await administer(server, `drop database if exists ${name} with (force)`)
  })
  return { url: () => own }
}
