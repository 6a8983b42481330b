import type { LiveEvent } from '@/lib/contracts/messages'
import type { StoredEvent } from './event-store'
import { subscribe } from './hub'

const HEARTBEAT_MS = 20_000
/** A page that reads this slowly is cut off; it resumes by its number. */
const MOST_BUFFERED = 256

/**
 * The user's live events as a `text/event-stream` body.
 * @param lastSeen the browser's `Last-Event-ID`, null without one
 * @param onOpen is given the function that ends the stream (session over, shutdown)
 */
export function eventStream(
  userId: string,
  lastSeen: string | null,
  onOpen: (close: () => void) => () => void,
): ReadableStream<Uint8Array> {
  let cleanUp = () => {}
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const encoder = new TextEncoder()
        let open = true
        const write = (text: string) => {
          if (!open) return
          if ((controller.desiredSize ?? 0) <= -MOST_BUFFERED) return close()
          controller.enqueue(encoder.encode(text))
        }
        const heartbeat = setInterval(() => write(': \n\n'), HEARTBEAT_MS)
        let unsubscribe = () => {}
        let forget = () => {}
        function close() {
          if (!open) return
          cleanUp()
          controller.close()
        }
        cleanUp = () => {
          open = false
          clearInterval(heartbeat)
          unsubscribe()
          forget()
        }
        forget = onOpen(close)
        // Many pages that lost one server must not all come back in the same second.
        write(`retry: ${1_000 + Math.floor(Math.random() * 2_000)}\n\n`)
        try {
          const end = await subscribe(userId, lastSeen, {
            event: (event) => write(frame(nameOf(event), dataOf(event), event.seq)),
            counts: (counts) => write(frame('counts', counts)),
            resync: (seq) => write(frame('resync', { watermark: seq }, seq)),
          })
          if (open) unsubscribe = end
          else end()
        } catch {
          // The database is away: the browser comes back by itself.
          close()
        }
      },
      cancel: () => cleanUp(),
    },
    new CountQueuingStrategy({ highWaterMark: 1 }),
  )
}

function frame(event: string, data: unknown, id?: string): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}

function nameOf(event: StoredEvent): string {
  return event.kind === 'changed' ? 'message.changed' : 'message.new'
}

function dataOf(event: StoredEvent): LiveEvent {
  const { ids, count, seq } = event
  return { ids, count, watermark: seq, ...(event.kind === 'delivered' && { summary: true }) }
}
