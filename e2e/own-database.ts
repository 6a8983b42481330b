import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '@/lib/platform/embedded-postgres'

/** A database server of the company, beside the servers of a test: it can be taken away and brought back. */
export type OwnDatabase = Awaited<ReturnType<typeof startOwnDatabase>>

export async function startOwnDatabase() {
  const home = mkdtempSync(path.join(tmpdir(), 'huixin-e2e-database-'))
  // Its user must be able to enter.
  chmodSync(home, 0o711)
  const folder = path.join(home, 'postgres')
  const { url } = await startEmbeddedPostgres(folder)
  return {
    /** For a server that is to use it. */
    env: { DATABASE_URL: url, APP_SECRET: 'a-secret-of-more-than-16-characters' },
    /** At once, whoever is in the middle of something. */
    stop: async () => (await startEmbeddedPostgres(folder)).kill(),
    /** On the same port. */
    start: async () => void (await startEmbeddedPostgres(folder, { port: Number(new URL(url).port) })),
    remove: () => removeEmbeddedPostgres(folder, home),
  }
}
