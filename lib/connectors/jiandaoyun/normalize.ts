import { cleanText, TEXT_LIMITS, type Content, type Folding } from '@/lib/inbox/message'
import type { PushReading, RawPush } from '../contract'
import { editorIn, readContentLines } from './push/content-lines'
import { FLOW_ACTIONS, type FlowAction } from './push/flow-actions'
import { FLOW_OP, MESSAGE_OPS, OTHER_FAMILY_OPS, TEST_OP } from './push/ops'
import { parseBody } from './push/parse-body'
import { readRecipients } from './push/recipients'
import { isPlausible, readSendTime, readTimestamp } from './push/send-time'
import { readTitle } from './push/title'
import { readRecordAddress, type RecordAddress } from './push/url'
import { pushEnvelope, type PushData, type PushEnvelope } from './schemas'

const MAX_WORD = 100

/**
 * What a verified push says. Never throws, whatever the bytes: what cannot be understood is `dead` with the reason
 * `not_utf8`, `not_json`, `not_object`, `no_op`, `no_data` or `no_recipients`.
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
  const link = readLink(data.url)
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

/**
 * Only a to-do about one known record folds, with the urges and timeouts about it. The action is the body's: the one
 * in the address may be that of the step before.
 */
function readFolding({ category, batch, reminder }: FlowAction, address: RecordAddress): Folding | null {
  if (category !== 'todo' || batch) return null
  return {
    slot: `${recordKey(address)}|${address.flow ?? ''}`,
    generation: address.task,
    reminder: reminder ?? null,
  }
}

/** The same for both forms of a record's address; ids have no bar in them. */
function recordKey({ app, form, record }: RecordAddress): string {
  return `${app}|${form}|${record}`
}

/** An address cut short would open something else, so one that is too long is none; the raw push keeps it. */
function readLink(url: string | null): string | null {
  const link = shown(url, Infinity)
  return link !== null && link.length <= TEXT_LIMITS.link ? link : null
}

/** Text to show, null for none. Outer blanks are not text. */
function shown(value: string | null, limit: number): string | null {
  return cleanText((value ?? '').trim(), limit).trim() || null
}

/** An `op` or `flow_action`, kept as the vendor wrote it. */
function word(value: string | null): string | null {
  return cleanText(value ?? '', MAX_WORD).trim() || null
}
