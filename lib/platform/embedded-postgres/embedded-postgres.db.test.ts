import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '.'
import { runningServer } from './process'

const isRoot = process.getuid?.() === 0
let parent = ''
let folder = ''
const children: ChildProcess[] = []

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'huixin-postgres-'))
  chmodSync(parent, 0o711)
  folder = path.join(parent, 'data', 'postgres')
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  if (existsSync(folder)) {
    const data = path.join(existsSync(folder) ? realFolder() : folder, 'data')
    await stopHard(data)
    rmSync(realFolder(), { recursive: true, force: true })
  }
  rmSync(parent, { recursive: true, force: true })
})

const realFolder = () => (statSync(folder).isDirectory() && isLink() ? readlinkSync(folder) : folder)
const isLink = () => {
  try {
    return Boolean(readlinkSync(folder))
  } catch {
    return false
  }
}

const start = (options = {}) => startEmbeddedPostgres(folder, { throwAway: true, ...options })

async function stopHard(data: string): Promise<void> {
  const running = runningServer(data)
  if (!running) return
  process.kill(running.pid, 'SIGKILL')
  while (runningServer(data)) await pause(10)
}

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url })
  client.on('error', () => {})
  await client.connect()
  return (await client.query(sql).finally(() => client.end())).rows
}

const stopped = async () => {
  while (runningServer(path.join(realFolder(), 'data'))) await pause(10)
}

test('makes a database, is joined by the next, and is stopped by the last to leave', async () => {
  const first = await start()
  await query(first, 'create table t (n int); insert into t values (1)')
  const second = await start()
  expect([first.joined, second.joined]).toEqual([false, true])
  expect(second.url).toBe(first.url)

  const client = new pg.Client({ connectionString: second.url })
  await client.connect()
  expect(await first.leave()).toBe(false)
  expect((await client.query('select n from t')).rows).toEqual([{ n: 1 }])
  await client.end()
  expect(await second.leave()).toBe(true)
  await stopped()

  const third = await start()
  expect(third.joined).toBe(false)
  expect(await query(third, 'select n from t')).toEqual([{ n: 1 }])
})

test('of two that leave at once one stops it', async () => {
  const [first, second] = [await start(), await start()]
  const left = await Promise.all([first.leave(), second.leave()])
  expect(left.filter(Boolean).length).toBeGreaterThan(0)
  await stopped()
})

test('starting again while it still stops waits for that', async () => {
  const first = await start()
  await query(first, 'create table t as select generate_series(1, 200000) as n')
  expect(await first.leave()).toBe(true)
  const second = await start()
  expect(await query(second, 'select count(*)::int as n from t')).toEqual([{ n: 200_000 }])
})

test('three processes that start at once on nothing share one server', async () => {
  const servers = await Promise.all([start(), start(), start()])
  expect(new Set(servers.map(({ url }) => url)).size).toBe(1)
  expect(servers.filter(({ joined }) => !joined)).toHaveLength(1)
})

test('a killed server is recovered with all that was committed', async () => {
  const first = await start({ throwAway: false })
  await query(first, 'create table t (n int); insert into t values (7)')
  process.kill(runningServer(path.join(folder, 'data'))!.pid, 'SIGKILL')
  const second = await start({ throwAway: false })
  expect(second.joined).toBe(false)
  expect(await query(second, 'select n from t')).toEqual([{ n: 7 }])
})

test.runIf(process.platform === 'linux')(
  "a dead server's process id that now belongs to another process does not stop the start",
  async () => {
    const first = await start()
    const { pid } = runningServer(path.join(folder, 'data'))!
    await stopHard(path.join(folder, 'data'))
    const file = path.join(folder, 'data', 'postmaster.pid')
    const owner = statSync(path.join(folder, 'data'))
    const other = spawn('sleep', ['60'], isRoot ? { uid: owner.uid, gid: owner.gid, cwd: '/' } : {})
    children.push(other)
    writeFileSync(file, readFileSync(file, 'utf8').replace(String(pid), String(other.pid)))
    expect(runningServer(path.join(folder, 'data'))).toBeNull()
    const second = await start()
    expect(second.joined).toBe(false)
    expect(second.url).not.toBe(first.url)
  },
)

test('listens on loopback only, with a password that only the owner may read', async () => {
  const server = await start()
  expect(statSync(path.join(folder, 'password')).mode & 0o777).toBe(0o600)
  expect(await query(server, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  const wrong = new URL(server.url)
  wrong.password = 'wrong'
  await expect(query({ ...server, url: wrong.href }, 'select 1')).rejects.toThrow(
    'password authentication failed',
  )
})

test('a server that cannot start says why', async () => {
  await expect(start({ settings: { shared_buffers: 'much' } })).rejects.toThrow(/shared_buffers/)
})

test('data of another version of PostgreSQL is refused', async () => {
  const server = await start()
  await server.kill()
  writeFileSync(path.join(folder, 'data', 'PG_VERSION'), '12\n')
  await expect(start()).rejects.toThrow('was made by PostgreSQL 12')
})

test.runIf(isRoot)(
  'as root: a folder that the user of the database cannot enter becomes a link to one it can',
  async () => {
    chmodSync(parent, 0o700)
    const notes: string[] = []
    const first = await start({ note: (text: string) => notes.push(text) })
    expect(notes).toEqual([expect.stringContaining(readlinkSync(folder))])
    expect(readlinkSync(folder)).toMatch(/^\/var\/lib\/huixin\/[0-9a-f]{16}$/)
    await query(first, 'create table t (n int); insert into t values (3)')
    await first.leave()
    await stopped()
    expect(await query(await start(), 'select n from t')).toEqual([{ n: 3 }])
  },
)

test.runIf(isRoot)('as root: a data folder closed to others is opened just enough to pass', async () => {
  const dataDir = path.dirname(folder)
  mkdirSync(dataDir, { mode: 0o700 })
  await start()
  expect(statSync(dataDir).mode & 0o777).toBe(0o711)
  expect(isLink()).toBe(false)
  expect(statSync(path.join(folder, 'data')).uid).not.toBe(0)
})
