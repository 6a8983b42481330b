import { chmodSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '@/lib/platform/embedded-postgres'
import { migrate } from '@/lib/platform/migrate'
import { prepareQueue } from '@/lib/platform/queue'
import { administer, onDatabase } from './administer'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server's first database, and the database that is copied for each test file. */
    testServer: { url: string; template: string }
  }
}

const PREFIX = 'huixin-test-'

/**
 * One PostgreSQL for all files of the run: `TEST_DATABASE_URL`'s, or a throw-away one of our own. Migrations are
 * applied once, to the template that each file copies.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startThrowAwayServer()
  const template = `huixin_template_${randomBytes(4).toString('hex')}`
  await administer(server.url, `create database ${template}`)
  await migrate(onDatabase(server.url, template))
  await prepareQueue(onDatabase(server.url, template))
  project.provide('testServer', { url: server.url, template })
  return async () => {
    if (given) await administer(server.url, `drop database if exists ${template} with (force)`)
    await server.stop()
  }
}

async function startThrowAwayServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  await removeLeftovers()
  const folder = mkdtempSync(path.join(tmpdir(), PREFIX))
  chmodSync(folder, 0o711)
  writeFileSync(path.join(folder, 'owner'), String(process.pid))
  const { url } = await startEmbeddedPostgres(path.join(folder, 'postgres'), {
    throwAway: true,
    settings: { max_connections: '200' },
  })
  return { url, stop: () => removeEmbeddedPostgres(path.join(folder, 'postgres'), folder) }
}

/** What test runs that were killed have left: a running server and its folder. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(tmpdir(), name)
    if (ownerIsGone(folder)) await removeEmbeddedPostgres(path.join(folder, 'postgres'), folder)
  }
}

function ownerIsGone(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(path.join(folder, 'owner'), 'utf8')), 0)
    return false
  } catch (error) {
    // No such process; anything else (another user's folder, one that is just being made) is not ours to remove.
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
