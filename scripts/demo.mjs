// `npm run demo`: a server on data that is thrown away, beside simulated vendor systems that keep sending.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bundle, build, isBuilt, lockFile } from './build.mjs'
import { checkNode, installDependencies } from './install.mjs'
import { withLock } from './lock.mjs'
import { endChildrenOnSignal, root, stopWithNpm } from './run.mjs'

const ADMIN = { username: 'admin', password: 'huixin-demo' }

checkNode()
stopWithNpm()
const leaveSignals = endChildrenOnSignal()
try {
  await withLock(lockFile, async () => {
    await installDependencies()
    if (!isBuilt()) await build()
    await bundle(['simulators/demo.ts'])
  })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
leaveSignals()

const dataDir = mkdtempSync(path.join(tmpdir(), 'huixin-demo-'))
// The user of the database must be able to enter it, whoever we are.
chmodSync(dataDir, 0o711)
const server = spawn(process.execPath, [path.join(root, 'dist/server.mjs')], {
  cwd: root,
  env: {
    ...process.env,
    PORT: process.env.PORT || String((await freePort(3000)) || (await freePort(0))),
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    BASE_URL: '',
    APP_SECRET: '',
    ROLE: 'all',
    ADMIN_USERNAME: ADMIN.username,
    ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})

let demo = null
let ending = false
async function end(code) {
  if (ending) return
  ending = true
  await demo?.stop().catch(() => {})
  if (server.exitCode === null && server.signalCode === null) {
    server.kill('SIGTERM')
    await new Promise((resolve) => server.once('exit', resolve))
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  process.exit(code)
}
process.on('SIGINT', () => void end(0)).on('SIGTERM', () => void end(0))
server.once('exit', (code) => void end(code ?? 1))

console.log('启动 Starting …')
const baseUrl = await addressOf(server)
try {
  const { runDemo } = await import('../dist/demo.mjs')
  demo = await runDemo({
    baseUrl,
    adminUsername: ADMIN.username,
    adminPassword: ADMIN.password,
    log: (line) => console.log(`  ${line}`),
  })
  console.log('登录 Sign in with')
  for (const { username, password } of [ADMIN, ...demo.employees])
    console.log(`  ${username.padEnd(12)} ${password}`)
  console.log('结束演示并删除数据：Ctrl-C    End the demo and remove its data: Ctrl-C')
  console.log(`汇信 Huixin  ${baseUrl}`)
} catch (error) {
  console.error(error)
  await end(1)
}

/** The address that the server prints once it is up; what it says besides is passed on. */
function addressOf({ stdout }) {
  return new Promise((resolve) => {
    stdout.setEncoding('utf8').on('data', (text) => {
      for (const line of text.split('\n').filter(Boolean)) {
        const [, address] = /^汇信 Huixin {2}(\S+)$/.exec(line) ?? []
        if (address) resolve(address)
        else console.log(line)
      }
    })
  })
}

/** The wished port if it is free (0: any that is), else 0. */
function freePort(wish) {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(0))
    probe.listen(wish, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
