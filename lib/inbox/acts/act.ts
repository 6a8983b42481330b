import type { ActionKind } from '@/lib/contracts/messages'
import { inSqlTransaction, type Tx } from '@/lib/platform/transaction'
import { enqueue } from '@/lib/platform/queue'
import { AppError } from '@/lib/shared/errors'
import { publish } from '../number-store'
import { askToTell } from '../outbox/ask-to-tell'
import { cancelReads, retryReads, writeReads } from '../outbox/outbox-store'
import { claimUndo, lockInbox, restore, writeAct, type Target } from './act-store'

export type { Target } from './act-store'

/** How long an act can be taken back, and how long the vendor is not told of it yet. */
export const UNDO_SECONDS = 10

type Options = {
  /** When a snoozed message comes back, ISO. */
  until?: string
  /** Tell the vendor at once: the employee has opened the original. */
  tellAtOnce?: boolean
}

/**
 * Does something with the user's messages: those of `ids` that are theirs, or those of a filter up to a watermark.
 * The act, what the vendor must be told and the event for open pages are one transaction.
 * @returns how many messages it changed anything in, and the token to undo it with (null where there is nothing to undo)
 */
export function act(
  userId: string,
  kind: ActionKind,
  target: Target,
  options: Options = {},
): Promise<{ changed: number; undo: string | null }> {
  if (kind === 'snooze' && !(Date.parse(options.until ?? '') > Date.now())) {
    const message = { 'zh-CN': '时间要晚于现在', en: 'The time must be in the future' }
    throw new AppError('invalid_input', { message, fields: { until: message['zh-CN'] } })
  }
  // In the milliseconds that the queue keeps: it must not wake a message before its time.
  const until = kind === 'snooze' ? new Date(options.until!).toISOString() : null
  return inSqlTransaction(async (tx) => {
    const number = await lockInbox(tx, userId)
    if (number === null) return { changed: 0, undo: null }
    if (kind === 'retry') return { changed: await retry(tx, userId, target, number), undo: null }
    const { action, ids, read } = await writeAct(tx, userId, kind, target, until)
    await askToTell(tx, await writeReads(tx, userId, read, options.tellAtOnce ? 0 : UNDO_SECONDS))
    if (kind === 'unread') await cancelReads(tx, ids)
    if (until) await wakeLater(tx, userId, until)
    await announce(tx, userId, ids, number)
    return { changed: ids.length, undo: action }
  })
}

/** Takes an act back within `UNDO_SECONDS`; `undo_expired` after, or for an act that is not the user's. */
export function undo(userId: string, action: string): Promise<{ changed: number }> {
  return inSqlTransaction(async (tx) => {
    const number = await lockInbox(tx, userId)
    if (number === null || !isUuid(action) || !(await claimUndo(tx, userId, action, UNDO_SECONDS))) {
      throw new AppError('undo_expired')
    }
    const { ids, unread, read } = await restore(tx, userId, action)
    await cancelReads(tx, unread)
    await askToTell(tx, await writeReads(tx, userId, read, 0))
    await announce(tx, userId, ids, number)
    return { changed: ids.length }
  })
}

async function retry(tx: Tx, userId: string, target: Target, number: bigint): Promise<number> {
  if (!('ids' in target)) throw new AppError('invalid_input', { fields: { ids: 'ids' } })
  const { ids, due } = await retryReads(tx, userId, target.ids)
  await askToTell(tx, due)
  await announce(tx, userId, ids, number)
  return ids.length
}

async function wakeLater(tx: Tx, userId: string, until: string): Promise<void> {
  await enqueue(
    tx,
    'wake-snoozed',
    { userId },
    { key: `wake-snoozed:${userId}:${until}`, runAt: new Date(until) },
  )
}

async function announce(tx: Tx, userId: string, ids: string[], number: bigint): Promise<void> {
  if (ids.length === 0) return
  await publish(tx, [{ userId, kind: 'changed', ids, count: ids.length }], new Map([[userId, number]]))
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
