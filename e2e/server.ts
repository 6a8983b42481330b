import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runningServer } from '@/lib/platform/embedded-postgres/process'
import { removeEmbeddedPostgres } from '@/lib/platform/embedded-postgres'

/** The first administrator of a server that tests start. */
export const ADMIN = { username: 'admin', password: 'correct-horse-battery' }

export type TestServer = {
  /** `http://127.0.0.1:<port>` */
  baseUrl: string
  pid: number
  dataDir: string
  /** All that it has printed so far. */
  log: () => string
  /** SIGTERM, then waits for the end. */
  stop: () => Promise<Ended>
  /** SIGKILL, as when the machine runs out of memory; its database goes on running. */
  kill9: () => Promise<void>
  /** Stops it if need be and removes what it has written. */
  remove: () => Promise<void>
}
export type Ended = { code: number | null; ms: number }

type Options = {
  /** Beside the usual ones; nothing else of this process's environment is passed on. */
  env?: Record<string, string>
  /** That of an earlier server, to start on its data. */
  dataDir?: string
}

const project = path.resolve(import.meta.dirname, '..')
const START_MS = 40_000

/**
 * Starts the built server (`npm run build`) on a free port and a data folder of its own, and waits until it is up.
 * Throws with what it printed when it ends instead.
 */
export async function startServer(options: Options = {}): Promise<TestServer> {
  const launched = launchServer(options)
  const address = await launched.address
  if (!address) {
    await launched.exited
    if (!options.dataDir) await removeDataDir(launched.server.dataDir)
    throw new Error(`The server did not start:\n${launched.log()}`)
  }
  return { ...launched.server, baseUrl: address }
}

/** Like `startServer`, without waiting: for tests of the start itself. */
export function launchServer({ env = {}, dataDir = newDataDir() }: Options = {}) {
  const child = spawn(process.execPath, [path.join(project, 'dist/server.mjs')], {
    cwd: project,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      PORT: '0',
      DATA_DIR: dataDir,
      ADMIN_USERNAME: ADMIN.username,
      ADMIN_PASSWORD: ADMIN.password,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let tell: (address: string | null) => void = () => {}
  const address = new Promise<string | null>((resolve) => (tell = resolve))
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const [, found] = /^汇信 Huixin {2}(?:worker {2})?(http:\/\/[^/\s]+)/m.exec(output) ?? []
      if (found) tell(found)
    })
  }
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      tell(null)
      resolve(code)
    })
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS)
  void address.then(() => clearTimeout(timer))
  const end = async (signal: NodeJS.Signals): Promise<Ended> => {
    const started = Date.now()
    child.kill(signal)
    return { code: await exited, ms: Date.now() - started }
  }
  const server = {
    pid: child.pid!,
    dataDir,
    log: () => output,
    stop: () => end('SIGTERM'),
    kill9: async () => void (await end('SIGKILL')),
    remove: async () => {
      await end('SIGTERM')
      await removeDataDir(dataDir)
    },
  }
  return { address, exited, log: () => output, server }
}

/** An empty data folder that the user of the database may enter too. */
export function newDataDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'huixin-e2e-'))
  chmodSync(folder, 0o711)
  return folder
}

/** Removes a data folder, with the database server that may still run on it. */
export async function removeDataDir(dataDir: string): Promise<void> {
  await removeEmbeddedPostgres(path.join(dataDir, 'postgres'), dataDir)
}

/** The process id of the embedded database of that folder, or null when none runs. */
export function databasePid(dataDir: string): number | null {
  try {
    return runningServer(path.join(realpathSync(path.join(dataDir, 'postgres')), 'data'))?.pid ?? null
  } catch {
    return null
  }
}

/** SIGKILL to the embedded database, then waits until it has gone. */
export async function killDatabase(dataDir: string): Promise<void> {
  const pid = databasePid(dataDir)
  if (pid === null) throw new Error(`no database runs on ${dataDir}`)
  process.kill(pid, 'SIGKILL')
  while (databasePid(dataDir) === pid) await pause(10)
}
