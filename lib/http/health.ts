import { readiness } from '@/lib/platform/health'

const NO_STORE = { 'cache-control': 'no-store' }

/** `/api/livez`: the process lives, whatever it can do. */
export function answerLive(): Response {
  return Response.json({ status: 'ok' }, { headers: NO_STORE })
}

/** `/api/readyz`: 200 when it can do its work, else 503 with what it waits for. Says nothing that is a secret. */
export async function answerReady(): Promise<Response> {
  const { ready, waitingFor } = await readiness()
  return ready
    ? Response.json({ status: 'ok' }, { headers: NO_STORE })
    : Response.json(
        { status: 'unavailable', waitingFor },
        { status: 503, headers: { ...NO_STORE, 'retry-after': '1' } },
      )
}
