import { inSqlTransaction, type Tx } from '@/lib/platform/transaction'
import { lockInboxes, publish } from '../number-store'
import {
  claimReads,
  dropReads,
  dropTakenBack,
  markRefused,
  markSent,
  nextDue,
  overduePersons,
  putOff,
  type Claim,
  type Told,
} from './outbox-store'

export type { Claim, Told } from './outbox-store'

/** Nothing is known: no answer, 5xx, 401, a page instead of data. */
export type Unclear = { error: string; retryInSeconds: number | null }
/** What became of sending: each read is in `sent`, in `refused`, or unclear. */
export type Outcome =
  | { kind: 'answered'; sent: Told[]; refused: Told[]; error: string; unclear?: Unclear }
  | ({ kind: 'unclear' } & Unclear)
  /** The system cannot be told of reads, or is gone. */
  | { kind: 'impossible' }

/** Most ids a call, and how long a process has to make it. */
const BATCH = 100
const LEASE_SECONDS = 60
/** So many definite refusals make `failed`. */
const REFUSALS = 5
const FIRST_PAUSE_SECONDS = 2
const LONGEST_PAUSE_SECONDS = 60

/**
 * Tells a vendor of a person's due reads, batch by batch, and gives when the next one is due (null: none is open).
 * Safe to run at the same time in several processes, and again after any crash: telling twice does no harm.
 */
export async function tellReads(
  personId: string,
  send: (claim: Claim) => Promise<Outcome>,
): Promise<Date | null> {
  for (;;) {
    const claim = await claimReads(personId, BATCH, LEASE_SECONDS)
    if (!claim) return nextDue(personId)
    const outcome = await send(claim)
    await settle(claim, outcome)
    if (unclearOf(outcome)) return nextDue(personId)
  }
}

function unclearOf(outcome: Outcome): Unclear | null {
  if (outcome.kind === 'impossible') return null
  return outcome.kind === 'unclear' ? outcome : (outcome.unclear ?? null)
}

/** Persons whose reads should have been told: a job was lost. */
export const findOverdue = overduePersons

function settle(claim: Claim, outcome: Outcome): Promise<void> {
  return inSqlTransaction(async (tx) => {
    const numbers = await lockInboxes(tx, [claim.userId])
    const ids = await write(tx, claim, outcome)
    if (!numbers.has(claim.userId) || ids.length === 0) return
    await publish(tx, [{ userId: claim.userId, kind: 'changed', ids, count: ids.length }], numbers)
  })
}

/** Writes down what became of a claim; gives the messages that open pages should show anew. */
async function write(tx: Tx, claim: Claim, outcome: Outcome): Promise<string[]> {
  if (outcome.kind === 'impossible') {
    await dropReads(tx, claim)
    return claim.reads.map((read) => read.messageId)
  }
  const { sent, refused, error } =
    outcome.kind === 'answered' ? outcome : { sent: [], refused: [], error: '' }
  await markSent(tx, { ...claim, reads: sent })
  await markRefused(tx, { ...claim, reads: refused }, error, REFUSALS, FIRST_PAUSE_SECONDS)
  const unclear = unclearOf(outcome)
  if (unclear) {
    await putOff(tx, claim, unclear.error, after(unclear.retryInSeconds ?? FIRST_PAUSE_SECONDS))
  }
  const takenBack = await dropTakenBack(tx, claim)
  return [...new Set([...[...sent, ...refused].map((read) => read.messageId), ...takenBack])]
}

function after(seconds: number): Date {
  const capped = Math.min(Math.max(seconds, 1), LONGEST_PAUSE_SECONDS)
  return new Date(Date.now() + capped * 1000 * (0.75 + Math.random() / 2))
}
