import {
  isConnectorError,
  type Context,
  type OutgoingMessage,
  type Receiver,
  type SendResult,
} from '../contract'
import type { Locale } from '@/lib/shared/errors'
import { excerpt, readJson } from './rest/answers'
import { callSeeyon } from './rest/client'
import { longId, sendAnswer } from './rest/schemas'
import type { SeeyonSettings } from './settings'

/** Whether the settings name a sender. */
export function canSend({ senderLoginName }: SeeyonSettings): boolean {
  return senderLoginName !== null
}

/**
 * Sends a system message to one member (`message/userId`, or `message/loginName` where only that is known). Seeyon
 * gives no id for it and knows no duplicates, so only what certainly did not arrive may be sent again.
 *
 * A 200 says nothing by itself: `result` is 1 for sent, 0 for refused, -1 for an exception on the way, after which
 * nobody knows.
 */
export async function send(
  context: Context<SeeyonSettings>,
  to: Receiver,
  { text, url, senderLoginName }: OutgoingMessage,
): Promise<SendResult> {
  const sender = senderLoginName ?? context.settings.senderLoginName
  if (sender === null) {
    return refused(
      '没有填写发送者登录名，请在连接的设置里填写',
      'No sender is named: enter one in the settings.',
    )
  }
  const receiver = receiverOf(to)
  if (!receiver) {
    return refused(
      '人员 ID 不是致远的 ID（应是一个整数），请检查人员对应',
      'This member id is none of Seeyon (a whole number is expected). Check the mapping.',
    )
  }
  const { endpoint, receivers } = receiver
  const body = { ...receivers, senderLoginName: sender, content: text, url: url === null ? [] : [url] }
  try {
    const answer = await callSeeyon(context, { endpoint, body, fresh: true })
    return resultOf(endpoint, readJson(answer))
  } catch (error) {
    if (!isConnectorError(error)) throw error
    const { kind, detail, unsent, retryAfterSeconds } = error
    if (unsent) return { state: 'not_sent', detail, retryAfterSeconds }
    if (kind === 'refused' || kind === 'unauthorized') return { state: 'refused', detail }
    return { state: 'unclear', detail, outage: true }
  }
}

/** Ids go as text, as in every sample of the vendor: as numbers they would lose digits on the way. */
function receiverOf(to: Receiver): { endpoint: string; receivers: object } | null {
  if ('loginName' in to) return { endpoint: 'message/loginName', receivers: { loginNames: [to.loginName] } }
  const id = longId(to.externalId)
  return id === null ? null : { endpoint: 'message/userId', receivers: { userIds: [id] } }
}

function resultOf(endpoint: string, value: unknown): SendResult {
  const { result, errorMessage } = sendAnswer.parse(value)
  if (result === '1') return { state: 'sent' }
  const said = excerpt(errorMessage ?? '')
  if (result === '0') {
    return refused(
      `致远没有发送（${endpoint}）${said && `：${said}`}`,
      `Seeyon did not send it (${endpoint})${said && `: ${said}`}`,
    )
  }
  const detail: Record<Locale, string> = {
    'zh-CN': `致远发送时出错（${endpoint}）${said && `：${said}`}，不知道是否送达`,
    en: `Seeyon failed while sending (${endpoint})${said && ` (${said})`}. Whether it arrived is not known.`,
  }
  return { state: 'unclear', detail, outage: false }
}

const refused = (zh: string, en: string): SendResult => ({ state: 'refused', detail: { 'zh-CN': zh, en } })
