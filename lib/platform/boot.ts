import { setTimeout as pause } from 'node:timers/promises'
import path from 'node:path'
import pg from 'pg'
import { checkAppSecret } from './app-secret'
import { closeDatabase, configureDatabase, pool } from './db'
import { startEmbeddedPostgres } from './embedded-postgres'
import { environment } from './env'
import { awaitPart } from './health'
import { log } from './log'
import { migrate } from './migrate'
import { isListening, onLost, startListening, stopListening } from './notify'
import { startCounting } from './processes'
import { prepareQueue } from './queue'
import { isShuttingDown, onShutdown } from './shutdown'
import { shared } from './state'

/**
 * Everything that must stand before the first request: environment, database, migrations, the right secret, the
 * connection for notifications. Once per process, however often it is called; rejects when the start is impossible.
 */
export function boot(): Promise<void> {
  return shared('platform.boot', start)
}

async function start(): Promise<void> {
  const up = awaitPart('database')
  // The end waits for a start that is under way: else a database started meanwhile would be left running.
  onShutdown('work', 'start', () => boot().catch(() => {}))
  const url = await reachDatabase()
  carryOn()
  configureDatabase(url)
  onShutdown('connections', 'database', async () => {
    await stopListening()
    await closeDatabase()
  })
  const applied = await migrate(url)
  if (applied.length > 0) log().info({ migrations: applied }, 'migrations applied')
  await prepareQueue(url)
  carryOn()
  await checkAppSecret(pool())
  await startListening()
  await startCounting()
  up()
}

function carryOn(): void {
  if (isShuttingDown()) throw new Error('stopped while starting')
}

async function reachDatabase(): Promise<string> {
  const { databaseUrl, dataDir } = environment()
  if (databaseUrl) {
    await waitUntilReachable(databaseUrl)
    return databaseUrl
  }
  const folder = path.join(dataDir, 'postgres')
  const note = (text: string) => log().info(text)
  const server = await startEmbeddedPostgres(folder, { note })
  onShutdown('database', 'embedded PostgreSQL', () => server.leave())
  log().info({ joined: server.joined }, 'embedded PostgreSQL is running')
  onLost(() => void revive(folder, Number(new URL(server.url).port)))
  return server.url
}

/** The embedded server has nobody but us to start it again, on the port that all connections know. */
async function revive(folder: string, port: number): Promise<void> {
  while (!isShuttingDown() && !isListening()) {
    try {
      const { joined } = await startEmbeddedPostgres(folder, { port })
      return void (joined || log().warn('embedded PostgreSQL had ended and was started again'))
    } catch (error) {
      log().error({ err: error }, 'embedded PostgreSQL does not start')
      await pause(2_000)
    }
  }
}

/** Wrong password, no such role, no such database, no right to connect: waiting does not help. */
const HOPELESS = new Set(['28P01', '28000', '3D000', '42501'])
const OLDEST = 13

/** A company's database server may come up after us: then we wait, and `/api/readyz` says so. */
async function waitUntilReachable(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      const version = await serverVersion(url)
      if (version < OLDEST)
        throw new Error(`DATABASE_URL: PostgreSQL ${version} is too old, ${OLDEST} is the oldest.`)
      return
    } catch (error) {
      carryOn()
      const { code, message } = error as { code?: string; message: string }
      if (code && HOPELESS.has(code)) throw new Error(`DATABASE_URL: ${message}`, { cause: error })
      if (message.startsWith('DATABASE_URL')) throw error
      if (attempt % 10 === 0) log().warn({ err: error }, 'the database cannot be reached yet, trying again')
      await pause(Math.min(100 * 2 ** attempt, 2_000))
      carryOn()
    }
  }
}

async function serverVersion(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int / 10000 as version`,
    )
    return rows[0]?.version ?? 0
  } finally {
    await client.end().catch(() => {})
  }
}
