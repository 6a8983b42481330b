import { JSON_TYPE, type Answer } from '../../loopback-server'
import { wholeNumber } from './members'
import { jsonAnswer, type Call, type Desk } from '../call'
import { messageToWire } from '../world/message-json'
import { INVALID_TOKEN } from '../faults/play-fault'
import { visibleMessages, type SeeyonMessage } from '../world/world'

const DEFAULT_PAGE_SIZE = 20

/**
 * `message/unread/{userId}` and `message/all/{userId}`: a bare array, `null` when there is nothing.
 * pageNo starts at 1. Nobody known by that id has no messages.
 */
export function answerList(desk: Desk, call: Call): Answer {
  const kind = call.endpoint === 'unread' ? 'unread' : 'all'
  const memberId = call.segments[2] ?? ''
  if (desk.options.access === 'bound' && call.token?.boundTo?.id !== memberId) return INVALID_TOKEN
  const member = desk.world.membersById.get(memberId)
  if (!member) return emptyAnswer(desk)
  const visible = visibleMessages(desk.world, memberId)
  const wanted = kind === 'unread' ? visible.filter((message) => !message.isRead) : visible
  const ordered = desk.options.order === 'newest' ? wanted.reverse() : wanted
  const { rows, pageNo } = pageOf(desk, call, ordered)
  const answer = rows.length === 0 ? emptyAnswer(desk) : jsonAnswer(call, rows.map(messageToWire))
  desk.pageServed(kind, member.loginName, pageNo)
  return answer
}

function pageOf(desk: Desk, call: Call, rows: SeeyonMessage[]): { rows: SeeyonMessage[]; pageNo: number } {
  const { query } = call
  const asksPage = query.has('pageNo') || query.has('pageSize')
  if (desk.options.paging === 'legacy' || !asksPage) {
    const everything = query.get('ispage') === 'false'
    return { rows: everything ? rows : rows.slice(0, DEFAULT_PAGE_SIZE), pageNo: 1 }
  }
  const asked = wholeNumber(query.get('pageSize'), DEFAULT_PAGE_SIZE) || DEFAULT_PAGE_SIZE
  const pageSize = Math.min(asked, desk.options.maxPageSize)
  const pageNo = Math.max(1, wholeNumber(query.get('pageNo'), 1))
  const from = call.ignorePageNo ? 0 : (pageNo - 1) * pageSize
  return { rows: rows.slice(from, from + pageSize), pageNo }
}

function emptyAnswer(desk: Desk): Answer {
  const body = { null: 'null', array: '[]', nothing: '' }[desk.options.emptyList]
  return { status: 200, type: JSON_TYPE, body }
}
