import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { shared } from './state'

/**
 * What this process counts about itself, for Prometheus. A connection is named by its id: names change, and
 * `huixin_connection_info` joins the two. Each process counts its own; sums over processes are the scraper's.
 */
type Metrics = {
  registry: Registry
  requests: Histogram<'operation' | 'status'>
  pushes: Counter<'connection' | 'verdict'>
  refusals: Counter<'connection' | 'reason'>
  polls: Counter<'connection' | 'result'>
  pollSeconds: Histogram<'connection'>
  writeBacks: Counter<'connection' | 'result'>
  forwards: Counter<'connection' | 'result'>
}

const REQUEST_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const POLL_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

const metrics = () => shared<Metrics>('platform.metrics', create)

function create(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Histogram({
      name: 'huixin_request_duration_seconds',
      help: 'From the request to its answer (of a stream: to its beginning), by operation and class of status',
      labelNames: ['operation', 'status'],
      buckets: REQUEST_BUCKETS,
      registers,
    }),
    pushes: new Counter({
      name: 'huixin_pushes_total',
      help: 'Pushes that proved themselves; failed: could not be committed, so the vendor sends them again',
      labelNames: ['connection', 'verdict'],
      registers,
    }),
    refusals: new Counter({
      name: 'huixin_pushes_refused_total',
      help: 'Pushes answered 401, by reason; without a connection where there is none of that id',
      labelNames: ['connection', 'reason'],
      registers,
    }),
    polls: new Counter({
      name: 'huixin_polls_total',
      help: 'Polls of one person each',
      labelNames: ['connection', 'result'],
      registers,
    }),
    pollSeconds: new Histogram({
      name: 'huixin_poll_duration_seconds',
      help: 'How long a poll took',
      labelNames: ['connection'],
      buckets: POLL_BUCKETS,
      registers,
    }),
    writeBacks: new Counter({
      name: 'huixin_write_backs_total',
      help: 'Reads told to a vendor: sent, refused, or unclear (no answer, told again later)',
      labelNames: ['connection', 'result'],
      registers,
    }),
    forwards: new Counter({
      name: 'huixin_forwards_total',
      help: 'Messages passed on to this connection: sent, refused, unclear (never repeated), not_sent (tried again)',
      labelNames: ['connection', 'result'],
      registers,
    }),
  }
}

/** Counts a request. `status` is the answer's; `milliseconds` until then. */
export function countRequest(operation: string, status: number, milliseconds: number): void {
  metrics().requests.observe({ operation, status: `${Math.floor(status / 100)}xx` }, milliseconds / 1000)
}

/** Counts a push that proved itself: what became of it. */
export function countPush(
  connection: string,
  verdict: 'accepted' | 'duplicate' | 'dead' | 'other' | 'setup' | 'failed',
): void {
  metrics().pushes.inc({ connection, verdict })
}

/** Counts a refused push; `connection` null: there is none of that id. */
export function countRefusal(connection: string | null, reason: string): void {
  metrics().refusals.inc({ connection: connection ?? '', reason })
}

/** Counts a poll. `result`: `ok`, `person` (trouble about this person alone), or the kind of failure. */
export function countPoll(connection: string, result: string, milliseconds: number): void {
  metrics().polls.inc({ connection, result })
  metrics().pollSeconds.observe({ connection }, milliseconds / 1000)
}

/** Counts reads that a vendor was told, or was to be told. */
export function countWriteBacks(
  connection: string,
  result: 'sent' | 'refused' | 'unclear',
  count: number,
): void {
  if (count > 0) metrics().writeBacks.inc({ connection, result }, count)
}

/** Counts a message that was passed on to a connection, or was to be. */
export function countForward(connection: string, result: 'sent' | 'refused' | 'unclear' | 'not_sent'): void {
  metrics().forwards.inc({ connection, result })
}

/** A number as it is right now, under labels; read when somebody asks, kept by nobody. */
export type Reading = {
  name: string
  help: string
  values: { labels?: Record<string, string>; value: number }[]
}

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

/** All that was counted and these readings, in Prometheus's text format. */
export async function metricsText(readings: Reading[]): Promise<string> {
  const now = new Registry()
  for (const { name, help, values } of readings) {
    const labelNames = [...new Set(values.flatMap(({ labels = {} }) => Object.keys(labels)))]
    const gauge = new Gauge({ name, help, labelNames, registers: [now] })
    for (const { labels = {}, value } of values) gauge.set(labels, value)
  }
  return `${await metrics().registry.metrics()}\n${await now.metrics()}`
}
