import type { ConnectionHealth } from '@/lib/contracts/activity'

/** What keeps a connection from being well. Counts that only grow (dead letters, refusals) are told, but are none. */
export type Trouble = 'failing' | 'unbalanced' | 'late' | 'refusedReads'

/** Seconds by which polls may be late before it is a trouble: a busy minute is none. */
const LATE = 300

/** What is wrong with a connection, the worst first; empty when all is well or it is still being set up. */
export function troublesOf(health: ConnectionHealth): Trouble[] {
  const found: [Trouble, boolean][] = [
    ['failing', health.state === 'failing'],
    ['unbalanced', health.balance.difference !== 0],
    ['late', health.state !== 'failing' && (health.lagSeconds ?? 0) > LATE],
    ['refusedReads', health.outbox.failed > 0],
  ]
  return found.flatMap(([trouble, there]) => (there ? [trouble] : []))
}
