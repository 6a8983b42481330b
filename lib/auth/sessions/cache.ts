import { isListening, listen, onListening, onLost } from '@/lib/platform/notify'
import { shared } from '@/lib/platform/state'
import type { Facts } from './session-store'

/**
 * What this process remembers of who is signed in, so that a request costs no query.
 *
 * Facts are believed for a few seconds, which alone keeps the promise that an ended session is out within ten. A
 * change is told by the database's triggers and drops them at once. While the connection for notifications is away
 * nothing is remembered. A read that began before a change was told is not remembered either: the epoch says so.
 */
const FRESH_MS = 8_000
/** What has ended does not come back, but for a user who is enabled again. */
const REFUSED_MS = 30_000
const MOST = 20_000

type Remembered = { facts: Facts; readAt: number }
/** `<table>:<operation>:<id>` as the triggers say it, taken apart. */
export type Change = { table: string; ended: boolean; id: string }

type Cache = {
  /** By session or token id. */
  facts: Map<string, Remembered>
  /** Exact cookie or token text, once checked → id of its session or token. */
  ids: Map<string, string>
  /** Cookies and tokens that let nobody in → until when that is taken for granted. */
  refused: Map<string, number>
  epoch: number
  hooks: Set<(change: Change | null) => void>
}

function cache(): Cache {
  return shared('auth.sessions', () => {
    const made: Cache = { facts: new Map(), ids: new Map(), refused: new Map(), epoch: 0, hooks: new Set() }
    listen('huixin_auth', (payload) => changed(payload))
    onLost(() => forgetAll(made))
    onListening(() => forgetAll(made))
    return made
  })
}

function forgetAll(state: Cache): void {
  state.epoch++
  state.facts.clear()
  for (const hook of state.hooks) hook(null)
}

/** Takes in a change: told by the database, or known here because this process made it and will not wait. */
export function changed(payload: string): void {
  const [table = '', operation, id = ''] = payload.split(':')
  const state = cache()
  state.epoch++
  state.facts.delete(id)
  if (table === 'users') {
    for (const [key, { facts }] of state.facts) if (facts.signedIn.id === id) state.facts.delete(key)
  }
  for (const hook of state.hooks) hook({ table, ended: operation === 'DELETE', id })
}

/** Calls `hook` for each change; with `null` when changes may have been missed. */
export function onChange(hook: (change: Change | null) => void): void {
  cache().hooks.add(hook)
}

/** The facts of a session or token, remembered or read. `null`: it lets nobody in (any more). */
export async function factsOf(id: string, read: () => Promise<Facts | null>): Promise<Facts | null> {
  const state = cache()
  const remembered = state.facts.get(id)
  if (remembered && isListening() && Date.now() - remembered.readAt < FRESH_MS) {
    const { expiresAt } = remembered.facts
    return expiresAt === null || expiresAt > Date.now() ? remembered.facts : null
  }
  const readAt = Date.now()
  const { epoch } = state
  const facts = await read()
  if (facts && isListening() && epoch === state.epoch) {
    bounded(state.facts)
    state.facts.set(id, { facts, readAt })
  } else state.facts.delete(id)
  return facts
}

/** The id that a cookie or token was found to stand for, `null` if it was refused, `undefined` if it is new. */
export function knownId(credential: string): string | null | undefined {
  const { ids, refused } = cache()
  return (refused.get(credential) ?? 0) > Date.now() ? null : ids.get(credential)
}

/** Remembers what a cookie or token stands for; `null`: for nobody. */
export function learn(credential: string, id: string | null): void {
  const { ids, refused } = cache()
  if (id !== null) {
    bounded(ids)
    ids.set(credential, id)
    return
  }
  ids.delete(credential)
  bounded(refused)
  refused.set(credential, Date.now() + REFUSED_MS)
}

/** Makes room by dropping the oldest. */
function bounded(entries: Map<string, unknown>): void {
  if (entries.size < MOST) return
  for (const key of entries.keys()) {
    entries.delete(key)
    if (entries.size < MOST) return
  }
}
