import { shared } from '@/lib/platform/state'
import { ConnectorError } from './contract'

type Line = { running: number; waiting: (() => void)[] }
const lines = () => shared('connectors.turns', () => new Map<string, Line>())

/**
 * Makes a call of a vendor system as soon as fewer than `width` others of this connection are under way in this
 * process; the rest waits in order. Polls are kept to the limit over all processes by their leases; this is for
 * whatever comes on top: reads to tell, links, sign-in names, tokens. A call must not wait for another inside.
 * @throws ConnectorError `unavailable` if `signal` ends the waiting
 */
export async function inTurn<T>(
  connectionId: string,
  width: number,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const all = lines()
  let line = all.get(connectionId)
  if (!line) all.set(connectionId, (line = { running: 0, waiting: [] }))
  if (line.running < width) line.running++
  else await turn(line, signal)
  try {
    return await work()
  } finally {
    // Whoever leaves hands the place on.
    const next = line.waiting.shift()
    if (next) next()
    else if (--line.running === 0) all.delete(connectionId)
  }
}

function turn({ waiting }: Line, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const enter = () => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }
    const leave = () => {
      const place = waiting.indexOf(enter)
      if (place >= 0) waiting.splice(place, 1)
      reject(cancelled())
    }
    if (signal?.aborted) return reject(cancelled())
    waiting.push(enter)
    signal?.addEventListener('abort', leave, { once: true })
  })
}

function cancelled(): ConnectorError {
  const detail = { 'zh-CN': '请求在轮到之前被取消', en: 'The request was cancelled before its turn.' }
  return new ConnectorError('unavailable', detail, { unsent: true })
}
