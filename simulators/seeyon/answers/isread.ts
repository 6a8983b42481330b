import { JSON_TYPE, type Answer } from '../../loopback-server'
import { readObject, text } from './token'
import { jsonAnswer, serverError, type Call, type Desk } from '../call'
import { messageToWire } from '../world/message-json'
import { INVALID_TOKEN } from '../faults/play-fault'
import { queueRead, type SeeyonMessage } from '../world/world'

const CALL_LIMIT = 10_000

/**
 * `POST message/isread {"userid","messageid":[…]}`: queues the marks; the lists show them after
 * `isreadDelayMs`. Answers the messages meant, and nothing at all when there are none.
 */
export function answerIsread(desk: Desk, call: Call): Answer {
  const body = readObject(call.body)
  if (!body) return serverError('body is not a JSON object')
  const userId = text(body.userid)
  const raw = body.messageid
  // Lower-case keys and an array, in every sample of the vendor; the Java side throws at anything else.
  if (userId === null || !Array.isArray(raw)) return serverError('java.lang.NullPointerException')
  if (desk.options.access === 'bound' && call.token?.boundTo?.id !== userId) return INVALID_TOKEN
  const messageIds = raw.map((id) => text(id) ?? '')
  const wanted = new Set(messageIds)
  const found = (desk.world.messages.get(userId) ?? []).filter((message) => wanted.has(message.id))
  const known = new Set(found.map((message) => message.id))
  const dueAt = desk.world.now() + desk.options.isreadDelayMs
  if (desk.isreadCalls.length >= CALL_LIMIT) desk.isreadCalls.splice(0, CALL_LIMIT / 2)
  desk.isreadCalls.push({
    at: desk.world.now(),
    userId,
    messageIds,
    unknownIds: messageIds.filter((id) => !known.has(id)),
    dueAt,
    idsWereNumbers: raw.some((id) => typeof id !== 'string'),
  })
  if (found.length === 0) return { status: 200, type: JSON_TYPE, body: '' }
  queueRead(desk.world, { memberId: userId, messageIds: [...known], dueAt })
  return jsonAnswer(call, found.map(asMarked))
}

function asMarked(message: SeeyonMessage) {
  return messageToWire({ ...message, isRead: true })
}
