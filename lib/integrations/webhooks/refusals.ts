import { log } from '@/lib/platform/log'
import { defer } from '@/lib/platform/shutdown'
import { shared } from '@/lib/platform/state'
import { insertRefusals, NO_CONNECTION, type Refusal } from './webhook-store'

/**
 * Refused pushes, for administrators. Written a moment later and together: a flood of forged calls must not become a
 * flood of writes. Only samples beyond `MOST_WAITING` are lost, never a count.
 */
const SAMPLE_BYTES = 1024
const MOST_WAITING = 200
const WRITE_AFTER_MS = 300

type Waiting = { refusals: Refusal[]; counts: Map<string, number>; timer: NodeJS.Timeout | null }
const waiting = () =>
  shared<Waiting>('integrations.refusals', () => ({ refusals: [], counts: new Map(), timer: null }))

/** Notes a refused push. `connectionId` null: no such connection. */
export function noteRefusal(
  connectionId: string | null,
  reason: string,
  address: string,
  body: Uint8Array,
): void {
  const state = waiting()
  const id = connectionId ?? NO_CONNECTION
  const key = `${id} ${reason}`
  state.counts.set(key, (state.counts.get(key) ?? 0) + 1)
  if (state.refusals.length < MOST_WAITING) {
    const sample = body.slice(0, SAMPLE_BYTES)
    state.refusals.push({ connectionId: id, reason, address, at: new Date(), sample })
  }
  state.timer ??= setTimeout(() => defer('refusals', flushRefusals), WRITE_AFTER_MS)
}

/** Writes what waits. */
export async function flushRefusals(): Promise<void> {
  const state = waiting()
  const { refusals, counts } = state
  Object.assign(state, { refusals: [], counts: new Map(), timer: null })
  if (counts.size === 0) return
  try {
    await insertRefusals(refusals, counts)
  } catch (error) {
    log().warn({ err: error }, 'refused pushes could not be noted')
  }
}
