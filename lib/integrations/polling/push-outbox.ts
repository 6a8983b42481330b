import { isConnectorError, type WriteBack } from '@/lib/connectors/contract'
import { findOverdue, tellReads, type Claim, type Outcome, type Told } from '@/lib/inbox/outbox/tell-reads'
import { countWriteBacks } from '@/lib/platform/metrics'
import { enqueue } from '@/lib/platform/queue'
import { onShutdown } from '@/lib/platform/shutdown'
import { shared } from '@/lib/platform/state'
import { recordFailure, recordSuccess } from '../connections/circuit-store'
import { goLive, type LiveConnection } from '../connections/connection-settings'
import { findConnectionFast } from '../connections/connection-store'

/** Tells the vendor what a person has read, and asks to be called again when the next read is due. */
export async function pushOutbox(personId: string): Promise<void> {
  const next = await tellReads(personId, send)
  if (next) await askAgain(personId, next)
}

/** Finds reads whose job was lost, and asks for it again. */
export async function sweepOutbox(): Promise<void> {
  for (const personId of await findOverdue()) await askAgain(personId, new Date())
}

function askAgain(personId: string, runAt: Date): Promise<void> {
  return enqueue(null, 'push-outbox', { personId }, { key: `push-outbox:${personId}`, runAt })
}

/** Ends calls that are under way when the process does: a system that hangs must not keep it. */
const ending = () =>
  shared('integrations.push-outbox', () => {
    const controller = new AbortController()
    onShutdown('traffic', 'write-backs', () => controller.abort())
    return controller
  }).signal

async function send(claim: Claim): Promise<Outcome> {
  const row = await findConnectionFast(claim.connectionId)
  const live = row && goLive(row)
  if (!live?.connector.writeBack || live.row.archivedAt) return { kind: 'impossible' }
  const pause = live.row.retryAt ? (live.row.retryAt.getTime() - Date.now()) / 1000 : 0
  // The system is away: the pause of the whole connection is ours too.
  if (pause > 0) return { kind: 'unclear', error: live.row.lastError ?? '', retryInSeconds: pause }
  const outcome = await sendBatches(live, live.connector.writeBack, claim)
  countOutcome(claim, outcome)
  if (!outcome.unclear) await recordSuccess(claim.connectionId)
  return outcome
}

type Answered = Extract<Outcome, { kind: 'answered' }>

function countOutcome({ connectionId, reads }: Claim, { sent, refused }: Answered): void {
  countWriteBacks(connectionId, 'sent', sent.length)
  countWriteBacks(connectionId, 'refused', refused.length)
  countWriteBacks(connectionId, 'unclear', reads.length - sent.length - refused.length)
}

async function sendBatches(
  live: LiveConnection,
  writeBack: WriteBack<unknown>,
  claim: Claim,
): Promise<Answered> {
  return inTurn(batches(claim.reads, writeBack.batch), (batch) =>
    sendOne(live, writeBack, claim.personExternalId, batch),
  )
}

/** One call; a refused batch is sent again id by id, so that one bad id does not keep the others. */
async function sendOne(
  live: LiveConnection,
  writeBack: WriteBack<unknown>,
  person: string,
  reads: Told[],
): Promise<Answered> {
  try {
    const ids = reads.map((read) => read.externalId)
    await writeBack.markRead({ ...live.context, signal: ending() }, person, ids)
    return { kind: 'answered', sent: reads, refused: [], error: '' }
  } catch (error) {
    if (!isConnectorError(error)) throw error
    const detail = error.detail['zh-CN']
    if (error.kind !== 'refused') {
      // What we have ended ourselves says nothing of the other side.
      if (!ending().aborted) await recordFailure(live.row.id, detail, error.retryAfterSeconds)
      const unclear = { error: detail, retryInSeconds: error.retryAfterSeconds ?? null }
      return { kind: 'answered', sent: [], refused: [], error: '', unclear }
    }
    if (reads.length === 1) return { kind: 'answered', sent: [], refused: reads, error: detail }
  }
  return inTurn(batches(reads, 1), (read) => sendOne(live, writeBack, person, read))
}

/** Sends one after the other and puts the answers together; ends where one is not clear. */
async function inTurn(parts: Told[][], send: (part: Told[]) => Promise<Answered>): Promise<Answered> {
  const all: Answered = { kind: 'answered', sent: [], refused: [], error: '' }
  for (const part of parts) {
    const { sent, refused, error, unclear } = await send(part)
    all.sent.push(...sent)
    all.refused.push(...refused)
    all.error ||= error
    if (unclear) return { ...all, unclear }
  }
  return all
}

function batches<T>(values: T[], size: number): T[][] {
  const count = Math.ceil(values.length / size)
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size))
}
