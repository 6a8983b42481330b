import { pool } from './db'
import { log } from './log'
import { listen, onListening } from './notify'
import { onShutdown } from './shutdown'
import { shared } from './state'

/**
 * How many processes of this installation run on the same database: each has one connection that listens, so they are
 * counted there. Who comes says so; that one has gone shows within seconds.
 */
const CHANNEL = 'huixin_processes'
const EVERY_MS = 5_000

const state = () => shared('platform.processes', () => ({ count: 1 }))

/** At least 1: this one. As it was at most some seconds ago. */
export function processCount(): number {
  return state().count
}

/** Counts from now on, and tells the others that there is one more; after `startListening`. */
export async function startCounting(): Promise<void> {
  const again = () =>
    void countProcesses().catch((error: unknown) => log().debug({ err: error }, 'processes were not counted'))
  listen(CHANNEL, again)
  onListening(again)
  const timer = setInterval(again, EVERY_MS).unref()
  onShutdown('work', 'counting processes', () => clearInterval(timer))
  await countProcesses()
  await pool().query('select pg_notify($1, $2)', [CHANNEL, ''])
}

/** Counts once. */
export async function countProcesses(): Promise<void> {
  const { rows } = await pool().query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and application_name = 'huixin listen'`,
  )
  state().count = Math.max(1, rows[0]?.count ?? 1)
}
