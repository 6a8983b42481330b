import { databaseAnswers } from './notify'
import { isShuttingDown } from './shutdown'
import { shared } from './state'

/** Whether this process can do its work right now: asked by load balancers and by whoever waits for the start. */
const parts = () => shared('platform.health', () => new Map<string, boolean>())

/**
 * Announces a part that must be up before the process counts as ready.
 * @returns to be called when it is up
 */
export function awaitPart(name: string): () => void {
  parts().set(name, false)
  return () => void parts().set(name, true)
}

export type Readiness = {
  ready: boolean
  /** What is missing: `starting: pages`, `database`, `stopping`; empty when ready. */
  waitingFor: string[]
}

/** Ready: everything announced is up, the database answers within a second, and the end has not begun. */
export async function readiness(): Promise<Readiness> {
  const waitingFor = [...parts()].filter(([, up]) => !up).map(([name]) => name)
  if (parts().size === 0) waitingFor.push('start')
  if (isShuttingDown()) waitingFor.push('stopping')
  else if (waitingFor.length === 0 && !(await databaseAnswers())) waitingFor.push('database')
  return { ready: waitingFor.length === 0, waitingFor }
}
