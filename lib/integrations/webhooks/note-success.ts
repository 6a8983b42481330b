import { defer } from '@/lib/platform/shutdown'
import { shared } from '@/lib/platform/state'
import { recordSuccess } from '../connections/circuit-store'

const EVERY_MS = 10_000
const noted = () => shared<Map<string, number>>('integrations.successes', () => new Map())

/** Lets administrators see that pushes come in; after the answer, and not for each of them. */
export function noteSuccess(connectionId: string): void {
  const last = noted().get(connectionId) ?? 0
  if (Date.now() - last < EVERY_MS) return
  noted().set(connectionId, Date.now())
  defer('last success', () => recordSuccess(connectionId))
}
