import { cleanText, TEXT_LIMITS, type Content } from '@/lib/inbox/message'
import type { PushReading, RawPush } from '../contract'
import { editorIn, readContentLines } from './push/content-lines'
import { FLOW_ACTIONS } from './push/flow-actions'
import { readFolding, recordKey } from './push/folding'
import { FLOW_OP, MESSAGE_OPS, OTHER_FAMILY_OPS, TASK_OP, TEST_OP } from './push/ops'
import { parseBody } from './push/parse-body'
import { readRecipients } from './push/recipients'
import { isPlausible, readSendTime, readTimestamp } from './push/send-time'
import { readTask } from './push/task'
import { linkText, shown, word } from './push/text'
import { readTitle } from './push/title'
import { readRecordAddress } from './push/url'
import { pushEnvelope, type PushData, type PushEnvelope } from './schemas'

/**
 * What a verified push says. Never throws, whatever the bytes: what cannot be understood is `dead` with the reason
 * `not_utf8`, `not_json`, `not_object`, `no_op`, `no_data` or `no_recipients`, or one of `readTask`.
 *
 * `now` decides whether a time can be meant; where the push has no usable `send_time`, the message takes the time of
 * the query's `timestamp`, else `now`.
 */
export function readPush(push: RawPush, now: Date): PushReading {
  const body = parseBody(push.body)
  if ('problem' in body) return { kind: 'dead', op: null, hasSendTime: false, reason: body.problem }
  const parsed = pushEnvelope.safeParse(body.value)
  if (!parsed.success) return { kind: 'dead', op: null, hasSendTime: false, reason: 'not_object' }

  const envelope = parsed.data
  const sendTime = readSendTime(envelope.send_time, now)
  const hasSendTime = sendTime !== null
  const op = word(envelope.op)
  if (op === null) return { kind: 'dead', op, hasSendTime, reason: 'no_op' }
  if (op === TASK_OP) return readTask(body.value, now)
  if (op === TEST_OP) return { kind: 'other', op, hasSendTime, reason: 'test' }
  if (isOtherFamily(op, envelope)) return { kind: 'other', op, hasSendTime, reason: 'other_family' }
  if (envelope.data === null) return { kind: 'dead', op, hasSendTime, reason: 'no_data' }

  const recipients = readRecipients(envelope.data.to)
  if (!recipients.some((recipient) => 'externalId' in recipient))
    return { kind: 'dead', op, hasSendTime, reason: 'no_recipients' }
  const content = readContent(op, envelope.data, sendTime ?? signedTime(push, now) ?? now)
  return { kind: 'message', op, hasSendTime, content, recipients }
}

function signedTime({ query }: RawPush, now: Date): Date | null {
  const time = readTimestamp(query.get('timestamp'))
  return time && isPlausible(time.getTime(), now) ? time : null
}

/** Record and form pushes carry `opTime` where message pushes carry `send_time`, and name nobody. */
function isOtherFamily(op: string, { data, opTime }: PushEnvelope): boolean {
  return OTHER_FAMILY_OPS.has(op) || (opTime !== null && data?.to === undefined)
}

function readContent(op: string, data: PushData, sentAt: Date): Content {
  const action = word(data.flow_action)
  const flowAction = op === FLOW_OP && action !== null ? FLOW_ACTIONS.get(action) : undefined
  const subtitle = shown(data.entry_name, TEXT_LIMITS.subtitle)
  const notifyText = shown(data.notify_text, TEXT_LIMITS.title)
  const { title, plainTitle, sender, count } = readTitle({ op, action, notifyText, instead: subtitle ?? op })
  const text = cleanText(data.content ?? '', TEXT_LIMITS.text)
  const { fields, changes } = readContentLines(op, data.content ?? '')
  const link = linkText(data.url)
  const address = readRecordAddress(link)
  return {
    category: flowAction?.category ?? MESSAGE_OPS.get(op)?.category ?? 'notice',
    type: op,
    action,
    title,
    plainTitle,
    subtitle,
    text: text.trim() === '' ? null : text,
    fields,
    changes,
    sender: sender ?? editorIn(op, fields),
    sentAt,
    link,
    linkRef: null,
    openType: null,
    count,
    // Also where the address names no record, so that it folds with nothing.
    important: flowAction?.reminder !== undefined,
    threadKey: address && recordKey(address),
    folding: flowAction && address ? readFolding(flowAction, address) : null,
  }
}
