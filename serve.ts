import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { closerOf } from '@/lib/http/close-server'
import { createListener } from '@/lib/http/listener'
import { routes } from '@/lib/http/routes.generated'
import { environment, type Environment } from '@/lib/platform/env'
import { awaitPart, readiness } from '@/lib/platform/health'
import { hostByServer } from '@/lib/platform/host'
import { log } from '@/lib/platform/log'
import { projectRoot } from '@/lib/platform/project-root'
import { isShuttingDown, onShutdown, shutdown } from '@/lib/platform/shutdown'
import { startUp, type SetUp } from './start-up'

/** Hosts the whole installation in this process: HTTP, pages, background work; resolves when all of it is up. */
export async function serve(): Promise<void> {
  hostByServer()
  // Before anything is started, so that an early signal leaves nothing running.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(0))
  process.on('uncaughtException', (error) => {
    log().fatal({ err: error }, 'an error that nobody caught')
    void end(1)
  })
  process.on('unhandledRejection', (error) => log().error({ err: error }, 'a rejection that nobody handled'))
  try {
    await start()
  } catch (error) {
    if (!isShuttingDown()) fail(error)
  }
}

async function start(): Promise<void> {
  const env = environment()
  let isUp = false
  const pages = env.role === 'worker' ? null : openPages(env)
  const server = createServer(
    // Room for a long cookie and a link's parameters; a slow sender may not hold a connection for ever.
    { maxHeaderSize: 16 * 1024, headersTimeout: 20_000, requestTimeout: 120_000, keepAliveTimeout: 65_000 },
    createListener({
      routes,
      always: ['/api/livez', '/api/readyz'],
      isUp: () => isUp,
      pages: pages && pages.whenOpen,
      trustedProxies: env.trustedProxies,
      hostname: env.host,
      https: env.baseUrl?.startsWith('https:') ?? false,
    }),
  )
  const close = closerOf(server)
  const port = await listen(server, env)
  onShutdown('traffic', 'http', close)
  const started = startUp().then((result) => {
    isUp = true
    return result
  })
  // Side by side: the one mostly waits for the database, the other mostly computes.
  const [setUp] = await Promise.all([started, pages?.open(port)])
  announce(env, port, setUp, (await readiness()).ready)
}

/** Next, which is slower to come up than the API: pages that are asked for earlier wait. */
function openPages(env: Environment) {
  const up = awaitPart('pages')
  let answer: (page: RequestListener) => void = () => {}
  const opened = new Promise<RequestListener>((resolve) => (answer = resolve))
  return {
    whenOpen: () => opened,
    open: async (port: number) => {
      const { default: next } = await import('next')
      const app = next({ dev: false, dir: projectRoot(), hostname: env.host, port })
      await app.prepare()
      const page = app.getRequestHandler()
      answer((incoming, outgoing) => void page(incoming, outgoing))
      up()
    },
  }
}

function listen(server: Server, { host, port }: Environment): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE'
      reject(
        inUse
          ? new Error(`PORT: ${port} is in use on ${host}. Give another one: PORT=3001 npm start`)
          : error,
      )
    })
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function announce({ host, baseUrl, role }: Environment, port: number, setUp: SetUp, ready: boolean): void {
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  const address = baseUrl ?? `http://${name}:${port}`
  if (!ready) log().warn('started, but the database does not answer')
  if (setUp) {
    print(`首次使用：请打开下面的地址创建管理员账号。 First start: create the administrator here.`)
    print(`  ${address}${setUp.setupUrlPath}`)
    print(`  设置码 Set-up code: ${setUp.code}`)
  }
  print(role === 'worker' ? `汇信 Huixin  worker  ${address}/api/readyz` : `汇信 Huixin  ${address}`)
}

const print = (line: string) => process.stdout.write(`${line}\n`)

/** Ends the process in good order, within ten seconds whatever happens. */
async function end(code: number): Promise<void> {
  const started = Date.now()
  setTimeout(() => process.exit(code || 1), 9_500).unref()
  await shutdown()
  log().info({ ms: Date.now() - started }, 'stopped')
  process.exit(code)
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`汇信 Huixin 无法启动 cannot start:\n${message}\n`)
  // Our own errors say what to do; others are bugs or surprises, to be found by where they come from.
  if (!(error instanceof Error) || error.constructor !== Error)
    log().error({ err: error }, 'the start failed')
  void end(1)
}
