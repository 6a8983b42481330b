import { openPages } from '@/lib/inbox/live/hub'
import { log } from '@/lib/platform/log'
import { metricsText, type Reading } from '@/lib/platform/metrics'
import { readConnections, readPool, readQueue, type ConnectionReading } from './metrics-store'

export { METRICS_TYPE } from '@/lib/platform/metrics'

/**
 * All metrics of this process and, as far as the database answers, of the installation, in Prometheus's text format.
 * While it is away `huixin_database_up` is 0 and what only it knows is left out.
 */
export async function renderMetrics(): Promise<string> {
  return metricsText([...ofProcess(), ...(await ofDatabase())])
}

function ofProcess(): Reading[] {
  const { total, idle, waiting } = readPool()
  const state = (name: string, value: number) => ({ labels: { state: name }, value })
  return [
    {
      name: 'huixin_open_pages',
      help: 'Live streams of this process',
      values: [{ value: openPages() }],
    },
    {
      name: 'huixin_database_pool',
      help: 'Database connections of this process, and who waits for one',
      values: [state('idle', idle), state('busy', total - idle), state('waiting', waiting)],
    },
  ]
}

async function ofDatabase(): Promise<Reading[]> {
  const up = (value: number): Reading => ({
    name: 'huixin_database_up',
    help: 'Whether the database answers',
    values: [{ value }],
  })
  try {
    const [connections, queue] = await Promise.all([readConnections(), readQueue()])
    const jobs = queue.map(({ task, state, count }) => ({ labels: { task, state }, value: count }))
    return [
      up(1),
      ...ofConnections(connections),
      { name: 'huixin_jobs', help: 'Jobs in the queue; dead ones were tried too often', values: jobs },
    ]
  } catch (error) {
    log().warn({ err: error }, 'the database could not be asked for metrics')
    return [up(0)]
  }
}

function ofConnections(connections: ConnectionReading[]): Reading[] {
  const per = (name: string, help: string, valueOf: (one: ConnectionReading) => number): Reading => ({
    name,
    help,
    values: connections.map((one) => ({ labels: { connection: one.id }, value: valueOf(one) })),
  })
  return [
    {
      name: 'huixin_connection_info',
      help: 'Names of the connections in use; always 1',
      values: connections.map(({ id, name, connector }) => ({
        labels: { connection: id, name, connector },
        value: 1,
      })),
    },
    per('huixin_connection_failures', 'Failures in a row; 0: all is well', ({ failures }) => failures),
    per('huixin_polled_persons', 'Persons who are polled', ({ polled }) => polled),
    per('huixin_polls_due', 'Persons whose poll is due or under way', ({ due }) => due),
    per('huixin_messages_waiting', 'Messages for persons nobody is mapped to', ({ waiting }) => waiting),
    {
      name: 'huixin_outbox',
      help: 'What vendors are still to be told, or refused to be told',
      values: connections.flatMap(({ id, outboxPending, outboxSending, outboxFailed }) => [
        { labels: { connection: id, state: 'pending' }, value: outboxPending },
        { labels: { connection: id, state: 'sending' }, value: outboxSending },
        { labels: { connection: id, state: 'failed' }, value: outboxFailed },
      ]),
    },
    {
      name: 'huixin_forwards',
      help: 'Messages still to be passed on to this connection',
      values: connections.flatMap(({ id, forwardsPending, forwardsSending }) => [
        { labels: { connection: id, state: 'pending' }, value: forwardsPending },
        { labels: { connection: id, state: 'sending' }, value: forwardsSending },
      ]),
    },
  ]
}
