import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Binaries } from './binaries'
import type { Place } from './place'

/** The server process of one data folder: is it alive, on which port, starting it, and what its log says. */

/** What `postmaster.pid` says of a server that is alive. */
export type Running = { pid: number; port: number; state: 'starting' | 'ready' | 'stopping' }

const BIGGEST_LOG = 20 * 1024 * 1024
/** Applied at every start, so that a newer version of the project can change them. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
}

const pidFile = (data: string) => path.join(data, 'postmaster.pid')

/** The server of that data folder, if one is alive. */
export function runningServer(data: string): Running | null {
  let lines: string[]
  try {
    lines = readFileSync(pidFile(data), 'utf8').split('\n')
  } catch {
    return null
  }
  const [pid = 0, port = 0] = [lines[0], lines[3]].map(Number)
  if (!pid || !isServer(pid, data)) return null
  const state = lines[7]?.trim()
  return { pid, port, state: state === 'ready' || state === 'stopping' ? state : 'starting' }
}

/** A process id is used again after a crash, and a killed process may stay as a zombie: the id alone proves nothing. */
function isServer(pid: number, data: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return process.platform !== 'linux' || commandOf(String(pid)).split('\0').includes(data)
}

/**
 * Removes a dead server's `postmaster.pid` whose number now belongs to another process (PostgreSQL would take that
 * for a running server), but only when no process of the dead server is left: the file also guards its memory.
 */
function clearStalePidFile(data: string): void {
  if (process.platform !== 'linux') return
  const pid = Number(readFileSync(pidFile(data), 'utf8').split('\n')[0])
  const leftover = readdirSync('/proc').some((name) => /^\d+$/.test(name) && mayWorkIn(name, data))
  if (pid && !isServer(pid, data) && !leftover) rmSync(pidFile(data), { force: true })
}

function mayWorkIn(pid: string, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return false
    // Root in a container may be forbidden to look: then any PostgreSQL of the folder's owner counts.
    return commandOf(pid).startsWith('postgres:') && ownerOf(`/proc/${pid}`) === ownerOf(folder)
  }
}

const ownerOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.uid

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/**
 * Starts the server on that folder, detached, and resolves when it is ready to be asked, or with `null` when it ended
 * at once (another start was faster, or what a killed one left is not gone yet).
 */
export async function spawnServer(
  place: Place,
  binaries: Binaries,
  settings: Record<string, string>,
): Promise<Running | null> {
  const { data, log } = place
  try {
    clearStalePidFile(data)
  } catch {
    // No pid file, the usual case.
  }
  const all = { port: String(await freePort()), ...SETTINGS, ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const tooBig = (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > BIGGEST_LOG
  const output = openSync(log, tooBig ? 'w' : 'a', 0o600)
  const child = spawn(binaries.postgres, ['-D', data, ...flags], {
    ...place.user,
    detached: true,
    cwd: '/',
    env: serverEnv(),
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let ended = false
  child.once('exit', () => (ended = true))
  child.once('error', () => (ended = true))
  child.unref()
  while (!ended) {
    const running = runningServer(data)
    if (running?.pid === child.pid && running?.port) return running
    await pause(10)
  }
  return null
}

/** Nothing of this process's environment: its secrets are not the server's business, and `PG*` would change it. */
export const serverEnv = () =>
  ({ PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }) as unknown as NodeJS.ProcessEnv

/** The end of the server's log, for an error message. */
export function logTail(place: Place): string {
  try {
    return readFileSync(place.log, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
  } catch {
    return ''
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
