import type { Answer } from '../../loopback-server'
import { readObject, text } from './token'
import { jsonAnswer, serverError, type Call, type Desk } from '../call'
import { sendMessage } from '../world/sending'
import type { WireValue } from '../wire-json'
import type { Member } from '../world/world'

const CALL_LIMIT = 10_000

/**
 * `POST message/loginName`, `POST message/userId` (and `POST message`, seen in production): a system message
 * to several. result 1 sent, 0 failed, -1 an exception with its text; all of them in a 200.
 */
export function answerSend(desk: Desk, call: Call): Answer {
  const body = readObject(call.body)
  const byId = call.segments[1] === 'userId'
  const receivers = body?.[byId ? 'userIds' : 'loginNames']
  const urls = body?.url ?? []
  if (!body || !Array.isArray(receivers) || !Array.isArray(urls)) return serverError('wrong type in the body')
  const content = text(body.content) ?? ''
  if (desk.sendCalls.length >= CALL_LIMIT) desk.sendCalls.splice(0, CALL_LIMIT / 2)
  desk.sendCalls.push({
    at: desk.world.now(),
    by: byId ? 'userId' : 'loginName',
    receivers: receivers.map((key) => text(key) ?? ''),
    idsWereNumbers: byId && receivers.some((key) => typeof key !== 'string'),
    sender: text(body.sendUserId) ?? text(body.senderLoginName),
    content,
    urls: urls.map((url) => text(url) ?? ''),
  })
  const sender = senderOf(desk, body)
  if (!sender) return result(call, -1, '发送者不存在')
  const members = receivers.map((key) => memberOf(desk, byId, text(key) ?? ''))
  if (content === '' || members.every((member) => !member)) return result(call, 0, null)
  for (const [index, member] of members.entries()) {
    if (!member) continue
    const url = text(urls[index]) ?? ''
    sendMessage(desk.world, member.loginName, {
      senderId: sender.id,
      senderName: sender.name,
      messageContent: content,
      linkType: url === '' ? null : 'message.link.webservice.message',
      linkParams: url === '' ? [] : [url],
      messageCategory: 39,
      delayMs: desk.options.sendDelayMs,
    })
  }
  return result(call, 1, null)
}

function senderOf(desk: Desk, body: { readonly [key: string]: WireValue | undefined }): Member | undefined {
  const id = text(body.sendUserId)
  if (id !== null) return desk.world.membersById.get(id)
  return desk.world.membersByLogin.get(text(body.senderLoginName) ?? '')
}

function memberOf(desk: Desk, byId: boolean, key: string): Member | undefined {
  return byId ? desk.world.membersById.get(key) : desk.world.membersByLogin.get(key)
}

function result(call: Call, value: number, errorMessage: string | null): Answer {
  return jsonAnswer(call, { result: value, errorMessage, errorNumber: value === 1 ? 0 : 1 })
}
