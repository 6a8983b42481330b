import { connect } from 'node:net'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { startOwnDatabase, type OwnDatabase } from './own-database'
import { databasePid, killDatabase, launchServer, newDataDir, removeDataDir, startServer } from './server'

/** Starting and stopping the built server as a user, a supervisor or a crash does. */

const folders: string[] = []
const folder = () => {
  folders.push(newDataDir())
  return folders.at(-1)!
}
test.afterEach(async () => {
  for (const dataDir of folders.splice(0)) await removeDataDir(dataDir)
})

const statusOf = async (url: string) => (await fetch(url)).status
const ready = (baseUrl: string) => statusOf(`${baseUrl}/api/readyz`)

test('a first start on nothing, then SIGTERM: exit 0 in good time, and the database is stopped', async () => {
  const server = await startServer({ dataDir: folder() })
  expect(await ready(server.baseUrl)).toBe(200)
  expect(await statusOf(`${server.baseUrl}/api/livez`)).toBe(200)
  expect(databasePid(server.dataDir)).not.toBeNull()
  // The address is the last line, for people and scripts that wait for it.
  expect(server.log().trim().split('\n').at(-1)).toBe(`汇信 Huixin  ${server.baseUrl}`)
  const { port } = new URL(server.baseUrl)
  const idle = connect(Number(port), '127.0.0.1').on('error', () => {})
  const { code, ms } = await server.stop()
  idle.destroy()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(9_000)
  expect(databasePid(server.dataDir)).toBeNull()
})

test('kill -9 of the process: the next start joins the database that still runs', async () => {
  const first = await startServer({ dataDir: folder() })
  const pid = databasePid(first.dataDir)
  await first.kill9()
  expect(databasePid(first.dataDir)).toBe(pid)
  const second = await startServer({ dataDir: first.dataDir })
  expect(second.log()).toContain('"joined":true')
  expect(databasePid(first.dataDir)).toBe(pid)
  expect((await second.stop()).code).toBe(0)
  expect(databasePid(first.dataDir)).toBeNull()
})

test('kill -9 of the process and of the database: the next start recovers both', async () => {
  const first = await startServer({ dataDir: folder() })
  await first.kill9()
  await killDatabase(first.dataDir)
  const second = await startServer({ dataDir: first.dataDir })
  expect(await ready(second.baseUrl)).toBe(200)
  expect(second.log()).not.toContain('migrations applied')
  await second.stop()
})

test('kill -9 of the database alone: it is started again while the process goes on', async () => {
  const server = await startServer({ dataDir: folder() })
  await killDatabase(server.dataDir)
  await expect.poll(() => databasePid(server.dataDir)).not.toBeNull()
  await expect.poll(() => ready(server.baseUrl)).toBe(200)
  expect((await server.stop()).code).toBe(0)
  expect(databasePid(server.dataDir)).toBeNull()
})

test('two processes on one data folder: the database goes with the last', async () => {
  const first = await startServer({ dataDir: folder() })
  const second = await startServer({ dataDir: first.dataDir })
  await first.stop()
  expect(await ready(second.baseUrl)).toBe(200)
  await second.stop()
  expect(databasePid(first.dataDir)).toBeNull()
})

test('SIGTERM while it starts leaves nothing running', async () => {
  const dataDir = folder()
  const { server, exited } = launchServer({ dataDir })
  await expect.poll(() => databasePid(dataDir), { intervals: [5], timeout: 30_000 }).not.toBeNull()
  await server.stop()
  expect(await exited).toBe(0)
  expect(databasePid(dataDir)).toBeNull()
})

test.describe('with a database server of the company', () => {
  let database: OwnDatabase
  test.beforeEach(async () => {
    database = await startOwnDatabase()
  })
  test.afterEach(() => database.remove())

  test('while it is away the process lives, is not ready, and comes back by itself', async () => {
    const server = await startServer({ dataDir: folder(), env: database.env })
    expect(existsSync(path.join(server.dataDir, 'postgres'))).toBe(false)
    await database.stop()
    await expect.poll(() => ready(server.baseUrl)).toBe(503)
    expect(await statusOf(`${server.baseUrl}/api/livez`)).toBe(200)
    await database.start()
    await expect.poll(() => ready(server.baseUrl)).toBe(200)
    expect((await server.stop()).code).toBe(0)
  })

  test('a process that is started before it waits for it', async () => {
    await database.stop()
    const port = '3961'
    const { address, server } = launchServer({ dataDir: folder(), env: { ...database.env, PORT: port } })
    await expect.poll(() => ready(`http://127.0.0.1:${port}`).catch(() => 0), { timeout: 20_000 }).toBe(503)
    await database.start()
    expect(await address).toBe(`http://127.0.0.1:${port}`)
    expect((await server.stop()).code).toBe(0)
  })

  test('another secret than that of the first start is refused, with the variable named', async () => {
    const first = await startServer({ dataDir: folder(), env: database.env })
    await first.stop()
    const { exited, log } = launchServer({
      dataDir: folder(),
      env: { ...database.env, APP_SECRET: 'quite-another-secret-than-before' },
    })
    expect(await exited).toBe(1)
    expect(log()).toContain('APP_SECRET')
    expect(log()).not.toContain('quite-another-secret')
  })

  test('web and worker share it: pages and API from one, health alone from the other', async () => {
    const web = await startServer({ dataDir: folder(), env: { ...database.env, ROLE: 'web' } })
    const worker = await startServer({ dataDir: folder(), env: { ...database.env, ROLE: 'worker' } })
    expect([await ready(web.baseUrl), await ready(worker.baseUrl)]).toEqual([200, 200])
    expect(await statusOf(`${web.baseUrl}/login`)).toBe(200)
    expect(await statusOf(`${worker.baseUrl}/login`)).toBe(404)
    expect((await worker.stop()).code).toBe(0)
    expect((await web.stop()).code).toBe(0)
  })
})

test('a bad variable stops the start and is named', async () => {
  const { exited, log } = launchServer({ dataDir: folder(), env: { PORT: 'http', TIME_ZONE: 'Mars/Base' } })
  expect(await exited).toBe(1)
  expect(log()).toMatch(/^PORT: /m)
  expect(log()).toMatch(/^TIME_ZONE: /m)
})

test('a port that is taken stops the start and says so', async () => {
  const server = await startServer({ dataDir: folder() })
  const { exited, log } = launchServer({ dataDir: folder(), env: { PORT: new URL(server.baseUrl).port } })
  expect(await exited).toBe(1)
  expect(log()).toMatch(/^PORT: .*in use/m)
  await server.stop()
})
