import pg from 'pg'
import { databaseUrl } from './db'
import { log } from './log'
import { shared } from './state'

/**
 * What the processes tell each other through the database: one LISTEN connection per process, kept alive and made
 * again when it is lost. Notifications sent while it was away are lost: whoever depends on them reads again in
 * `onListening`, or distrusts its cache from `onLost` on.
 */
type Receiver = (payload: string) => void
type Hook = () => void
type Bus = {
  channels: Map<string, Set<Receiver>>
  listeningHooks: Set<Hook>
  lostHooks: Set<Hook>
  client: pg.Client | null
  /** False before `startListening` and after `stopListening`. */
  wanted: boolean
  timer: NodeJS.Timeout | null
  attempts: number
}

const LONGEST_PAUSE_MS = 1_000
/** A connection that a firewall dropped silently is found out this fast. */
const HEARTBEAT_MS = 15_000
const PROBE_MS = 1_000

const bus = () =>
  shared<Bus>('platform.notify', () => ({
    channels: new Map(),
    listeningHooks: new Set(),
    lostHooks: new Set(),
    client: null,
    wanted: false,
    timer: null,
    attempts: 0,
  }))

/**
 * Calls `receive` with the payload of each notification on the channel, in the order they were committed.
 * @param channel lower-case letters, digits and `_`
 * @returns ends it
 */
export function listen(channel: string, receive: Receiver): () => void {
  if (!/^[a-z_][a-z0-9_]*$/.test(channel)) throw new Error(`not a name for a channel: ${channel}`)
  const { channels, client } = bus()
  let receivers = channels.get(channel)
  if (!receivers) {
    channels.set(channel, (receivers = new Set()))
    client?.query(`listen ${channel}`).catch((error: unknown) => lost(client, error))
  }
  receivers.add(receive)
  return () => void receivers.delete(receive)
}

/** Calls `hook` each time the connection stands (again) and all channels are listened to. */
export function onListening(hook: Hook): () => void {
  bus().listeningHooks.add(hook)
  return () => void bus().listeningHooks.delete(hook)
}

/** Calls `hook` each time the connection is lost. */
export function onLost(hook: Hook): () => void {
  bus().lostHooks.add(hook)
  return () => void bus().lostHooks.delete(hook)
}

/** True while notifications arrive. */
export function isListening(): boolean {
  return bus().client !== null
}

/** Connects, and from then on keeps connected. Throws when the first attempt fails. */
export async function startListening(): Promise<void> {
  bus().wanted = true
  await connect()
}

/** Ends the connection for good. */
export async function stopListening(): Promise<void> {
  const state = bus()
  state.wanted = false
  if (state.timer) clearTimeout(state.timer)
  const { client } = state
  state.client = null
  await client?.end().catch(() => {})
}

/** Whether the database answers on this connection within a second; it does not wait behind the pool's work. */
export async function databaseAnswers(): Promise<boolean> {
  const { client } = bus()
  if (!client) return false
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), PROBE_MS)))
  const answer = client.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

async function connect(): Promise<void> {
  const state = bus()
  const client = new pg.Client({
    connectionString: databaseUrl(),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'huixin listen',
  })
  client.on('error', (error) => lost(client, error))
  client.on('end', () => lost(client, new Error('the connection ended')))
  client.on('notification', ({ channel, payload }) => deliver(channel, payload ?? ''))
  try {
    await client.connect()
    const listened = new Set<string>()
    // Once more for channels that were added while this was on its way.
    while (listened.size < state.channels.size) {
      const names = [...state.channels.keys()].filter((name) => !listened.has(name))
      await client.query(names.map((name) => `listen ${name}`).join(';'))
      for (const name of names) listened.add(name)
    }
  } catch (error) {
    client.end().catch(() => {})
    throw error
  }
  if (!state.wanted) return void client.end().catch(() => {})
  state.client = client
  state.attempts = 0
  state.timer = setTimeout(() => void heartbeat(client), HEARTBEAT_MS).unref()
  for (const hook of state.listeningHooks) safely(hook)
}

async function heartbeat(client: pg.Client): Promise<void> {
  const state = bus()
  if (state.client !== client) return
  if (!(await databaseAnswers())) return lost(client, new Error('no answer to the heartbeat'))
  state.timer = setTimeout(() => void heartbeat(client), HEARTBEAT_MS).unref()
}

function lost(client: pg.Client, error: unknown): void {
  const state = bus()
  if (state.client !== client) return
  state.client = null
  client.end().catch(() => {})
  if (state.timer) clearTimeout(state.timer)
  log().warn({ err: error }, 'the database connection for notifications was lost')
  for (const hook of state.lostHooks) safely(hook)
  retry()
}

function retry(): void {
  const state = bus()
  if (!state.wanted) return
  const pause = Math.min(50 * 2 ** state.attempts++, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2)
  state.timer = setTimeout(() => void connect().catch(retry), pause)
}

function deliver(channel: string, payload: string): void {
  for (const receive of bus().channels.get(channel) ?? []) safely(() => receive(payload))
}

function safely(call: () => void): void {
  try {
    call()
  } catch (error) {
    log().error({ err: error }, 'a listener failed')
  }
}
