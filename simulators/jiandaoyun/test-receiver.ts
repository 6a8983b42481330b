import { listenOnLoopback, readBody, TEXT_TYPE, writeAnswer } from '../loopback-server'

/** A push as it arrived, byte for byte. */
export interface Received {
  method: string
  url: URL
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** A webhook that remembers; answers the statuses given in turn, the last one for ever. */
export async function startReceiver(...statuses: number[]) {
  const received: Received[] = []
  const server = await listenOnLoopback(async (request, response) => {
    const body = await readBody(request, 4 * 1024 * 1024)
    const url = new URL(request.url ?? '/', 'http://receiver.local')
    received.push({ method: request.method ?? '', url, headers: request.headers, body })
    const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200
    writeAnswer(response, { status, type: TEXT_TYPE, body: status === 200 ? 'success' : 'fail' })
  })
  return { url: `${server.origin}/api/webhooks/c1`, received, close: server.close }
}
