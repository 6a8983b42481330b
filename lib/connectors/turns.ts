import { processCount } from '@/lib/platform/processes'
import { shared } from '@/lib/platform/state'
import { ConnectorError } from './contract'

type Line = { width: number; running: number; waiting: (() => void)[] }
const lines = () => shared('connectors.turns', () => new Map<string, Line>())

/**
 * This process's part of what all may have in flight at once, so that they keep to it together; at least 1, so that
 * nothing stands still where there are more processes than that.
 */
export function shareOf(width: number): number {
  return Math.max(1, Math.floor(width / processCount()))
}

/**
 * Makes a call of a vendor system as soon as fewer than `width` others of this connection are under way in this
 * process; the rest waits in order. A call must not wait for another inside.
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
  if (!line) all.set(connectionId, (line = { width, running: 0, waiting: [] }))
  line.width = width
  if (line.running < width && line.waiting.length === 0) line.running++
  else await turn(line, signal)
  try {
    return await work()
  } finally {
    line.running--
    // Whoever leaves lets in as many as there is room for by now.
    while (line.running < line.width && line.waiting.length > 0) {
      line.running++
      line.waiting.shift()!()
    }
    if (line.running === 0) all.delete(connectionId)
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
