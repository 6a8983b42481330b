import { ENDPOINTS, type Endpoint } from './endpoints'

/** One request as it went; status 0 means that no answer was sent. */
export interface RequestRecord {
  /** Simulator time, epoch milliseconds. */
  at: number
  endpoint: Endpoint
  method: string
  /** Path and query; the password of `GET /token/…` is masked. */
  path: string
  /** Member id from a `message/unread|all` path, else null. */
  memberId: string | null
  status: number
  /** Real milliseconds from arrival to answer. */
  ms: number
}

export interface EndpointCount {
  total: number
  byStatus: Record<string, number>
}

export interface RequestCounts {
  endpoints: Record<Endpoint, EndpointCount>
  total: number
  inFlight: number
  /** The most requests that were open at one moment since the last reset. */
  maxConcurrent: number
}

/** Counts requests, remembers the last of them, and lets a test wait for one. */
export interface Counters {
  begin(request: Omit<RequestRecord, 'status' | 'ms'>): (status: number) => void
  counts(): RequestCounts
  log(): RequestRecord[]
  reset(): void
  /** Settles after `times` more finished requests of that endpoint, with the last one. */
  whenRequested(endpoint: Endpoint, times?: number): Promise<RequestRecord>
}

const LOG_LIMIT = 1_000

/** Counters that stand at zero. */
export function createCounters(): Counters {
  let endpoints = emptyCounts()
  let log: RequestRecord[] = []
  let inFlight = 0
  let maxConcurrent = 0
  let waiting: { endpoint: Endpoint; left: number; resolve: (record: RequestRecord) => void }[] = []

  function finish(record: RequestRecord): void {
    const count = endpoints[record.endpoint]
    count.byStatus[record.status] = (count.byStatus[record.status] ?? 0) + 1
    log.push(record)
    if (log.length > LOG_LIMIT) log = log.slice(-LOG_LIMIT / 2)
    for (const waiter of waiting) {
      if (waiter.endpoint === record.endpoint && --waiter.left === 0) waiter.resolve(record)
    }
    waiting = waiting.filter((waiter) => waiter.left > 0)
  }

  return {
    begin(request) {
      const started = performance.now()
      let open = true
      inFlight++
      maxConcurrent = Math.max(maxConcurrent, inFlight)
      endpoints[request.endpoint].total++
      return (status) => {
        if (!open) return
        open = false
        inFlight--
        finish({ ...request, status, ms: Math.round(performance.now() - started) })
      }
    },
    counts: () => ({
      endpoints: structuredClone(endpoints),
      total: ENDPOINTS.reduce((sum, endpoint) => sum + endpoints[endpoint].total, 0),
      inFlight,
      maxConcurrent,
    }),
    log: () => [...log],
    reset() {
      endpoints = emptyCounts()
      log = []
      maxConcurrent = inFlight
    },
    whenRequested: (endpoint, times = 1) =>
      new Promise((resolve) => waiting.push({ endpoint, left: times, resolve })),
  }
}

function emptyCounts(): Record<Endpoint, EndpointCount> {
  return Object.fromEntries(ENDPOINTS.map((endpoint) => [endpoint, { total: 0, byStatus: {} }])) as Record<
    Endpoint,
    EndpointCount
  >
}
