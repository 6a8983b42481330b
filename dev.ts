import { spawn } from 'node:child_process'
import path from 'node:path'
import { startEmbeddedPostgres } from '@/lib/platform/embedded-postgres'
import { environment } from '@/lib/platform/env'
import { migrate } from '@/lib/platform/migrate'
import { projectRoot } from '@/lib/platform/project-root'

/**
 * What `npm run dev` runs: the database, then `next dev` on it. The database is held here, since Next starts its own
 * process anew whenever it likes.
 */
const { databaseUrl, dataDir, host, port } = environment()
const server = databaseUrl
  ? null
  : await startEmbeddedPostgres(path.join(dataDir, 'postgres'), { note: (text) => console.log(text) })
const url = databaseUrl ?? server!.url
for (const name of await migrate(url)) console.log(`migration ${name} applied`)

const next = path.join(projectRoot(), 'node_modules/next/dist/bin/next')
const child = spawn(process.execPath, [next, 'dev', '--hostname', host, '--port', String(port)], {
  cwd: projectRoot(),
  env: { ...process.env, DATABASE_URL: url, DATA_DIR: dataDir, NEXT_TELEMETRY_DISABLED: '1' },
  stdio: 'inherit',
})
// Ctrl-C reaches Next by itself; a signal to us alone is passed on. Either way its end is ours.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
await server?.leave()
process.exit(code ?? 0)
