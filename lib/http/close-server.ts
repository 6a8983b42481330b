import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Requests in hand get this long once the end has begun. */
const PATIENCE_MS = 4_000

/**
 * Watches the server's connections and gives the function that ends them: no new ones; those without a request at
 * once (also those that never sent any, which Node's own `closeIdleConnections` leaves open); live streams by their
 * proper end, after which browsers come back by themselves; the others after their answer, and all after a while.
 */
export function closerOf(server: Server): () => Promise<void> {
  const answersOf = new Map<Socket, Set<ServerResponse>>()
  const liveStreams = new WeakSet<ServerResponse>()
  let closing = false
  server.on('connection', (socket) => {
    answersOf.set(socket, new Set())
    socket.once('close', () => answersOf.delete(socket))
  })
  // Before the handler, which may answer at once.
  server.prependListener('request', ({ socket }, answer) => {
    const answers = answersOf.get(socket)
    answers?.add(answer)
    onHeaders(answer, (type) => {
      if (type.startsWith('text/event-stream')) liveStreams.add(answer)
    })
    answer.once('close', () => {
      answers?.delete(answer)
      if (closing && answers?.size === 0) socket.end()
    })
  })
  return () =>
    new Promise((resolve) => {
      closing = true
      const limit = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
      server.close(() => {
        clearTimeout(limit)
        resolve()
      })
      for (const [socket, answers] of answersOf) {
        if (answers.size === 0) socket.destroy()
        for (const answer of answers) if (liveStreams.has(answer)) answer.end()
      }
    })
}

/** Headers that are handed to `writeHead` cannot be asked for afterwards. */
function onHeaders(answer: ServerResponse, tell: (contentType: string) => void): void {
  const writeHead = answer.writeHead
  answer.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    const given = args.at(-1) as Record<string, unknown> | undefined
    tell(String(given?.['content-type'] ?? answer.getHeader('content-type') ?? ''))
    return Reflect.apply(writeHead, this, args) as ServerResponse
  } as typeof writeHead
}
