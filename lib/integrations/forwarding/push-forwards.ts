import { setMaxListeners } from 'node:events'
import type { SendResult } from '@/lib/connectors/contract'
import type { ForwardSetting } from '@/lib/connectors/forward-setting'
import {
  askToForward,
  cancelForwards,
  claimForwards,
  endForwards,
  nextForward,
  overdueForwards,
  settleForward,
  type ClaimedForward,
  type Settlement,
} from '@/lib/inbox/forwards/forwards'
import { environment } from '@/lib/platform/env'
import { countForward } from '@/lib/platform/metrics'
import { onShutdown } from '@/lib/platform/shutdown'
import { shared } from '@/lib/platform/state'
import { goLive, type LiveConnection } from '../connections/connection-settings'
import { findConnectionFast } from '../connections/connection-store'
import { pauseOf, sendOne } from '../sending/send-one'
import { forwardSettingOf } from './forward-rule'
import { forwardText } from './forward-text'

/** So many at once in one process; the connector's turns keep it narrower where the connection says so. */
const BATCH = 8
/** Longer than any call takes, a new token and its turn included. */
const LEASE_SECONDS = 180
const GIVE_UP_HOURS = 24
const FIRST_PAUSE_SECONDS = 5
const LONGEST_PAUSE_SECONDS = 300
const NO_BASE_URL_SECONDS = 60

const ENDINGS = {
  hours: GIVE_UP_HOURS,
  died: '发送途中进程中断，不知道是否送达',
  tooLate: `${GIVE_UP_HOURS} 小时内没能发送`,
}

/** Sends what is due to a connection, and asks to be called again when the next is. */
export async function pushForwards(connectionId: string): Promise<void> {
  await endForwards(connectionId, ENDINGS)
  const retryIn = await sendDue(connectionId)
  const next = await nextForward(connectionId)
  if (!next || ending().closing) return
  await askToForward(null, connectionId, new Date(Math.max(next.getTime(), Date.now() + retryIn * 1000)))
}

/** Finds forwards whose job was lost, or whose process died, and asks for the job again. */
export async function sweepForwards(): Promise<void> {
  for (const connectionId of await overdueForwards()) await askToForward(null, connectionId, new Date())
}

type Ending = { closing: boolean; signal: AbortSignal }
/** As the process ends nothing new is sent; what is under way gets some time, for what is cut off is unclear for good. */
const GRACE_MS = 5_000
const ending = () =>
  shared<Ending>('integrations.push-forwards', () => {
    const controller = new AbortController()
    // Each call under way listens, and there are as many as the connections are wide.
    setMaxListeners(0, controller.signal)
    const state: Ending = { closing: false, signal: controller.signal }
    onShutdown('traffic', 'forwards', () => {
      state.closing = true
      setTimeout(() => controller.abort(), GRACE_MS).unref()
    })
    return state
  })

/** Sends until nothing is due; gives the seconds before which there is no use in going on. */
async function sendDue(connectionId: string): Promise<number> {
  const settings = new Map<string, Promise<ForwardSetting | null>>()
  while (!ending().closing) {
    const target = await targetOf(connectionId)
    if (!target) {
      await cancelForwards(connectionId)
      return 0
    }
    const { baseUrl } = environment()
    if (baseUrl === null) return NO_BASE_URL_SECONDS
    const pause = pauseOf(target)
    if (pause > 0) return pause
    // After a failure one goes ahead, to see whether the system is back.
    const claims = await claimForwards(connectionId, target.row.retryAt ? 1 : BATCH, LEASE_SECONDS)
    if (claims.length === 0) return 0
    await Promise.all(claims.map((claim) => passOn(target, claim, baseUrl, settings)))
  }
  return 0
}

async function targetOf(connectionId: string): Promise<LiveConnection | null> {
  const row = await findConnectionFast(connectionId)
  const live = row && !row.archivedAt ? goLive(row) : null
  return live?.connector.send ? live : null
}

async function passOn(
  target: LiveConnection,
  claim: ClaimedForward,
  baseUrl: string,
  settings: Map<string, Promise<ForwardSetting | null>>,
): Promise<void> {
  const { sourceId, messageId, token, externalId } = claim
  if (!settings.has(sourceId)) settings.set(sourceId, settingOf(sourceId))
  const setting = await settings.get(sourceId)!
  // Forwarding was turned off, or goes elsewhere by now.
  if (setting?.connectionId !== target.row.id) return settleForward(claim, { state: 'cancelled' })
  const message = {
    text: forwardText(claim),
    url: `${baseUrl}/messages/${messageId}?via=${token}`,
    senderLoginName: setting.senderLoginName,
  }
  const result = await sendOne(target, { externalId }, message, ending().signal)
  countForward(target.row.id, result.state)
  await settleForward(claim, settlementOf(result, claim.tries))
}

async function settingOf(connectionId: string): Promise<ForwardSetting | null> {
  const row = await findConnectionFast(connectionId)
  const live = row && !row.archivedAt ? goLive(row) : null
  return live && forwardSettingOf(live)
}

function settlementOf(result: SendResult, tries: number): Settlement {
  if (result.state === 'sent') return { state: 'sent' }
  const error = result.detail['zh-CN']
  if (result.state !== 'not_sent') return { state: result.state, error }
  const pause = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** Math.min(tries - 1, 10))
  const afterSeconds = Math.max(result.retryAfterSeconds ?? 0, pause * (0.75 + Math.random() / 2))
  return { state: 'pending', error, afterSeconds }
}
