import { listenOnLoopback } from '../loopback-server'
import { createRandom } from '../random'
import { serveControl } from './control'
import { createCounters } from './counters'
import { createFaults } from './faults/faults'
import { simulatorMethods } from './methods'
import { changeOptions, DEFAULT_OPTIONS, type SeeyonOptions } from './options'
import { serve, type Service } from './serve'
import type { SeeyonSimulator, SeeyonStart, ScanHookInput } from './simulator'
import { createTickets } from './world/tickets'
import { createTokens } from './world/tokens'
import { addMember, createWorld } from './world/world'

/** Starts a Seeyon on loopback. It keeps nothing and ends with `close()`. */
export async function startSeeyon(start: SeeyonStart = {}): Promise<SeeyonSimulator> {
  const { port, host, seed = 1, now = Date.now, members = [], ...change } = start
  const options: SeeyonOptions = { ...DEFAULT_OPTIONS }
  changeOptions(options, change)
  const random = createRandom(seed)
  const clock = createClock(now)
  const hooks = createScanHooks()
  const stop = new AbortController()
  let origin = ''

  const service: Service = {
    world: createWorld(random, clock.now),
    options,
    tokens: createTokens(options, random, clock.now),
    tickets: createTickets(options, random, clock.now),
    isreadCalls: [],
    sendCalls: [],
    counters: createCounters(),
    faults: createFaults(),
    closing: stop.signal,
    webUrl: () => (options.webUrl ?? origin).replace(/\/(seeyon\/?)?$/, ''),
    pageServed: hooks.strike,
  }
  for (const member of members) addMember(service.world, member)

  const server = await listenOnLoopback(
    (request, response) =>
      request.url?.startsWith('/__control') === true
        ? serveControl(simulator, request, response)
        : serve(service, request, response),
    { host, port },
  )
  origin = server.origin
  const simulator: SeeyonSimulator = {
    origin,
    baseUrl: `${origin}/seeyon`,
    port: server.port,
    restUser: options.restUser,
    restPassword: options.restPassword,
    ...simulatorMethods(service),
    afterPage: hooks.add,
    advance: clock.advance,
    async close() {
      stop.abort()
      await server.close()
    },
  }
  return simulator
}

/** A clock that can be moved forward. */
function createClock(base: () => number) {
  let offset = 0
  return {
    now: () => base() + offset,
    advance: (ms: number) => void (offset += ms),
  }
}

/** What waits for a page of a scan; each strikes once. */
function createScanHooks() {
  const hooks: { where: ScanHookInput; action: () => void }[] = []
  return {
    add: (where: ScanHookInput, action: () => void) => void hooks.push({ where, action }),
    strike(endpoint: 'unread' | 'all', loginName: string, page: number): void {
      const index = hooks.findIndex(
        ({ where }) =>
          where.page === page &&
          (where.endpoint ?? 'unread') === endpoint &&
          (where.loginName ?? loginName) === loginName,
      )
      if (index >= 0) hooks.splice(index, 1)[0]?.action()
    },
  }
}
