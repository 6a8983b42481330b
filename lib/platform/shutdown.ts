import { log } from './log'
import { shared } from './state'

/**
 * How the process ends: no new work, streams closed, work in hand finished, connections closed, database left. One
 * promise for everybody, and a limit, since whoever asked us to stop will not wait for ever.
 */

/** In this order; the steps of one phase run side by side. */
const PHASES = [
  /** Stop taking requests; close the live streams. */
  'traffic',
  /** Finish or give back what is being worked on. */
  'work',
  /** Close what talks to the database. */
  'connections',
  /** Leave the database. */
  'database',
] as const
export type Phase = (typeof PHASES)[number]

type Step = { name: string; run: () => unknown }
type Ending = {
  steps: Record<Phase, Set<Step>>
  deferred: Set<Promise<unknown>>
  promise: Promise<void> | null
}

/** Under the 10 s that the contract promises, with room for the exit itself. */
const LIMIT_MS = 8_500

const ending = () =>
  shared<Ending>('platform.shutdown', () => ({
    steps: { traffic: new Set(), work: new Set(), connections: new Set(), database: new Set() },
    deferred: new Set(),
    promise: null,
  }))

/**
 * Has `run` called when the process ends.
 * @returns takes the step back
 */
export function onShutdown(phase: Phase, name: string, run: () => unknown): () => void {
  const step = { name, run }
  const steps = ending().steps[phase]
  steps.add(step)
  return () => void steps.delete(step)
}

/**
 * Work that goes on after an answer was sent: the end of the process waits for it, and a failure is logged. Use it in
 * place of a promise that nobody awaits.
 */
export function defer(name: string, work: () => Promise<unknown>): void {
  const { deferred } = ending()
  const promise = Promise.resolve()
    .then(work)
    .catch((error: unknown) => log().error({ err: error, work: name }, 'deferred work failed'))
    .finally(() => deferred.delete(promise))
  deferred.add(promise)
}

/** True from the first call of `shutdown` on. */
export function isShuttingDown(): boolean {
  return ending().promise !== null
}

/** Ends everything, once, however often and by whomever it is called. Never rejects and never takes over 9 s. */
export function shutdown(): Promise<void> {
  const state = ending()
  state.promise ??= withLimit(runPhases(state))
  return state.promise
}

async function runPhases({ steps, deferred }: Ending): Promise<void> {
  for (const phase of PHASES) {
    await Promise.all([...steps[phase]].map(runStep))
    if (phase === 'work') while (deferred.size > 0) await Promise.all(deferred)
  }
}

async function runStep({ name, run }: Step): Promise<void> {
  try {
    await run()
  } catch (error) {
    log().error({ err: error, step: name }, 'a step of the shutdown failed')
  }
}

async function withLimit(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log().error('the shutdown took too long and is cut off')
      resolve()
    }, LIMIT_MS)
  })
  await Promise.race([work, limit])
  clearTimeout(timer)
}
