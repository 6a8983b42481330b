import { watchSession } from '@/lib/auth/session'
import * as contract from '@/lib/contracts/messages'
import { route } from '@/lib/http/route'
import { eventStream } from '@/lib/inbox/live/stream'

const NUMBER = /^\d{1,19}$/

export const GET = route(contract.streamEvents, async ({ user, request, query }) => {
  const header = request.headers.get('last-event-id') ?? ''
  const lastSeen = NUMBER.test(header) ? header : (query.since ?? null)
  const body = eventStream(user.id, lastSeen, (close) => watchSession(user, close))
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // A proxy that collects or packs the stream would hold messages back.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
})
